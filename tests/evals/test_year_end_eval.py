"""The within-year evaluation: what counts as beaten, and the bars on the real sets where they are at hand."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from evals.year_end import Row, not_beaten, rows, table

from sanyan.core.evaluating.year_end_scores import HARD, METHOD, SMOOTH, YearEndScore

OURS = YearEndScore(3, METHOD, 10, 4, brier=0.1, log_loss=0.3, pr_auc=0.9, mae=5, within_80=0.8)
RULE = replace(OURS, method=HARD, brier=0.2, log_loss=0.4, pr_auc=0.8, mae=6)


def test_every_figure_must_be_better() -> None:
    assert not_beaten([Row("a", OURS), Row("a", RULE)], HARD) == []
    worse = not_beaten([Row("a", replace(OURS, mae=6)), Row("a", RULE)], HARD)
    assert worse == ["a, month 3: mae 6 against 6"]
    perfect = [Row("a", replace(OURS, pr_auc=1.0)), Row("a", replace(RULE, pr_auc=1.0))]
    assert not_beaten(perfect, HARD) == []


def test_the_table_shows_each_method_of_each_set() -> None:
    shown = table([Row("a", OURS), Row("a", RULE), Row("b", OURS)])
    assert shown.count("### ") == 2
    assert "| 3 | sanyan | 10 | 4 | 0.1000 | 0.3000 | 0.900 | 5 | 0.80 |" in shown


@pytest.mark.slow
def test_both_rules_are_beaten_on_the_real_sets() -> None:
    folder = os.environ.get("SANYAN_EVAL_DATA", "")
    held = list(rows(folder)) if folder else []
    if not held:
        pytest.skip("the monthly sets are not here: name their folder in SANYAN_EVAL_DATA")
    assert not_beaten(held, HARD) == []
    assert not_beaten(held, SMOOTH) == []
