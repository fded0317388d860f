"""The forecast evaluation: how its figures are put together, and its bars on the real panels where they are at hand."""

from __future__ import annotations

import os

import numpy as np
import pytest
from evals.forecast import cells
from tests.core.warning.forecast_panels import made_up

from sanyan.core.evaluating.forecast_cells import Cell, Trial, alarms, bars, by_cell, chances, levels
from sanyan.core.evaluating.forecast_run import ForecastCase
from sanyan.core.evaluating.forecast_scores import score
from sanyan.core.evaluating.warning_paper import cells_table
from sanyan.core.indicators.definitions import Direction
from sanyan.core.warning.events import adverse_quartile, usual_swing
from sanyan.core.warning.forecast import forecast
from sanyan.core.warning.forecast_result import Forecast


def made_up_cell(seed: int, tests: int = 2) -> Cell:
    panel = made_up(120, 7, seed=seed)
    held = []
    for back in range(tests, 0, -1):
        time = panel.times[-back]
        known = panel.before(time)
        said = forecast(panel, direction=Direction.HIGHER, at=time)
        assert isinstance(said, Forecast)
        case = ForecastCase(
            indicator="rate",
            test=time,
            said=said,
            target=adverse_quartile(said.last, Direction.HIGHER),
            swing=usual_swing(known.values),
            truth=panel.values[:, -back],
            before=known.values[:, -2],
            size=None if known.size is None else known.size[:, -1],
        )
        held.append(Trial("made up", case, score(case)))
    return Cell("made up", "rate", tuple(held))


def test_a_cell_is_the_mean_of_its_tests_and_a_bar_is_over_cells() -> None:
    held = [made_up_cell(1), made_up_cell(2)]
    first = held[0]
    assert first.mean("mae") == pytest.approx(np.mean([test.scores.mae for test in first.tests]))
    ratios = [cell.ratio("mae", "mae_persistence") for cell in held]
    found = {bar.name: bar for bar in bars(held)}
    assert found["error / persistence, geometric mean"].ours == pytest.approx(np.sqrt(ratios[0] * ratios[1]))
    assert found["error / persistence, worst cell"].ours == max(ratios)
    gaps = [abs(cell.mean("cov80") - 0.8) for cell in held]
    assert found["mean gap of 80 % coverage"].ours == pytest.approx(np.mean(gaps))
    assert cells_table(held).count("\n") == 4
    assert {"panel", "mae_ratio", "cov80_small", "alarms_repeated"} <= set(next(by_cell(held)))


def test_every_told_chance_stands_in_one_bin_and_one_level() -> None:
    held = [made_up_cell(3)]
    told = sum(int(np.isfinite(test.case.p_breach).sum()) for test in held[0].tests)
    assert sum(found.count for found in chances(held, "breach")) == told
    assert sum(found.count for found in levels(held, "breach").values()) == told
    assert list(levels(held, "reldrop")) == ["low", "medium", "high", "very-high"]
    assert sum(found.count for found in levels(held, "reldrop").values()) == 240


def test_alarms_keep_to_the_budget_and_name_units_that_met_the_target() -> None:
    case = made_up_cell(4).tests[0].case
    found = alarms(case)
    assert len(found) == 9
    assert found <= {unit for unit, met in zip(case.said.units, case.met, strict=True) if met}


def test_nothing_measured_reaches_no_bar() -> None:
    assert not any(bar.is_reached for bar in bars([]))


@pytest.mark.slow
def test_the_real_panels_are_foreseen_better_than_by_persistence() -> None:
    held = cells(os.environ.get("SANYAN_EVAL_DATA", ""))
    if not held:
        pytest.skip("the real panels are not at hand; name their folder in SANYAN_EVAL_DATA")
    missed = {bar.name for bar in bars(held) if not bar.is_reached}
    assert missed <= {"new breach, precision at 10 %"}
    for bar in bars(held):
        assert bar.ours < bar.persistence if bar.at_most else bar.ours > bar.persistence
