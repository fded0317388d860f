from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sanyan.core.text.fusing import Scores, fuse

NUMBERS = arrays(np.float32, 12, elements=st.floats(-10, 10, width=32))


def f32(*values: float) -> Scores:
    return np.array(values, np.float32)


def test_what_both_find_comes_before_what_one_finds() -> None:
    fused = fuse(f32(9, 9, 0, 0), f32(0.9, 0.1, 0.9, 0.1), 0.5)
    assert fused.argmax() == 0
    assert fused.argmin() == 3


@given(NUMBERS, NUMBERS, st.floats(0.1, 100), st.floats(-50, 50))
def test_the_order_does_not_hang_on_the_units_of_either(
    words: Scores, meaning: Scores, scale: float, shift: float
) -> None:
    assume(words.std() > 0.1)
    other = fuse((words * scale + shift).astype(np.float32), meaning)
    np.testing.assert_allclose(fuse(words, meaning), other, atol=2e-2)


@pytest.mark.parametrize("flat", [f32(0, 0, 0), f32(0.8, 0.8, 0.8), None, f32(np.nan, np.nan, np.nan)])
def test_where_one_tells_nothing_the_other_decides(flat: Scores | None) -> None:
    order = np.argsort(f32(0.1, 0.9, 0.5)).tolist()
    assert np.argsort(fuse(f32(1, 9, 5), flat)).tolist() == order
    if flat is None or np.isfinite(flat).all():
        assert np.argsort(fuse(flat, f32(0.1, 0.9, 0.5))).tolist() == order


def test_a_row_without_a_vector_is_judged_by_its_words() -> None:
    words = f32(10, 10, 0, 0, 5, 5)
    fused = fuse(words, f32(0.9, np.nan, 0.1, np.nan, 0.5, np.nan))
    assert np.isfinite(fused).all()
    assert fused[1] > fused[5] > fused[3]
    assert fused[1] > fused[4]


def test_rows_that_are_not_kept_come_last_and_do_not_count() -> None:
    keep = np.array([True, True, True, False])
    fused = fuse(f32(1, 2, 3, 1000), f32(0.1, 0.2, 0.3, 1), keep=keep)
    assert fused[3] == -np.inf
    np.testing.assert_allclose(fused[:3], fuse(f32(1, 2, 3), f32(0.1, 0.2, 0.3)), atol=1e-5)


def test_nothing_cannot_be_fused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        fuse(None, None)
