"""The bar of quotes: all true ones found, no false one, on the real texts where they are at hand."""

from __future__ import annotations

import os

import pytest
from evals.quotes import ALTERED, DRESSES, texts, trials

from sanyan.core.evaluating.quote_scores import judge_quotes, quote_scores


def test_true_quotes_are_found_and_false_ones_refused() -> None:
    sources = texts(os.environ.get("SANYAN_EVAL_DATA", ""))
    if not sources:
        pytest.skip("SANYAN_EVAL_DATA names no folder with gov_education_news_200.jsonl")
    held = list(trials(sources[:40], true_each=8, false_each=6))
    assert {trial.kind for trial in held} >= {*DRESSES, *ALTERED}
    scores = quote_scores(judge_quotes(trial.pair for trial in held))
    assert (scores.true_accepted, scores.false_accepted) == (1.0, 0.0)
