from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from tests.core.forms.framework_samples import any_framework, level, narrative, percent, small_framework

from sanyan.core.forms.framework_sheets import framework_to_sheets
from sanyan.core.forms.framework_validation import errors_of, validate
from sanyan.core.forms.framework_yaml import load_yaml
from sanyan.core.forms.sheets import cell_name
from sanyan.core.indicators.definitions import (
    Direction,
    Framework,
    Indicator,
    Kind,
    NarrativeField,
    PolicyArea,
    Rollup,
    RoundPlan,
    ScaleLevel,
    Target,
)
from sanyan.definitions import framework_file


def codes(framework: Framework) -> set[str]:
    return {fault.code for fault in validate(framework)}


def places(framework: Framework) -> set[tuple[str, str, str]]:
    return {(fault.code, fault.sheet, fault.cell) for fault in validate(framework)}


def with_indicator(item: Indicator) -> Framework:
    return small_framework(indicators=(item, level(), narrative()))


def test_a_good_framework_has_no_fault() -> None:
    assert validate(small_framework(), today=date(2026, 1, 1)) == ()


def test_the_example_framework_has_no_fault_at_all() -> None:
    assert validate(load_yaml(framework_file().read_text(encoding="utf-8"))) == ()


@settings(deadline=None, max_examples=40)
@given(any_framework)
def test_every_fault_of_any_framework_speaks_both_languages_and_names_a_sheet(framework: Framework) -> None:
    sheets = {sheet.name for sheet in framework_to_sheets(framework)}
    for fault in validate(framework):
        assert fault.th
        assert fault.en
        assert fault.next_th
        assert fault.next_en
        assert fault.sheet in sheets
        assert fault.cell


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"code": ""}, ("code-wrong", "กรอบ", "B2")),
        ({"code": "มี ช่องว่าง"}, ("code-wrong", "กรอบ", "B2")),
        ({"name_th": " "}, ("value-empty", "กรอบ", "B3")),
        ({"name_th": "ก" * 301}, ("name-too-long", "กรอบ", "B3")),
        ({"name_en": ""}, ("english-missing", "กรอบ", "B4")),
        ({"owner": ""}, ("value-empty", "กรอบ", "B5")),
        ({"fiscal_years": ()}, ("value-empty", "กรอบ", "B6")),
        ({"fiscal_years": (2024,)}, ("fiscal-year-wrong", "กรอบ", "B6")),
        ({"authored_by": ""}, ("value-empty", "กรอบ", "B8")),
        ({"checked_by": ""}, ("value-empty", "กรอบ", "B9")),
        ({"checked_by": "สมใจ"}, ("checker-is-author", "กรอบ", "B9")),
        ({"next_review": None}, ("value-empty", "กรอบ", "B10")),
        ({"next_review": date(2570, 9, 30)}, ("review-in-buddhist-era", "กรอบ", "B10")),
        ({"rounds": ()}, ("nothing-given", "รอบ", "A3")),
        ({"policy_areas": ()}, ("nothing-given", "ด้าน", "A3")),
        ({"indicators": ()}, ("nothing-given", "ตัวชี้วัด", "A3")),
        ({"scale": ()}, ("scale-too-short", "มาตราส่วน", "A3")),
        ({"narrative_fields": ()}, ("narrative-fields-missing", "ช่องเรื่องเล่า", "A3")),
    ],
)
def test_a_fault_of_the_framework_is_found_in_its_cell(changes: dict[str, object], fault: tuple[str, str, str]) -> None:
    assert fault in places(small_framework(**changes))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"code": ""}, ("code-wrong", "A")),
        ({"code": "QUA-02"}, ("repeated", "A")),
        ({"policy_area": "XXX"}, ("policy-area-unknown", "B")),
        ({"name_th": ""}, ("value-empty", "C")),
        ({"name_en": ""}, ("english-missing", "D")),
        ({"unit_th": ""}, ("value-empty", "F")),
        ({"unit_en": ""}, ("english-missing", "G")),
        ({"rollup": Rollup.SUM}, ("rollup-does-not-fit", "I")),
        ({"rollup": Rollup.MEAN}, ("rollup-does-not-fit", "I")),
        ({"months": ()}, ("value-empty", "J")),
        ({"months": (6, 9)}, ("round-unknown", "J")),
        ({"months": (6, 6, 12)}, ("round-repeated", "J")),
        ({"numerator_th": ""}, ("value-empty", "K")),
        ({"denominator_th": ""}, ("value-empty", "L")),
        ({"numerator_en": ""}, ("english-missing", "M")),
        ({"per": 1.0}, ("per-does-not-fit", "P")),
        ({"decimals": -1}, ("decimals-wrong", "Q")),
        ({"low": 100.0}, ("bounds-crossed", "R")),
        ({"low": -5.0}, ("percent-bounds", "R")),
        ({"high": 120.0}, ("percent-bounds", "S")),
        ({"level": "moon"}, ("level-unknown", "U")),
        ({"applies": ("primary", "kindergarten")}, ("applies-unknown", "V")),
        ({"evidence": ("RUMOUR",)}, ("evidence-unknown", "W")),
        ({"evidence": ("IMAGE", "IMAGE")}, ("evidence-repeated", "W")),
        ({"minutes": 0.0}, ("minutes-wrong", "Y")),
        ({"part_of": "NONE-1"}, ("whole-unknown", "Z")),
        ({"part_of": "QUA-01"}, ("whole-goes-round", "Z")),
    ],
)
def test_a_fault_of_an_indicator_is_found_in_its_cell(changes: dict[str, object], fault: tuple[str, str]) -> None:
    found = places(with_indicator(percent(**changes)))
    row = 4 if fault[0] == "repeated" else 3
    assert (fault[0], "ตัวชี้วัด", f"{fault[1]}{row}") in found


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        (Target(9, 80.0), ("target-month-not-asked", "B3")),
        (Target(6, 101.0), ("target-outside-bounds", "C3")),
        (Target(6), ("target-unclear", "C3")),
        (Target(6, 80.0, better_than_last_year=True), ("target-unclear", "C3")),
    ],
)
def test_a_fault_of_a_target_is_found_in_its_cell(target: Target, fault: tuple[str, str]) -> None:
    assert (fault[0], "เป้าหมาย", fault[1]) in places(with_indicator(percent(targets=(target,))))


