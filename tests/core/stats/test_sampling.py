from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.stats.sampling import Unit, allocate, draw, size_classes

POPULATIONS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), min_size=1, max_size=12)


@st.composite
def units(draw_from: st.DrawFn) -> list[Unit]:
    rows = draw_from(
        st.lists(
            st.tuples(
                st.sampled_from(["R01", "R02", "R03"]),
                st.sampled_from(["primary", "secondary"]),
                st.one_of(st.none(), st.integers(1, 300)),
            ),
            min_size=1,
            max_size=60,
        )
    )
    return [Unit(id=number, region=a, area_type=b, size=c) for number, (a, b, c) in enumerate(rows)]


@settings(deadline=None)
@given(POPULATIONS, st.data())
def test_places_add_up_and_no_group_gets_more_than_it_has_or_less_than_its_minimum(
    populations: dict[str, int], data: st.DataObject
) -> None:
    minimum = data.draw(st.integers(0, 3))
    least = sum(min(minimum, population) for population in populations.values())
    size = data.draw(st.integers(least, sum(populations.values())))
    shares = allocate(size, populations, minimum=minimum)
    assert sum(shares.values()) == size
    for key, population in populations.items():
        assert min(minimum, population) <= shares[key] <= population


@settings(deadline=None)
@given(POPULATIONS, st.data())
def test_without_minima_each_share_is_within_one_of_the_exact_proportion(
    populations: dict[str, int], data: st.DataObject
) -> None:
    total = sum(populations.values())
    size = data.draw(st.integers(0, total))
    for key, places in allocate(size, populations).items():
        assert total == 0 or abs(places - size * populations[key] / total) < 1


def test_the_largest_remainder_gets_the_last_place() -> None:
    assert allocate(5, {"a": 66, "b": 34}) == {"a": 3, "b": 2}


@pytest.mark.parametrize("size", [1, 101])
def test_a_size_that_cannot_be_reached_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="places"):
        allocate(size, {"a": 60, "b": 40}, minimum=1)


@settings(deadline=None)
@given(units(), st.integers(), st.data())
def test_a_draw_has_its_size_its_quotas_and_nobody_twice(
    population: list[Unit], seed: int, data: st.DataObject
) -> None:
    pairs = {(unit.region, unit.area_type) for unit in population}
    size = data.draw(st.integers(len(pairs), len(population)))
    drawn = draw(population, size=size, seed=seed)
    assert len(drawn.chosen) == size == sum(drawn.quotas.values())
    assert set(drawn.chosen) <= {unit.id for unit in population}
    assert Counter(drawn.chosen.values()) == Counter({key: n for key, n in drawn.quotas.items() if n})
    assert {(stratum.region, stratum.area_type) for stratum in drawn.chosen.values()} == pairs
    where = {unit.id: (unit.region, unit.area_type) for unit in population}
    assert all(where[key] == stratum[:2] for key, stratum in drawn.chosen.items())


@settings(deadline=None)
@given(units(), st.integers(), st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_units_in_whatever_order_they_come(
    population: list[Unit], seed: int, order: object
) -> None:
    size = max(len(population) // 2, len({(unit.region, unit.area_type) for unit in population}))
    shuffled = list(population)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(population, size=size, seed=seed) == draw(shuffled, size=size, seed=seed)


def test_another_seed_draws_other_units_from_the_same_quotas() -> None:
    population = [Unit(number, "R01", "primary", number) for number in range(60)]
    one, other = draw(population, size=20, seed=1), draw(population, size=20, seed=2)
    assert one.quotas == other.quotas
    assert set(one.chosen) != set(other.chosen)


def test_rounding_in_many_small_regions_does_not_starve_a_size_class() -> None:
    population = [Unit(number, f"R{number // 3:02d}", "primary", number % 3) for number in range(90)]
    drawn = draw(population, size=30, seed=7)
    assert Counter(stratum.size_class for stratum in drawn.chosen.values()) == {
        "small": 10,
        "medium": 10,
        "large": 10,
    }


def test_units_of_one_size_share_a_class_and_those_without_stay_apart() -> None:
    alike = [Unit(number, "R01", "primary", 5) for number in range(4)]
    assert set(size_classes(alike).values()) == {"small"}
    assert size_classes([*alike, Unit(9, "R01", "primary", None)])[9] == "unsized"
    assert size_classes([Unit(1, "R01", "primary", None)]) == {1: "unsized"}
