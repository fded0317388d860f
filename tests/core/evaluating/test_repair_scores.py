import pytest

from sanyan.core.evaluating.repair_scores import score_repairs


def test_errors_of_all_pairs_are_counted_together() -> None:
    scores = score_repairs([("สานัก", "สำนัก", "สำนัก"), ("ครู", "คร", "ครู"), ("กข", "กข", "กขคง")])
    assert (scores.pairs, scores.characters) == (3, 12)
    assert scores.cer_before == pytest.approx(3 / 12)
    assert scores.cer_after == pytest.approx(3 / 12)
    assert scores.cut == 0
    assert scores.worse_share == pytest.approx(1 / 3)
    assert (scores.clean, scores.changed_clean) == (1, 1)


def test_nothing_to_compare_has_no_rates() -> None:
    scores = score_repairs([])
    assert (scores.cer_before, scores.cer_after, scores.cut, scores.worse_share) == (None, None, None, None)


def test_two_ways_to_write_sara_am_are_not_the_same() -> None:
    assert score_repairs([("\u0e4d\u0e32", "\u0e33", "\u0e33")]).errors_before == 2
