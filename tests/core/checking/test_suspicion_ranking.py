from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.checking.suspicion_ranking import Ranking, rank_figures
from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.specs import read_panel_spec
from sanyan.core.forms.sheets import Sheet

Row = tuple[str | None, ...]


def table(*, name: str = "a", also: str = "b", units: int = 30) -> list[list[str | None]]:
    rng = np.random.default_rng(2)
    rows: list[list[str | None]] = [["unit", "year", name, also, "word"]]
    for unit in range(units):
        for year in (2563, 2561, 2562):
            rows.append([f"u{unit}", str(year), f"{40 + unit + rng.normal():.1f}", f"{500 + rng.normal():.0f}", "x"])
    return rows


def ranked(rows: list[list[str | None]], *, all_columns: bool = False, **indicator: object) -> Ranking:
    spec = read_panel_spec(
        {
            "unit": "unit",
            "time": "year",
            "context": ["b"],
            "indicators": {"a": {"direction": "higher", **indicator}},
        }
    )
    return rank_figures(Sheet("t.csv", tuple(tuple(row) for row in rows)), spec, all_columns=all_columns)


def codes(ranking: Ranking) -> set[str]:
    return {item.code for item in ranking.omissions}


def test_every_figure_has_its_rank_and_the_wrong_one_the_first() -> None:
    rows = table()
    rows[5][2] = "410.0"
    ranking = ranked(rows)
    assert [figure.rank for figure in ranking.figures] == list(range(1, 91))
    first = ranking.figures[0]
    assert (first.unit, first.time, first.indicator, first.value, first.flag) == ("u1", 2561, "a", 410.0, True)
    scores = [figure.score for figure in ranking.figures]
    assert scores == sorted(scores, reverse=True)
    assert not ranking.omissions


def test_what_is_not_ranked_is_told() -> None:
    rows = table()
    rows[1][2], rows[2][2] = None, "ไม่มี"
    rows.append(list(rows[3]))
    ranking = ranked(rows)
    assert len(ranking.figures) == 88
    assert codes(ranking) == {"figure-missing", "text-in-numbers", "row-repeated"}


def test_values_above_the_greatest_valid_are_ranked_and_come_first() -> None:
    rows = table()
    rows[5][2] = "99"
    assert ranked(rows, max_valid=90).figures[0].value == 99
    assert ranked(rows, bounds=[0, 90]).figures[0].value == 99


def test_a_value_that_has_no_logarithm_is_ranked_and_comes_first() -> None:
    rows = table()
    rows[5][2] = "-41.0"
    assert ranked(rows, log=True).figures[0].value == -41


def test_all_columns_of_numbers_can_be_ranked() -> None:
    ranking = ranked(table(), all_columns=True)
    assert {figure.indicator for figure in ranking.figures} == {"a", "b"}
    assert codes(ranking) == {"column-not-numbers"}


def test_a_column_that_cannot_be_judged_is_told_and_the_others_are_ranked() -> None:
    rows = table()
    for row in rows[1:]:
        row[3] = "7"
    ranking = ranked(rows, all_columns=True)
    assert {figure.indicator for figure in ranking.figures} == {"a"}
    assert "column-not-judged" in codes(ranking)


def test_a_table_with_nothing_to_judge_is_an_error() -> None:
    rows = table()
    for row in rows[1:]:
        row[2] = "7"
    with pytest.raises(BadInputError) as caught:
        ranked(rows)
    assert caught.value.code == "quality-nothing-to-judge"


def test_one_unit_alone_is_an_error() -> None:
    with pytest.raises(BadInputError):
        ranked(table(units=1))
