"""The within-year task as strangers write it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.year_end_spec import TargetKind, Term, YearEndSpec, read_year_end_spec

SPEC: dict[str, object] = {
    "unit": "unit",
    "period": "period",
    "numerator": "cases",
    "year_starts": 1,
    "target": {"not_above": "median_of_last_5_years"},
    "tests": [2009],
    "months": [3, 6, 9],
}
WITH_BELOW = {"denominator": "people"}
SHIPPED = Path(__file__).parents[3] / "src" / "sanyan" / "definitions" / "evaluations"


def spec(**changes: object) -> YearEndSpec:
    return read_year_end_spec({**SPEC, **changes}, place="spec.yaml")


def test_a_median_of_earlier_years_is_a_target() -> None:
    target = spec().target
    assert (target.kind, target.years, target.misses_above) == (TargetKind.MEDIAN, 5, True)


@pytest.mark.parametrize(
    ("target", "per", "value", "above"),
    [
        ({"not_below": 0.95}, 1, 0.95, False),
        ({"not_below": 95}, 100, 95, False),
        ({"not_below": "95%"}, 100, 95, False),
        ({"not_above": "0.5 %"}, 100, 0.5, True),
        ({"not_above": 0.05}, 1, 0.05, True),
        ({"no_worse_than_last_year": 1}, 100, 1, None),
        ({"no_worse_than_last_year": 0.02, "direction": "higher"}, 1, 0.02, False),
        ({"no_worse_than_last_year": {"points": 2, "direction": "lower"}}, 100, 2, True),
        ({"no_worse_than_last_year": True}, 1, 0, None),
    ],
    ids=str,
)
def test_the_scale_is_that_of_the_target(
    target: dict[str, object], per: float, value: float, above: bool | None
) -> None:
    read = spec(target=target, **WITH_BELOW)
    assert (read.per, read.target.value, read.target.misses_above) == (per, value, above)


def test_a_scale_that_is_given_is_kept_and_a_count_has_none() -> None:
    assert spec(target={"not_above": 80}, per=1000, **WITH_BELOW).per == 1000
    assert spec(target={"not_above": 80}).per == 1
    assert not spec(target={"not_above": 80}).is_per_guessed


def test_a_direction_may_stand_beside_the_target() -> None:
    assert spec(target={"no_worse_than_last_year": 1}, direction="higher").target.misses_above is False


def test_columns_may_be_added_and_taken_away() -> None:
    assert spec(numerator="all - late").numerator == (Term("all"), Term("late", -1))
    assert spec(numerator=["a", "b"]).numerator == (Term("a"), Term("b"))
    assert spec(numerator="within-4h").numerator == (Term("within-4h"),)


def test_years_and_months_are_read_as_people_write_them() -> None:
    read = spec(tests=["2017/18", 2016], year_starts="April", months=6, period={"year": "y", "month": "m"})
    assert (read.tests, read.starts, read.months, read.period) == ((2016, 2017), 4, (6,), ("y", "m"))


def test_fields_that_nothing_reads_are_known() -> None:
    assert spec(target={"not_above": 3, "from": 2}, month=[3], title="cases").unread == ("month", "target.from")


def test_what_is_left_out_has_a_default() -> None:
    document = {name: SPEC[name] for name in ("unit", "period", "numerator", "target")}
    read = read_year_end_spec(document)
    assert (read.starts, read.months, read.tests, read.labelled_by_end) == (1, (3, 6, 9), (), None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": None}, "unit"),
        ({"numerator": None}, "numerator"),
        ({"numerator": []}, "numerator"),
        ({"period": {"year": "y"}}, "month"),
        ({"year_starts": 13}, "year_starts"),
        ({"year_label": "middle"}, "year_label"),
        ({"target": None}, "target"),
        ({"target": {}}, "target"),
        ({"target": {"not_above": 1, "not_below": 2}}, "target"),
        ({"target": {"not_above": "soon"}}, "not_above"),
        ({"target": {"not_above": "median_of_last_0_years"}}, "not_above"),
        ({"target": {"not_above": 5}, "direction": "higher"}, "direction"),
        ({"target": {"no_worse_than_last_year": -1}}, "no_worse"),
        ({"target": {"not_above": [5]}}, "not_above"),
        ({"year_starts": [4]}, "year_starts"),
        ({"target": {"not_above": "5%"}}, "denominator"),
        ({"months": [12]}, "months"),
        ({"tests": ["soon"]}, "tests"),
        ({"per": 100}, "per"),
        ({"absent": "perhaps"}, "absent"),
    ],
    ids=str,
)
def test_a_field_that_cannot_be_is_named(changes: dict[str, object], field: str) -> None:
    with pytest.raises(BadInputError) as told:
        spec(**changes)
    assert field in told.value.en
    assert told.value.place == "spec.yaml"


@pytest.mark.parametrize("name", ["th_dengue_monthly", "nhs_ae_monthly"])
def test_the_examples_that_ship_can_be_read(name: str) -> None:
    read = read_year_end_spec(yaml.safe_load((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")))
    assert read.months == (3, 6, 9)
