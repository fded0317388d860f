from __future__ import annotations

import math

import numpy as np
import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.compare_spec import CompareSpec, read_compare_spec
from sanyan.core.evaluating.comparing import EFFECT_COLUMNS, Compared, compare_rows
from sanyan.core.forms.sheets import Sheet
from sanyan.core.indicators.definitions import Direction

SPEC = {"unit": "school", "outcome": "score", "context": ["before"]}
HEADER = ("id", "school", "score", "before", "sex")
Cells = list[str | None]


def pupils(schools: int = 8, each: int = 12) -> list[Cells]:
    """Schools 001, 002, ... each two points above the one before, pupils who rise by half of their start."""
    rng = np.random.default_rng(1)
    rows: list[Cells] = []
    for school in range(1, schools + 1):
        for _ in range(each):
            before, sex = rng.normal(), rng.integers(2)
            score = 2 * school + 0.5 * before + sex + rng.normal()
            rows.append([str(len(rows)), f"{school:03}", f"{score:.4f}", f"{before:.4f}", "FM"[sex]])
    return rows


def compared(rows: list[Cells], document: dict[str, object] | None = None) -> Compared:
    sheet = Sheet("pupils.csv", (HEADER, *(tuple(row) for row in rows)))
    return compare_rows(sheet, read_compare_spec(document or SPEC), place="pupils.csv")


def codes(found: Compared) -> dict[str, int]:
    return {item.code: item.count for item in found.told()}


def test_units_keep_their_names_as_text_and_the_order_of_the_table() -> None:
    found = compared(pupils())
    assert found.units == tuple(f"{number:03}" for number in range(1, 9))
    assert found.columns == ("intercept", "before")
    assert found.model.beta[1] == pytest.approx(0.5, abs=0.3)
    assert np.all(np.diff(found.effects.mean) > 0)
    assert codes(found) == {}


def test_every_unit_is_told_with_intervals_a_rank_interval_and_its_number() -> None:
    rows = compared(pupils()).effect_rows()
    assert [tuple(row) for row in rows] == [EFFECT_COLUMNS] * 8
    best = rows[-1]
    assert (best["unit"], best["n"], best["state"]) == ("008", 12, "shown")
    for row in rows:
        low95, low80, effect, high80, high95 = (
            float(row[name] or 0) for name in ("lo95", "lo80", "effect", "hi80", "hi95")
        )
        assert low95 < low80 < effect < high80 < high95
    assert (best["rank_lo95"], best["rank_hi95"]) == (1, 1)
    assert float(best["p_top_fifth"] or 0) > 0.99


def test_where_lower_is_good_the_first_rank_goes_to_the_lowest() -> None:
    found = compared(pupils(), {**SPEC, "direction": "lower"})
    assert found.effect_rows()[0]["rank_hi80"] == 1
    assert float(found.effect_rows()[0]["effect"] or 0) < 0
    assert found.p_better[0] > 0.99


def test_what_lacks_something_is_left_out_and_counted_by_its_reason() -> None:
    rows = pupils()
    rows[0][1] = None
    rows[1][2] = "ขาดสอบ"
    rows[2][3] = None
    rows[3][2] = rows[3][3] = None
    found = compared(rows)
    assert found.rows == 96
    assert int(found.model.n.sum()) == 92
    told = [(item.code, item.count, item.example) for item in found.omissions]
    assert told == [
        ("text-in-numbers", 1, "C3: ขาดสอบ"),
        ("row-incomplete", 1, "แถว 2 / row 2"),
        ("row-incomplete", 2, "แถว 3 / row 3"),
        ("row-incomplete", 1, "แถว 4 / row 4"),
    ]


def test_rows_alike_are_told_and_stay_unless_an_id_says_that_they_are_one() -> None:
    rows = pupils()
    rows += [list(rows[5]), list(rows[6])]
    assert codes(compared(rows)) == {"row-alike": 2}
    assert int(compared(rows).model.n.sum()) == 98
    found = compared(rows, {**SPEC, "id": "id"})
    assert codes(found) == {"row-repeated": 2}
    assert int(found.model.n.sum()) == 96
    assert found.effect_rows() == compared(pupils()).effect_rows()