def test_targets_of_later_indicators_are_counted_on_to_their_own_rows() -> None:
    framework = small_framework(
        indicators=(
            percent(targets=(Target(6, 80.0), Target(12, 90.0))),
            level(targets=(Target(12, 7.0),)),
            narrative(),
        )
    )
    assert ("target-outside-bounds", "เป้าหมาย", "C5") in places(framework)


@pytest.mark.parametrize(
    "item",
    [
        narrative(targets=(Target(6, 1.0),)),
        percent(direction=Direction.NONE),
    ],
)
def test_what_is_not_judged_takes_no_target(item: Indicator) -> None:
    framework = small_framework(indicators=(item, level(code="L"), narrative(code="N")))
    assert "target-on-unjudged" in codes(framework)


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (percent(targets=(Target(6, 80.0), Target(6, 81.0))), "target-repeated"),
        (percent(kind=Kind.RATIO, numerator_th="", denominator_th="", rollup=Rollup.MEAN), "value-empty"),
        (percent(kind=Kind.NUMBER, rollup=Rollup.SUM), "per-does-not-fit"),
        (percent(kind=Kind.YES_NO, rollup=Rollup.SHARE, per=1.0, targets=(Target(6, 2.0),)), "target-outside-bounds"),
        (percent(numerator_th="", denominator_th="", rollup=Rollup.MEAN), "percent-without-parts"),
        (percent(rubric=((1, "ก"),)), "criterion-wrong"),
        (level(rubric=((9, "ก"),)), "criterion-wrong"),
        (level(rubric=((1, ""),)), "value-empty"),
        (level(rubric=((1, "ก"),)), "criteria-incomplete"),
        (level(rollup=Rollup.MEAN), "rollup-does-not-fit"),
    ],
)
def test_what_does_not_fit_the_kind_is_told(item: Indicator, fault: str) -> None:
    framework = small_framework(indicators=(replace(item, code="X"), level(), narrative()))
    assert fault in codes(framework)


def test_a_mean_of_students_needs_no_numerator() -> None:
    item = percent(mean_of="students", numerator_th="", numerator_en="", rollup=Rollup.MEAN, targets=(Target(6, 60.0),))
    assert validate(with_indicator(item)) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"rounds": (RoundPlan(6, "ก", "a", (2, 30)), RoundPlan(12, "ข", "b", (10, 1)))}, "submit-by-unknown"),
        ({"rounds": (RoundPlan(13, "ก", "a", (4, 30)),)}, "month-outside-year"),
        ({"rounds": (RoundPlan(6, "ก", "a", (4, 30)), RoundPlan(6, "ข", "b", (4, 30)))}, "repeated"),
        ({"rounds": (RoundPlan(6, "ก" * 81, "a", (4, 30)),)}, "name-too-long"),
        ({"policy_areas": (PolicyArea("QUA", "ก", "a"), PolicyArea("QUA", "ข", "b"))}, "repeated"),
        ({"policy_areas": (PolicyArea("QUA", "ก", "a"), PolicyArea("NEW", "ข", "b"))}, "policy-area-unused"),
        ({"scale": (ScaleLevel(2, "ดี", "Good"), ScaleLevel(1, "ปรับปรุง", "Poor"))}, "scale-without-order"),
        ({"scale": (ScaleLevel(1, "ก", "a", 0.0), ScaleLevel(2, "ข", "b"))}, "scale-percents-wrong"),
        ({"scale": (ScaleLevel(1, "ก", "a", 50.0), ScaleLevel(2, "ข", "b", 20.0))}, "scale-percents-wrong"),
        ({"narrative_fields": (NarrativeField("a", "ก", "a"), NarrativeField("a", "ข", "b"))}, "repeated"),
        ({"narrative_fields": (NarrativeField("a", "ก", "a", max_length=0),)}, "length-not-positive"),
    ],
)
def test_faults_of_the_lists_are_told(changes: dict[str, object], fault: str) -> None:
    assert fault in codes(small_framework(**changes))


def test_parts_that_go_round_are_told_at_both_ends() -> None:
    items = (percent(part_of="QUA-02"), level(part_of="QUA-01"), narrative())
    faults = [fault for fault in validate(small_framework(indicators=items)) if fault.code == "whole-goes-round"]
    assert [fault.cell for fault in faults] == ["Z3", "Z4"]


def test_an_overdue_review_warns_and_does_not_stand_in_the_way() -> None:
    faults = validate(small_framework(), today=date(2031, 1, 1))
    assert [fault.code for fault in faults] == ["review-overdue"]
    assert errors_of(faults) == ()


def test_faults_can_name_another_file_than_ours() -> None:
    faults = validate(small_framework(owner=""), locate=lambda part, row, key: (part, cell_name(row, 0) + key))
    assert [(fault.sheet, fault.cell) for fault in faults] == [("framework", "A1owner")]
