"""A case is held against an area: how alike, which conditions are in place, and what nobody knows stays not known."""

from __future__ import annotations

from datetime import date

from tests.factories import small_framework

from sanyan.core.cases.citing import Reported, cited, named_policy_area, offers_case
from sanyan.core.cases.suitability import Alike, AreaPlace, CasePlace, Known, suits

CASE = CasePlace("primary", 100, ("ครูพี่เลี้ยงภาษาไทยประจำโรงเรียน",))


def area(**changes: object) -> AreaPlace:
    return AreaPlace(**{"area_type": "primary", "schools": 120, "distance": 0.3, **changes})  # type: ignore[arg-type]


def test_near_contexts_are_alike_and_unknown_ones_are_not_guessed() -> None:
    distances = (0.3, 1.0, 9.0, None)
    assert [suits(CASE, area(distance=d)).alike for d in distances] == [
        Alike.CLOSE,
        Alike.FAIR,
        Alike.FAR,
        Alike.UNKNOWN,
    ]


def test_plain_conditions_are_in_place_absent_or_not_known() -> None:
    told = suits(CASE, area(area_type="secondary", schools=None, has_need=True)).conditions
    assert [item.known for item in told[:3]] == [Known.ABSENT, Known.NOT_KNOWN, Known.IN_PLACE]


def test_a_condition_that_the_area_wrote_of_is_shown_in_its_own_words() -> None:
    text = "จัดประชุมทุกเดือน\nมีครูพี่เลี้ยงสอนภาษาไทยในทุกโรงเรียน"
    told = suits(CASE, area(texts=(text,))).conditions[-1]
    assert told.known is Known.MENTIONED
    assert told.mentioned in text


def test_not_to_find_a_condition_says_nothing() -> None:
    told = suits(CASE, area(texts=("ซ่อมถนนหน้าเขต",)))
    assert told.conditions[-1].known is Known.NOT_KNOWN
    assert told.in_place == 2


def test_an_indicator_is_cited_by_both_parts_and_its_percentage() -> None:
    figures = [Reported("A", 85.0, 34, 40), Reported("B", 85.0, 17, 20), Reported("C", 34.0)]
    assert cited("ดำเนินการ ๓๔ แห่ง จาก ๔๐ แห่ง คิดเป็นร้อยละ ๘๕.๐", figures) == ("A",)


def test_a_policy_area_is_named_once_or_not_at_all() -> None:
    framework = small_framework()
    assert named_policy_area("สอดคล้องกับความปลอดภัย", framework) == "SAF"
    assert named_policy_area("ความปลอดภัย และคุณภาพผู้เรียน", framework) == ""
    assert not any(offers_case(item) for item in framework.indicators)
    assert framework.next_review == date(2027, 9, 30)
