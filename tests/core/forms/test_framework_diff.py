from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.core.forms.framework_samples import any_framework, level, narrative, percent, small_framework

from sanyan.core.forms.framework_diff import Change, differences
from sanyan.core.indicators.definitions import Framework, RoundPlan, Target


@settings(deadline=None, max_examples=40)
@given(any_framework)
def test_a_framework_does_not_differ_from_itself(framework: Framework) -> None:
    assert differences(framework, framework) == ()


@settings(deadline=None, max_examples=40)
@given(any_framework, any_framework)
def test_two_frameworks_that_differ_have_differences_both_ways(one: Framework, other: Framework) -> None:
    there, back = differences(one, other), differences(other, one)
    assert (not there) == (not back) == (one == other)
    assert all(each.th and each.en for each in there)


def test_a_target_that_moved_is_told_with_its_round() -> None:
    new = small_framework(indicators=(percent(targets=(Target(6, 85.0),)), level(), narrative()))
    (found,) = differences(small_framework(), new)
    assert found.th == "ตัวชี้วัด QUA-01: เป้าหมายรอบ 6 เดือนเปลี่ยนจาก “80” เป็น “85”"
    assert found.en == "Indicator QUA-01: Target in month 6 changed from '80' to '85'"


def test_targets_that_come_and_go_are_told() -> None:
    new = small_framework(indicators=(percent(targets=(Target(12, better_than_last_year=True),)), level(), narrative()))
    found = {each.change: each for each in differences(small_framework(), new)}
    assert set(found) == {Change.ADDED, Change.REMOVED}
    assert found[Change.ADDED].new == "ดีกว่าปีก่อน"


def test_indicators_that_come_and_go_are_told_by_code_and_name() -> None:
    new = small_framework(indicators=(percent(), level(), narrative(code="QUA-09", name_th="เรื่องใหม่")))
    found = differences(small_framework(), new)
    assert [(each.change, each.subject) for each in found] == [
        (Change.REMOVED, "QUA-03"),
        (Change.ADDED, "QUA-09"),
    ]
    assert found[1].th == "เพิ่มตัวชี้วัด QUA-09 เรื่องใหม่"


def test_words_are_shown_as_people_know_them() -> None:
    new = small_framework(indicators=(percent(applies=("primary",)), level(), narrative()))
    (found,) = differences(small_framework(), new)
    assert "ประถมศึกษา" in found.th


def test_rounds_scale_and_names_are_compared_too() -> None:
    old = small_framework()
    new = replace(
        old,
        name_th="กรอบใหม่",
        rounds=(RoundPlan(6, "รอบ 6 เดือน", "6-month round", (5, 15)), old.rounds[1]),
        scale=(old.scale[0], replace(old.scale[1], percent_min=70.0)),
    )
    said = [(each.part, each.field, each.old, each.new) for each in differences(old, new)]
    assert said == [
        ("framework", "name_th", "กรอบเล็ก", "กรอบใหม่"),
        ("rounds", "submit_by", "30/4", "15/5"),
        ("scale", "percent_min", "60", "70"),
    ]


def test_a_new_order_is_a_difference() -> None:
    (found,) = differences(small_framework(), small_framework(indicators=(level(), percent(), narrative())))
    assert found.field == "order"
