"""A panel's table and specification: what is used, and what is told of the rest."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.panels import read_panels
from sanyan.core.evaluating.specs import PanelSpec, read_panel_spec
from sanyan.core.forms.sheets import Sheet
from sanyan.core.indicators.definitions import Direction

SPEC = {
    "unit": "unit",
    "time": "year",
    "region": "region",
    "size": "enrol",
    "context": ["lunch"],
    "tests": [2002],
    "indicators": {"math": {"direction": "higher", "bounds": [0, 100]}, "cost": {"direction": "lower", "log": True}},
}
HEADER = ("unit", "region", "year", "math", "cost", "enrol", "lunch")


def table(*rows: tuple[object, ...]) -> Sheet:
    return Sheet(
        "panel.csv", (HEADER, *(tuple(str(cell) if cell is not None else None for cell in row) for row in rows))
    )


def spec(**changes: object) -> PanelSpec:
    return read_panel_spec({**SPEC, **changes}, place="spec.yaml")


def test_a_table_becomes_a_grid_of_units_and_times() -> None:
    sheet = table(("007", "N", 2002, 50, 10, 3, 1), ("b", "S", 2000, 40, 20, 4, 2), ("007", "N", 2000, 60, 30, 5, 3))
    read = read_panels(sheet, spec())
    panel = read.panels["math"]
    assert panel.units == ("007", "b")
    assert panel.times == (2000, 2001, 2002)
    np.testing.assert_array_equal(panel.values, [[60, np.nan, 50], [40, np.nan, np.nan]])
    assert panel.regions == ("N", "S")
    assert panel.size is not None
    assert panel.size[0, 2] == 3
    assert panel.context[0, 1, 0] == 2
    assert read.panels["cost"].values[0, 0] == pytest.approx(math.log(30))
    assert read.omissions == ()


def test_what_cannot_be_used_is_told_with_its_place() -> None:
    sheet = table(
        ("a", "N", 2000, "sixty", 10, 3, 1),
        ("a", "N", 2000, 61, 10, 3, 2),
        ("", "N", 2001, 61, 10, 3, 2),
        ("b", "N", "2001.5", 61, 10, 3, 2),
        ("b", "N", 2001, 61, 0, 3, 2),
    )
    read = read_panels(sheet, spec())
    told = {item.code: item for item in read.omissions}
    assert told["text-in-numbers"].example == "D2: sixty"
    assert told["row-repeated"].count == 1
    assert told["row-without-place"].count == 2
    assert told["log-of-none"].count == 1
    assert np.isnan(read.panels["math"].values[0, 0]), "the first row stands, though its value could not be read"


def test_numbers_beyond_any_measure_are_told_and_those_next_to_nothing_count_as_zero() -> None:
    sheet = table(
        ("a", "N", 2000, "1e300", 10, 3, 1), ("b", "N", 2000, "-5.6e-17", 10, 3, 2), ("c", "N", 2000, 0, 1, 1, 1)
    )
    read = read_panels(sheet, spec())
    told = {item.code: (item.count, item.example) for item in read.omissions}
    assert told == {"number-beyond-measure": (1, "D2: 1e300"), "number-next-to-nothing": (1, "D3: -5.6e-17")}
    np.testing.assert_array_equal(read.panels["math"].values[:, 0], [np.nan, 0, 0])


def test_values_over_the_valid_are_missing_unless_asked_for_as_typed() -> None:
    dirty = spec(indicators={"math": {"direction": "higher", "max_valid": 100}})
    sheet = table(("a", "N", 2000, 2570.4, 1, 1, 1), ("b", "N", 2000, 80, 1, 1, 2))
    read = read_panels(sheet, dirty)
    assert np.isnan(read.panels["math"].values[0, 0])
    assert [item.code for item in read.omissions] == ["value-too-large"]
    assert read_panels(sheet, dirty, raw=True).panels["math"].values[0, 0] == 2570.4


def test_a_constant_column_is_told() -> None:
    sheet = table(("a", "N", 2000, 50, 10, 3, 7), ("b", "S", 2000, 40, 20, 4, 7))
    assert [item.code for item in read_panels(sheet, spec()).omissions] == ["constant-column"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), "table-empty"),
        ((("a", "N", 2000, 1, 1, 1, 1),), "panel-unusable"),
        ((("a", "N", 2000, 1, 1, 1, 1), ("b", "N", 9_000_000, 1, 1, 1, 2)), "panel-unusable"),
        ((("a", "N", "x", 1, 1, 1, 1), ("b", "N", "y", 1, 1, 1, 2)), "panel-unusable"),
    ],
)
def test_a_table_that_cannot_be_compared_is_refused(rows: tuple[tuple[object, ...], ...], code: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read_panels(table(*rows), spec())
    assert caught.value.code == code


def test_times_off_the_step_are_refused() -> None:
    sheet = table(("a", "N", 2000, 1, 1, 1, 1), ("b", "N", 2003, 1, 1, 1, 2))
    with pytest.raises(BadInputError, match="not 2 apart"):
        read_panels(sheet, spec(step=2))


def test_a_missing_or_doubled_column_is_named() -> None:
    with pytest.raises(BadInputError, match="grad"):
        read_panels(table(("a", "N", 2000, 1, 1, 1, 1), ("b", "N", 2000, 1, 1, 1, 2)), spec(context=["grad"]))
    doubled = Sheet("p.csv", (("unit", "year", "unit"), ("a", "2000", "b")))
    with pytest.raises(BadInputError, match="twice: unit"):
        read_panels(doubled, spec())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"time": None}, "time"),
        ({"indicators": {}}, "indicators"),
        ({"indicators": {"math": {"direction": "up"}}}, "direction"),
        ({"indicators": {"math": {"direction": "higher", "bounds": [1]}}}, "bounds"),
        ({"indicators": {"math": {"direction": "higher", "log": "yes"}}}, "log"),
        ({"indicators": {"math": {"direction": "higher", "max_valid": True}}}, "max_valid"),
        ({"indicators": ["math"]}, "indicators"),
        ({"indicators": {"math": {"direction": "higher", "bounds": [0, 10**400]}}}, "bounds"),
        ({"indicators": {"math": {"direction": "higher", "max_valid": 10**400}}}, "max_valid"),
        ({"tests": ["soon"]}, "tests"),
        ({"tests": ["9" * 5000]}, "tests"),
        ({"tests": [2002.5]}, "tests"),
        ({"step": 0}, "step"),
        ({"context": [["lunch"]]}, "context"),
    ],
)
def test_a_specification_that_is_not_whole_names_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(BadInputError) as caught:
        spec(**changes)
    assert caught.value.code == "evaluation-spec"
    assert field in caught.value.en
    assert caught.value.place == "spec.yaml"


def test_a_specification_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(BadInputError):
        read_panel_spec(["unit"])


def test_fields_that_nothing_reads_are_told() -> None:
    misspelt = spec(indicators={"math": {"direction": "higher", "max_vaild": 60}}, regoin="region", file="panel.csv")
    read = read_panels(table(("a", "N", 2000, 50, 10, 3, 1), ("b", "S", 2000, 40, 20, 4, 2)), misspelt)
    told = [item.en for item in read.omissions if item.code == "spec-field-unread"]
    assert len(told) == 2
    assert "regoin" in told[0]
    assert "indicators.math.max_vaild" in told[1]


def test_times_to_forecast_may_be_quoted_and_count_once() -> None:
    assert spec(tests=["2002", 2003, 2002.0]).indicators[0].tests == (2002, 2003)


def test_tests_of_an_indicator_come_before_those_of_all() -> None:
    read = spec(indicators={"math": {"direction": "higher"}, "cost": {"direction": "lower", "tests": [2001]}})
    assert [item.tests for item in read.indicators] == [(2002,), (2001,)]
    assert read.indicators[0].direction is Direction.HIGHER


def test_a_panel_before_a_time_knows_nothing_later() -> None:
    sheet = table(("a", "N", 2000, 50, 10, 3, 1), ("b", "S", 2001, 40, 20, 4, 2))
    early = read_panels(sheet, spec()).panels["math"].before(2001)
    assert early.times == (2000,)
    assert early.values.shape == (2, 1)
    assert early.context.shape == (1, 2, 1)
