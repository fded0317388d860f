from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.forecast_run import ForecastRun, run_forecasts
from sanyan.core.evaluating.forecast_scores import base_rate, breaches, drops, persistence_p_breach, score
from sanyan.core.evaluating.specs import PanelSpec, read_panel_spec
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.indicators.definitions import Direction
from sanyan.core.warning.events import meets

HEADER: tuple[CellValue, ...] = ("unit", "year", "region", "pupils", "lunch", "rate")
SPEC = read_panel_spec(
    {
        "unit": "unit",
        "time": "year",
        "region": "region",
        "size": "pupils",
        "context": ["lunch"],
        "indicators": {"rate": {"direction": "higher", "bounds": [0, 100]}},
        "tests": [2565, 2566],
    }
)


def rows_of(units: int = 60, years: tuple[int, ...] = (2561, 2562, 2563, 2564, 2565, 2566)) -> list[list[CellValue]]:
    chance = np.random.default_rng(3)
    rows: list[list[CellValue]] = []
    for unit in range(units):
        level = 60 + chance.normal() * 10
        for year in years:
            shared = 3 * np.sin(year)
            value = float(np.clip(level + shared + chance.normal() * 5, 0, 100))
            rows.append(
                [f"u{unit}", str(year), f"r{unit % 4}", str(50 + unit), f"{chance.normal():.3f}", f"{value:.2f}"]
            )
    return rows


def run(rows: list[list[CellValue]], spec: PanelSpec = SPEC) -> ForecastRun:
    return run_forecasts(Sheet("panel", (HEADER, *(tuple(row) for row in rows))), spec)


def test_every_test_says_something_of_every_unit_with_a_last_value() -> None:
    found = run(rows_of())
    assert [(case.test, len(list(case.rows()))) for case in found.cases] == [(2565, 60), (2566, 60)]
    assert not found.gaps
    for case in found.cases:
        assert case.met.sum() == 45
        assert np.isnan(case.p_breach[~case.met]).all()
        assert all((row.p_breach is None) == (row.last < case.target) for row in case.rows())
        assert {row.shift for row in case.rows()} == {case.said.shift.mean}


def test_a_unit_that_comes_with_the_test_is_told() -> None:
    found = run([*rows_of(), ["new", "2566", "r1", "50", "0.1", "70"]])
    assert [(gap.unit, gap.test, gap.code) for gap in found.gaps] == [("new", 2566, "no-last-value")]


def test_what_stands_in_the_future_changes_nothing() -> None:
    rows = rows_of()
    spoilt = [["u0", "2570", "elsewhere", "1", "1", "1"], ["new", "2565", "r0", "9", "9", "9"]] + [
        [row[0], row[1], "elsewhere", "999999", "-50", "0.5"] if int(str(row[1])) >= 2565 else row for row in rows
    ]
    ended = [row for row in rows if int(str(row[1])) < 2565]
    first = list(run(rows).cases[0].rows())
    assert list(run(spoilt).cases[0].rows()) == first
    alone = run(ended, replace(SPEC, indicators=(replace(SPEC.indicators[0], tests=(2565,)),)))
    assert list(alone.cases[0].rows()) == first
    assert np.isnan(alone.cases[0].truth).all()


def test_the_order_of_rows_does_not_matter() -> None:
    rows = rows_of()
    first = {row.unit: row.mean for row in run(rows).cases[1].rows()}
    for row in run(sorted(rows, key=lambda row: str(row[1]), reverse=True)).cases[1].rows():
        assert row.mean == pytest.approx(first[row.unit])


def test_without_tests_the_time_after_the_last_is_forecast() -> None:
    found = run(rows_of(), replace(SPEC, indicators=(replace(SPEC.indicators[0], tests=()),)))
    assert [case.test for case in found.cases] == [2567]


def test_what_cannot_be_forecast_is_told_and_never_dropped() -> None:
    rows = rows_of()
    tests = (2561, 2562, 2563, 2580)
    found = run(rows, replace(SPEC, indicators=(replace(SPEC.indicators[0], tests=tests),)))
    assert [case.test for case in found.cases] == [2563]
    assert [(gap.test, gap.code) for gap in found.gaps] == [
        (2561, "no-last-round"),
        (2562, "too-little-history"),
        (2580, "no-last-round"),
    ]
    assert all(gap.th and gap.en for gap in found.gaps)


def test_a_unit_that_comes_back_is_named_as_one_without_a_last_value() -> None:
    rows = [row for row in rows_of() if (row[0], row[1]) != ("u7", "2564")]
    found = run(rows)
    assert [(gap.unit, gap.test, gap.code) for gap in found.gaps] == [("u7", 2565, "no-last-value")]


def test_dirt_is_told_and_the_first_of_two_rows_counts() -> None:
    rows = rows_of()
    clean = {row.unit: row.last for row in run(rows).cases[0].rows()}
    rows += [["u1", "2564", "r1", "51", "0", "99"], ["", "2564", "r1", "51", "0", "50"]]
    rows[0] = [*rows[0][:5], "about 50"]
    found = run(rows)
    assert {item.code for item in found.omissions} == {"row-repeated", "row-without-place", "text-in-numbers"}
    assert next(row.last for row in found.cases[0].rows() if row.unit == "u1") == clean["u1"]


def test_a_column_without_any_variety_is_told_as_a_test_that_cannot_be_forecast() -> None:
    rows = [[*row[:5], "100"] for row in rows_of()]
    found = run(rows)
    assert not found.cases
    assert {gap.code for gap in found.gaps} == {"no-spread"}


def test_one_unit_is_no_panel() -> None:
    with pytest.raises(BadInputError):
        run(rows_of(units=1))


def test_scores_agree_with_what_was_said() -> None:
    for case in run(rows_of()).cases:
        found = score(case)
        assert found.n == 60
        assert found.mae == pytest.approx(np.mean(np.abs(case.truth - case.said.mean)))
        assert found.mae_ratio == pytest.approx(found.mae / found.mae_persistence)
        assert 0 <= found.cov80 <= found.cov95 <= 1
        assert found.breach_n == 45
        assert found.breach_rate == pytest.approx(breaches(case).sum() / 45)
        assert not (breaches(case) & ~case.met).any()
        assert drops(case).sum() == round(found.reldrop_rate * 60)
        assert set(found.as_dict()) >= {"mae_ratio", "breach_ap", "is80_persistence"}


def test_persistence_asks_how_many_of_last_rounds_changes_would_carry_a_unit_past_the_target() -> None:
    case = run(rows_of()).cases[0]
    changes = case.said.last - case.before
    by_hand = [(last + changes < case.target).mean() for last in case.said.last]
    np.testing.assert_allclose(persistence_p_breach(case), by_hand)
    lower = replace(case, said=replace(case.said, direction=Direction.LOWER))
    by_hand = [(last + changes > case.target).mean() for last in case.said.last]
    np.testing.assert_allclose(persistence_p_breach(lower), by_hand)


def test_the_base_rate_is_that_of_the_round_before() -> None:
    case = run(rows_of()).cases[0]
    target = float(np.quantile(case.before, 0.25))
    met = meets(case.before, target, Direction.HIGHER)
    assert base_rate(case) == pytest.approx(np.mean(case.said.last[met] < target))
