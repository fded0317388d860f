from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.forms.framework_validation import validate
from sanyan.core.forms.panel import PanelMapping, framework_from_panel, read_panel, suggest_mapping
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.indicators.definitions import Kind, Rollup

SHIPPED = sorted(
    path.name for path in (files("sanyan") / "definitions" / "panels").iterdir() if path.name.endswith(".yaml")
)
PLAIN: dict[str, Any] = {
    "framework": "f",
    "unit": ["unit"],
    "period": {"column": "year"},
    "indicators": [{"code": "a"}],
}


def shipped(name: str) -> PanelMapping:
    text = (files("sanyan") / "definitions" / "panels" / name).read_text(encoding="utf-8")
    return PanelMapping.from_dict(yaml.safe_load(text))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_mapping_survives_yaml_and_makes_a_framework_that_can_be_published(name: str) -> None:
    mapping = shipped(name)
    assert PanelMapping.from_dict(yaml.safe_load(yaml.safe_dump(mapping.to_dict()))) == mapping
    year = 2560 - (543 if mapping.period.calendar == "ce" else 0)
    headings = {*mapping.unit, mapping.period.column, mapping.unit_name, mapping.region, mapping.size}
    headings |= {name for item in mapping.indicators for name in (item.name, item.denominator)}
    row = [year if name == mapping.period.column else 7 for name in sorted(headings - {""})]
    sheet = Sheet("t", (tuple(sorted(headings - {""})), tuple(row)))
    framework = framework_from_panel(
        mapping, read_panel(sheet, mapping), authored_by="ก", checked_by="ข", next_review=date(2027, 9, 30)
    )
    assert [fault for fault in validate(framework) if fault.is_error] == []
    assert framework.fiscal_years == (2560,)
    assert [item.code for item in framework.indicators] == [item.code for item in mapping.indicators]


def test_a_mapping_with_everything_survives() -> None:
    raw = {
        **PLAIN,
        "framework_th": "ก",
        "sheet": "s",
        "header_row": 3,
        "unit_name": "n",
        "ignore": ["x", "y"],
        "organisations": {"create": True, "kind": "school", "under": "2001", "prefix": "s-"},
        "missing_marks": ["ZZ"],
        "decimal": "comma",
        "period": {"pattern": "{indicator}_{year}", "calendar": "ce", "month": 6},
        "indicators": [
            {"code": "p", "kind": "percent", "numerator": "n", "denominator": "d", "low": 0.0, "high": None}
        ],
    }
    mapping = PanelMapping.from_dict(raw)
    assert PanelMapping.from_dict(mapping.to_dict()) == mapping
    assert mapping.organisation_code("a b") == "s-a-b"
    item = mapping.indicators[0]
    assert (item.scale, item.rolls_up_by) == (100, Rollup.RATIO)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"colour": "red"}, "colour"),
        ({"period": {"column": "year", "calendar": "thai"}}, "period.calendar"),
        ({"period": {"column": "year", "month": 13}}, "period.month"),
        ({"period": {"column": "year", "month": "12"}}, "period.month"),
        ({"period": {}}, "period"),
        ({"period": {"pattern": "{indicator}"}}, "period.pattern"),
        ({"period": "year"}, "period."),
        ({"indicators": []}, "indicators"),
        ({"indicators": "a"}, "indicators"),
        ({"indicators": [{"code": "a"}, {"code": "a"}]}, "indicators"),
        ({"indicators": [{"name_th": "ก"}]}, "indicators[1].code"),
        ({"indicators": [{"code": "a", "kind": "colour"}]}, "indicators[1].kind"),
        ({"indicators": [{"code": "a", "low": "none"}]}, "indicators[1].low"),
        ({"organisations": {"create": "yes"}}, "organisations.create"),
        ({"unit": []}, "unit"),
        ({"decimal": "dot"}, "decimal"),
        ({"sheet": ["a"]}, "sheet"),
    ],
)
def test_a_wrong_mapping_names_the_key(change: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInputError) as refused:
        PanelMapping.from_dict({**PLAIN, **change})
    assert refused.value.code == "panel-mapping-wrong"
    assert refused.value.place == place


