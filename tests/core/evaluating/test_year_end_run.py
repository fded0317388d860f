"""The within-year task end to end: nothing of the future, every unit accounted for, scores beside the plain rule."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.year_end_run import YearEndResult, run_year_end
from sanyan.core.evaluating.year_end_scores import HARD, METHOD, score_year_end, year_to_date_rule
from sanyan.core.evaluating.year_end_spec import YearEndSpec, read_year_end_spec
from sanyan.core.evaluating.year_end_table import read_years
from sanyan.core.forms.sheets import Sheet
from sanyan.core.warning.year_end import YearSoFar

UNITS, FIRST, LAST = 12, 2001, 2007
HEADER = ("unit", "period", "late", "all")
SPEC: dict[str, object] = {
    "unit": "unit",
    "period": "period",
    "numerator": "late",
    "year_starts": 1,
    "target": {"not_above": "median_of_last_5_years"},
    "tests": [2006, 2007],
}
SHARE = SPEC | {"denominator": "all", "target": {"no_worse_than_last_year": 1}}

Line = tuple[str, str, str, str]


def lines(seed: int = 3) -> list[Line]:
    rng = np.random.default_rng(seed)
    held = []
    for unit in range(UNITS):
        for year in range(FIRST, LAST + 1):
            level = rng.normal(0, 0.3)
            for month in range(1, 13):
                size = int(rng.poisson(300))
                late = int(rng.binomial(size, 1 / (1 + math.exp(2 - level - 0.3 * math.cos(month / 2)))))
                held.append((f"u{unit:02d}", f"{year}-{month:02d}", str(late), str(size)))
    return held


def spec(document: dict[str, object], **changes: object) -> YearEndSpec:
    return read_year_end_spec({**document, **changes})


def run(held: list[Line], asked: YearEndSpec) -> YearEndResult:
    return run_year_end(read_years(Sheet("m.csv", (HEADER, *held)), asked), asked, place="m.csv")


def changed_after(held: list[Line], period: str, late: str) -> list[Line]:
    return [
        (unit, month, late, size) if month > period else (unit, month, old, size) for unit, month, old, size in held
    ]


@pytest.mark.parametrize("document", [SPEC, SHARE], ids=["count", "share"])
@pytest.mark.parametrize("late", ["0", "299", "100000", "unknown", "-5"])
@pytest.mark.parametrize(("test", "month"), [(2006, 3), (2007, 9)])
def test_a_corrupted_future_changes_nothing(document: dict[str, object], late: str, test: int, month: int) -> None:
    asked = spec(document, tests=[test], months=[month])
    held = lines()
    spoilt = changed_after(held, f"{test}-{month:02d}", late)
    gone = [line for line in held if line[1] <= f"{test}-{month:02d}"]
    said = run(held, asked).rows
    assert said == run(spoilt, asked).rows == run(gone, asked).rows
    assert len(said) == UNITS


def test_the_order_of_rows_does_not_matter() -> None:
    held = lines()
    assert run(held, spec(SHARE)).rows == run(held[::-1], spec(SHARE)).rows


def test_a_share_and_its_points_are_told_in_percent_and_the_direction_is_read_from_the_past() -> None:
    result = run(lines(), spec(SHARE))
    assert (result.per, result.misses_above) == (100, True)
    assert {item.code for item in result.statements} == {"scale", "direction"}
    assert all(0 <= row.lo80 <= row.mean <= row.hi80 <= 100 for row in result.rows)
    kept = run(lines(), spec(SHARE, numerator="all - late"))
    assert not kept.misses_above
    assert np.allclose([row.p_miss for row in result.rows], [row.p_miss for row in kept.rows])


def test_every_unit_and_test_is_answered_or_told() -> None:
    held = [line for line in lines() if not (line[0] == "u00" and line[1] < "2006")]
    held = [line for line in held if not (line[0] == "u01" and line[1] >= "2006")]
    result = run(held, spec(SHARE, tests=[2001, 2006, 2010]))
    told = {(row.test, row.month, row.unit) for row in result.rows} | {(g.test, g.month, g.unit) for g in result.gaps}
    assert {(2006, month, f"u{unit:02d}") for month in (3, 6, 9) for unit in range(UNITS)} <= told
    why = {(gap.test, gap.unit): gap.code for gap in result.gaps}
    assert why == {
        (2001, ""): "no-past-year",
        (2006, "u00"): "no-target",
        (2006, "u01"): "too-little-data",
        (2010, ""): "no-such-year",
    }


def test_a_month_that_has_not_come_is_told() -> None:
    held = [line for line in lines() if line[1] <= "2007-06"]
    result = run(held, spec(SPEC, tests=[2007]))
    assert {row.month for row in result.rows} == {3, 6}
    assert [(gap.month, gap.code) for gap in result.gaps] == [(9, "month-not-reached")]
    assert score_year_end(result.cases) == ()


def test_where_nothing_can_be_said_the_reason_is_an_error() -> None:
    with pytest.raises(BadInputError) as told:
        run(lines(), spec(SPEC, tests=[1990]))
    assert told.value.code == "year-end-nothing"
    assert "1990" in told.value.en


def test_all_years_with_a_past_are_tested_where_none_is_named() -> None:
    result = run(lines(), spec(SHARE, tests=None))
    assert sorted({row.test for row in result.rows}) == [2002, 2003, 2004, 2005, 2006, 2007]


def test_a_mean_of_earlier_years_needs_three_of_them() -> None:
    result = run(lines(), spec(SPEC, tests=[2003, 2004], target={"not_above": "mean_of_last_5_years"}, months=[6]))
    assert {row.test for row in result.rows} == {2004}
    case = next(case for case in result.cases if case.test == 2004)
    first = sum(int(line[2]) for line in lines() if line[0] == "u00" and line[1] < "2004")
    assert case.so_far.target[0] == pytest.approx(first / 3)


def test_the_scores_stand_beside_those_of_the_plain_rule() -> None:
    scores = {(score.month, score.method): score for score in score_year_end(run(lines(), spec(SPEC)).cases)}
    assert len(scores) == 12
    assert scores[9, METHOD].brier < scores[3, METHOD].brier
    assert scores[9, METHOD].log_loss < scores[9, HARD].log_loss
    assert scores[3, METHOD].count == 2 * UNITS


def test_the_plain_rule_scales_the_year_to_date_by_the_share_usually_reached() -> None:
    counts = np.array([[[10.0] * 6 + [30.0] * 6, [20.0] * 6 + [0.0] * 6], [[10.0] * 6 + [30.0] * 6, [5.0] * 12]])
    rule = year_to_date_rule(YearSoFar(counts, None, 6, np.array([400.0, 400.0]), True))
    assert rule.expected.tolist() == [480, 120]
    assert rule.hard.tolist() == [1, 0]
    assert rule.smooth[0] > 0.5 > rule.smooth[1]
