from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.stats.neighbours import context_space, nearest_peers


def test_peers_are_the_nearest_with_their_distance_and_the_variables_used() -> None:
    size = np.array([0.0, 1, 2, 3, 10])
    found = nearest_peers(context_space(np.column_stack([size, np.ones(5)]), ["size", "same"]), count=2)
    assert found.units.tolist() == [[1, 2], [0, 2], [1, 3], [2, 1], [3, 2]]
    np.testing.assert_allclose(found.distances[0], np.array([1, 2]) / 1.4826)
    assert found.variables == ("size",)
    assert [note.code for note in found.notes] == ["context-left-out"]


def test_a_gap_makes_a_pair_neither_nearer_nor_farther() -> None:
    rng = np.random.default_rng(0)
    context = rng.normal(size=(30, 4))
    context[1] = context[0] + 0.5
    whole, _ = context_space(context, list("abcd")).distances([0])
    context[1, 3] = np.nan
    gap, shared = context_space(context, list("abcd")).distances([0])
    assert shared[0, 1] == 3
    assert gap[0, 1] == pytest.approx(whole[0, 1], rel=0.3)


def test_units_that_share_less_than_half_of_the_variables_are_nobodys_peers() -> None:
    context = np.array([[1.0, 2, 3, 4], [1, np.nan, np.nan, np.nan], [2, 3, 4, 5], [0, 1, 2, 9]])
    found = nearest_peers(context_space(context, list("abcd")), count=3)
    assert found.units[1].tolist() == [-1, -1, -1]
    assert np.isnan(found.distances[1]).all()
    assert 1 not in found.units[[0, 2, 3]]


def test_only_units_of_a_kind_are_peers() -> None:
    found = nearest_peers(context_space(np.arange(6.0)[:, None], ["size"], kinds=list("ababab")), count=4)
    assert found.units[0].tolist() == [2, 4, -1, -1]


def test_one_wild_figure_does_not_decide_alone() -> None:
    rng = np.random.default_rng(1)
    context = rng.normal(size=(50, 3))
    context[7, 0] = 1e6
    distances, _ = context_space(context, list("abc")).distances([7])
    assert np.sort(distances[0])[0] < 5


def test_equal_distances_go_to_the_unit_named_first() -> None:
    found = nearest_peers(context_space(np.array([0.0, 1, -1, 1, 5])[:, None], ["size"]), count=3)
    assert found.units[0].tolist() == [1, 2, 3]


@given(st.integers(0, 1000), st.integers(1, 15))
@settings(max_examples=25, deadline=None)
def test_distances_rise_and_nobody_is_their_own_peer(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    context = rng.normal(size=(20, 3))
    context[rng.random((20, 3)) < 0.2] = np.nan
    found = nearest_peers(context_space(context, list("abc")), count=count)
    assert not np.any(found.units == np.arange(20)[:, None])
    held = np.nan_to_num(found.distances, nan=np.inf)
    assert all(np.all(row[1:] >= row[:-1]) for row in held)


def test_more_units_than_fit_at_once_come_out_as_in_one_go() -> None:
    context = np.random.default_rng(2).normal(size=(600, 2))
    space = context_space(context, ["a", "b"])
    found = nearest_peers(space, count=3)
    for unit in (0, 255, 256, 599):
        assert found.units[unit].tolist() == np.argsort(space.distances([unit])[0][0], kind="stable")[:3].tolist()


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="units x names"):
        context_space(np.ones((3, 2)), ["a"])
    with pytest.raises(ValueError, match="at least one"):
        nearest_peers(context_space(np.arange(3.0)[:, None], ["a"]), count=0)
    empty = nearest_peers(context_space(np.full((3, 1), np.nan), ["a"]))
    assert (empty.units == -1).all()