@pytest.mark.parametrize("raw", [None, [], "text"])
def test_what_is_no_mapping_at_all_is_refused(raw: Any) -> None:
    with pytest.raises(BadInputError):
        PanelMapping.from_dict(raw)


def test_a_framework_of_parts_and_of_weighted_means_rolls_up_rightly() -> None:
    mapping = PanelMapping.from_dict(
        {
            **PLAIN,
            "indicators": [
                {"code": "p", "kind": "percent", "numerator": "n", "denominator": "d", "policy_area": "x"},
                {"code": "m", "kind": "percent", "denominator": "d", "mean_of": "นักเรียน"},
                {"code": "s"},
            ],
        }
    )
    sheet = Sheet("t", (("unit", "year", "n", "d", "m", "s"), ("1", "2567-06", 1, 2, 3, 4)))
    framework = framework_from_panel(mapping, read_panel(sheet, mapping), code="other", name_th="ชื่อ")
    assert [item.rollup for item in framework.indicators] == [Rollup.RATIO, Rollup.MEAN, Rollup.SUM]
    assert [item.has_parts for item in framework.indicators] == [True, False, False]
    assert [area.code for area in framework.policy_areas] == ["x", "panel"]
    assert [plan.month for plan in framework.rounds] == [6]
    assert framework.rounds[0].submit_by == (4, 30)
    assert (framework.code, framework.name_th, framework.name_en) == ("other", "ชื่อ", "other")


def table(*rows: tuple[CellValue, ...]) -> Sheet:
    return Sheet("t", rows)


def test_a_yearly_table_is_guessed() -> None:
    guess = suggest_mapping(
        table(
            ("รายงานประจำปี", None, None),
            ("จังหวัด", "year", "year_be", "ภาค", "enrol", "births", "หมายเหตุ"),
            *(
                (name, 2010 + year, 2553 + year, region, 100 + year, "-" if year == 1 else f"{year},200", "ดี")
                for name, region in (("น่าน", "เหนือ"), ("ตรัง", "ใต้"), ("แพร่", "เหนือ"))
                for year in range(4)
            ),
        ),
        framework="x",
    )
    assert guess.header_row == 2
    assert guess.unit == ("จังหวัด",)
    assert (guess.period.column, guess.period.calendar) == ("year_be", "be")
    assert (guess.region, guess.size, guess.ignore) == ("ภาค", "enrol", ("year",))
    assert [item.code for item in guess.indicators] == ["enrol", "births"]
    assert all(item.kind is Kind.NUMBER for item in guess.indicators)


def test_years_in_headings_are_guessed() -> None:
    plain = suggest_mapping(table(("unit", "2566", "2567"), ("a", 1, 2), ("b", 3, 4)))
    assert (plain.period.pattern, plain.period.calendar) == ("{year}", "be")
    joined = suggest_mapping(
        table(("unit", "births_2023", "deaths_2023", "births_2024"), ("a", 1, 2, 3), ("b", 3, 4, 5))
    )
    assert (joined.period.pattern, joined.period.calendar) == ("{indicator}_{year}", "ce")
    assert [item.code for item in joined.indicators] == ["births", "deaths"]


def test_a_guess_can_be_read_with() -> None:
    sheet = table(("unit", "births_2023", "births_2024"), ("a", 1, 3), ("b", 3, "x"))
    reading = read_panel(sheet, suggest_mapping(sheet))
    assert reading.counts.accepted == 3
    assert reading.counts.refused == 1


@pytest.mark.parametrize("rows", [(), (("a", "b"),), (("unit", "a"), ("x", 1)), (("year",), (2567,), (2568,))])
def test_a_table_that_tells_no_years_or_units_is_not_guessed(rows: tuple[tuple[CellValue, ...], ...]) -> None:
    with pytest.raises(BadInputError):
        suggest_mapping(table(*rows))