def test_words_become_marks_and_a_column_that_says_nothing_new_is_told() -> None:
    rows = pupils()
    found = compared(rows, {**SPEC, "context": ["before", "sex"]})
    assert found.columns == ("intercept", "before", "sex=M")
    assert found.model.beta[2] == pytest.approx(1.0, abs=0.6)
    assert codes(found) == {}
    same = compared([[*row[:4], "F"] for row in rows], {**SPEC, "context": ["before", "sex"]})
    assert codes(same) == {"column-dropped": 1}
    assert math.isnan(same.model.beta[2])
    numbered = compared([[*row[:4], str(number % 3)] for number, row in enumerate(rows)], {**SPEC, "categories": "sex"})
    assert numbered.columns == ("intercept", "before", "sex=1", "sex=2")


def test_units_of_few_rows_take_part_but_their_results_are_hidden_or_greyed() -> None:
    rows = pupils()
    rows = [row for row in rows if row[1] not in ("001", "002")] + rows[:3] + rows[12:19]
    found = compared(rows)
    told = {str(row["unit"]): row for row in found.effect_rows(publish=True)}
    assert (told["001"]["state"], told["001"]["n"], told["001"]["effect"], told["001"]["rank_lo80"]) == (
        "hidden",
        3,
        None,
        None,
    )
    assert told["002"]["state"] == "greyed"
    assert told["002"]["effect"] is not None
    assert [(item.code, item.count) for item in found.told(publish=True)] == [("unit-hidden", 1)]
    assert all(row["effect"] is not None for row in found.effect_rows())
    assert {str(row["unit"]): row["state"] for row in found.effect_rows()}["001"] == "hidden"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: [row for row in rows if row[1] == "001"], "compare-one-group"),
        (lambda rows: [[*row[:2], "7", *row[3:]] for row in rows], "compare-no-variation"),
        (lambda rows: rows[::12], "compare-no-repeats"),
        (lambda rows: [[*row[:2], "x", *row[3:]] for row in rows], "compare-no-rows"),
    ],
)
def test_what_cannot_be_compared_is_an_error_that_says_why(change: object, code: str) -> None:
    assert callable(change)
    with pytest.raises(BadInputError) as error:
        compared(change(pupils()))
    assert error.value.code == code
    assert error.value.th
    assert error.value.next_en


def test_too_many_words_for_context_are_refused() -> None:
    rows = [[*row[:4], f"word {number}"] for number, row in enumerate(pupils())]
    with pytest.raises(BadInputError, match="compare-categories"):
        compared(rows, {**SPEC, "context": ["sex"]})


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadInputError, match="There is no column marks"):
        compared(pupils(), {**SPEC, "outcome": "marks"})


def test_the_one_indicator_of_a_panel_specification_is_the_outcome() -> None:
    read = read_compare_spec({"unit": "school", "indicators": {"score": {"direction": "lower", "log": True}}})
    assert (read.outcome, read.direction, read.unread) == ("score", Direction.LOWER, ("log",))
    with pytest.raises(BadInputError):
        read_compare_spec({"unit": "school", "indicators": {"score": {}, "other": {}}})


def test_a_specification_is_read_under_the_names_that_people_use() -> None:
    plain = read_compare_spec({"unit": "school", "outcome": "score"})
    assert plain == CompareSpec("school", "score")
    other = read_compare_spec({"group": "school", "y": "score", "x": "before", "direction": "lower", "note": "mine"})
    assert other == CompareSpec("school", "score", ("before",), direction=Direction.LOWER, unread=("note",))
    assert "spec-field-unread" in codes(compared(pupils(), {**SPEC, "note": "mine"}))


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"outcome": "score"}, "unit"),
        ({"unit": "school"}, "outcome"),
        ({"unit": "school", "outcome": "school"}, "outcome"),
        ({"unit": "school", "outcome": "score", "context": ["score"]}, "context"),
        ({"unit": "school", "outcome": "score", "direction": "up"}, "direction"),
        ({"unit": "school", "school": "school", "outcome": "score"}, "unit / school"),
        ({"unit": "school", "outcome": "score", "context": {"a": 1}}, "context"),
        (["unit"], "-"),
    ],
)
def test_a_specification_that_is_wrong_is_refused_at_its_field(document: object, field: str) -> None:
    with pytest.raises(BadInputError, match="evaluation-spec") as error:
        read_compare_spec(document, place="spec.yaml")
    assert error.value.en.endswith(f"at: {field}.")
