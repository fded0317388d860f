import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.stats.intervals import wilson


def test_wilson_agrees_with_published_figures() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 0 of 20, 95 %."""
    some, none = wilson(81, 263, confidence=0.95), wilson(0, 20, confidence=0.95)

    assert (round(some.low, 4), round(some.high, 4)) == (0.2553, 0.3662)
    assert (round(none.low, 4), round(none.high, 4)) == (0.0, 0.1611)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.99))
def test_the_interval_holds_the_share_and_stays_within_bounds(pair: tuple[int, int], confidence: float) -> None:
    interval = wilson(*pair, confidence=confidence)

    assert 0 <= interval.low <= interval.estimate + 1e-12
    assert interval.estimate - 1e-12 <= interval.high <= 1


@pytest.mark.parametrize("pair", [(1, 0), (-1, 5), (6, 5)])
def test_what_is_not_a_share_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(*pair)
