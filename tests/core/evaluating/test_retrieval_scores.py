from __future__ import annotations

import math

import pytest

from sanyan.core.evaluating.retrieval_scores import score_retrieval


def test_scores_are_means_over_all_questions_found_or_not() -> None:
    found = {"q1": ["a", "b"], "q2": ["x", "b", "a"], "q3": [*"xxxxxxxxxxa"], "q4": ["x"]}
    scores = score_retrieval(found, {"q1": {"a"}, "q2": {"a", "b"}, "q3": {"a"}, "q4": {"a"}, "q5": {"a"}})
    assert scores.questions == 5
    assert scores.r1 == pytest.approx(1 / 5)
    assert scores.r5 == pytest.approx(2 / 5)
    assert scores.mrr10 == pytest.approx((1 + 1 / 2) / 5)


def test_no_questions_have_no_scores() -> None:
    assert math.isnan(score_retrieval({}, {}).mrr10)
