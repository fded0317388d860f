import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.spans import Span
from sanyan.core.thai.repair import Damage, Repaired, repair

SOUND = [
    "สำนักงานเขตพื้นที่การศึกษารายงานผลการดำเนินงานประจำปี 2568 ต่อผู้ตรวจราชการ",
    "ครูและนักเรียนร่วมกันทำแปลงผักที่โรงเรียน เพื่ออาหารกลางวัน",
    "คณะกรรมการการศึกษาขั้นพื้นฐานเห็นชอบแผนปี ๒๕๖๙",
    "ครม. เห็นชอบ พ.ร.บ. และ สสวท. จัดอบรม ป.1 ถึง ม.3",
    "นายอนุวัฒน์ พงศ์ไพศาลกุล กล่าวว่าเด็กที่ที่บ้านไม่มีสัญญาณเรียนทางวิทยุได้",
    "นักเรียนต่าง ๆ อยู่ในพื้นที่สูง 12 แห่ง อันดับ1ของจังหวัด",
    "Zero Dropout พาน้องกลับมาเรียน 👩‍🏫 ร้อยละ 98.5",
    "การศึกษา\n\n\tโครงการอาหารกลางวัน\r\nกลุ่มโรงเรียน",
    "",
    "   ",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_stays_as_it_is(text: str) -> None:
    assert repair(text) == Repaired(text, text)


@pytest.mark.parametrize(
    ("broken", "right", "kind"),
    [
        ("ส านักงาน", "สำนักงาน", Damage.SPLIT_SARA_AM),
        ("การด าเนินงานตามค าสั่ง", "การดำเนินงานตามคำสั่ง", Damage.SPLIT_SARA_AM),
        ("สานักงาน", "สำนักงาน", Damage.DROPPED_SARA_AM),
        ("ส้านักงาน", "สำนักงาน", Damage.WRONG_LETTER),
        ("กำรใช้งบประมำณ", "การใช้งบประมาณ", Damage.WRONG_LETTER),
        ("ท่ีประชุม", "ที่ประชุม", Damage.MOVED_MARK),
        ("เพือ่พัฒนา", "เพื่อพัฒนา", Damage.MOVED_MARK),
        ("โรง เรี ยน", "โรงเรียน", Damage.STRAY_SPACE),
        ("ด3านอาคาร", "ด้านอาคาร", Damage.GLYPH_AS_SIGN),
        ("ที\uf70aประชุม", "ที่ประชุม", Damage.PRIVATE_USE),
        ("\uf700านข้อมูล", "ฐานข้อมูล", Damage.PRIVATE_USE),
        ("ที่่ประชุุม", "ที่ประชุม", Damage.DOUBLED),
        ("นักเรียเรียน", "นักเรียน", Damage.DOUBLED),
        ("สํานักงาน", "สำนักงาน", Damage.DECOMPOSED),
        ("สำานักงาน", "สำนักงาน", Damage.DECOMPOSED),
        ("นํ้าดื่ม", "น้ำดื่ม", Damage.DECOMPOSED),
        ("เเละ", "และ", Damage.DECOMPOSED),
        ("ปี 2๕68", "ปี 2568", Damage.MIXED_DIGITS),
        ("ปี ๒5๖๘", "ปี ๒๕๖๘", Damage.MIXED_DIGITS),
        ("โรง\u200bเรียน", "โรงเรียน", Damage.INVISIBLE),
        ("โรง\x00เรียน", "โรงเรียน", Damage.CONTROL),
    ],
)
def test_each_class_of_damage_is_put_right_and_named(broken: str, right: str, kind: Damage) -> None:
    done = repair(broken)
    assert done.text == right
    assert kind in {edit.kind for edit in done.edits}


def test_text_without_its_marks_is_read_by_its_words() -> None:
    assert repair("วธปฏบตทเปนเลศ").text == "วิธีปฏิบัติที่เป็นเลิศ"
    assert repair("นกเรยนในพนทหางไกลไดรบทนการศกษา").text == "นักเรียนในพื้นที่ห่างไกลได้รับทุนการศึกษา"


def test_moved_marks_take_the_blanks_behind_them_along() -> None:
    assert repair("ฉบบั วนั ท่ี 5").text == "ฉบับวันที่ 5"


def test_several_classes_are_put_right_together() -> None:
    broken = "ส านักงานเขตพื้น\u200bที่การศึกษา เเจ้งกำรด าเนินงานด3านอาคาร ปี 2๕68"
    assert repair(broken).text == "สำนักงานเขตพื้นที่การศึกษา แจ้งการดำเนินงานด้านอาคาร ปี 2568"


def test_a_place_in_the_repaired_text_is_found_in_the_original() -> None:
    done = repair("ครูส านักงาน\x00เขต")
    assert done.text == "ครูสำนักงานเขต"
    for word, stood in (("ครู", "ครู"), ("สำนัก", "ส านัก"), ("งาน", "งาน"), ("เขต", "เขต")):
        start = done.text.index(word)
        assert done.original_span(Span(start, start + len(word))).of(done.original) == stood
    assert done.original_span(Span(0, len(done.text))) == Span(0, len(done.original))
    assert [span.of(done.text) for span in done.repaired_spans] == ["ำ", ""]


def test_a_place_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not within"):
        repair("ครู").original_span(Span(0, 9))


PIECES = st.sampled_from(
    [*"กขนรสอาำะเแไ ่้ีัิ์็ๆ13.ๅ", "การ", "สำนัก", "ส า", "\uf70a", "\u200b", "\x00", "\u0e4d", "\n", "👩‍🏫", "ab"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_edits_account_for_every_difference_and_places_map_in_order(text: str) -> None:
    done = repair(text)
    at_original = at_repaired = 0
    for edit in done.edits:
        assert done.original[at_original : edit.original.start] == done.text[at_repaired : edit.repaired.start]
        assert edit.original.of(done.original) != edit.repaired.of(done.text)
        at_original, at_repaired = edit.original.end, edit.repaired.end
    assert done.original[at_original:] == done.text[at_repaired:]
    for start in range(len(done.text)):
        span = done.original_span(Span(start, start + 1))
        assert 0 <= span.start <= span.end <= len(text)
        if not any(edit.repaired.start <= start < edit.repaired.end for edit in done.edits):
            assert span.of(text) == done.text[start]


@pytest.mark.parametrize(
    "text",
    [
        "การศึกษาขั้นพื้นฐาน" * 1000,
        "ก" * 20_000,
        "่" * 20_000,
        "ก" + "่้" * 10_000,
        "่ " * 10_000,
        " " * 20_000,
        "กา" * 10_000,
        "นานา" * 5_000,
        "ส า" * 7_000,
        "👩‍🏫" * 7_000,
        "\u200b" * 20_000,
        "ก\u200b" * 10_000,
        "ก3" * 10_000,
        "\u0e4d\u0e32" * 10_000,
        "1๑" * 10_000,
        "เ" * 20_000,
    ],
    ids=range(16),
)
@pytest.mark.slow
def test_hostile_text_takes_time_in_proportion_to_its_length(text: str) -> None:
    repair("ครู")
    started = time.process_time()
    repair(text)
    assert time.process_time() - started < 6
