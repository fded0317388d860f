from __future__ import annotations

from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st
from tests.core.checking.building import area, checked, found, given, indicator, noise, text

from sanyan.core.checking.copied_text import normalised, shingles
from sanyan.core.checking.values import CheckedAnswer
from sanyan.core.indicators.definitions import Kind
from sanyan.core.text.shingling import likeness

STORY = indicator("T", Kind.NARRATIVE)
WORDS = "โรงเรียน ครู นักเรียน ผู้ปกครอง ชุมชน อ่าน เขียน กิจกรรม นิเทศ ติดตาม ประชุม พัฒนา ทุน".split()  # noqa: SIM905


def story(seed: int, length: int = 60) -> str:
    draw = noise(seed)
    return " ".join(draw.choice(WORDS) for _ in range(length))


def stories(first_seed: int, count: int = 20) -> dict[tuple[str, str], CheckedAnswer]:
    return {(area(n), "T"): text(story(first_seed + n)) for n in range(count)}


def test_a_text_of_another_area_is_found_on_both_sides_and_names_it() -> None:
    answers = {**stories(1), (area(4), "T"): text(story(3))}
    report = checked("copied-text", given(STORY, answers=answers))
    assert {item.organisation for item in report.findings} == {area(2), area(4)}
    assert any(f"สพป. {area(2)}" in item.reason.th for item in report.findings)


def test_spaces_figures_and_dates_do_not_hide_a_copy() -> None:
    original = story(3) + " จำนวน 25 คน เมื่อวันที่ 12 มิถุนายน 2568"
    changed = original.replace(" ", "  ").replace("25", "37").replace("12", "28")
    answers = {**stories(30), (area(2), "T"): text(original), (area(4), "T"): text(changed)}
    assert {key for key, _ in found("copied-text", given(STORY, answers=answers))} == {area(2), area(4)}


def test_a_copy_with_a_sentence_of_its_own_is_still_found() -> None:
    answers = {**stories(1), (area(4), "T"): text(story(3) + " " + story(99, 4))}
    assert (area(4), "T") in found("copied-text", given(STORY, answers=answers))


def test_the_areas_own_last_report_is_found_once_and_says_which() -> None:
    answers = {**stories(50), (area(4), "T"): text(story(5))}
    data = given(STORY, answers=answers, previous=stories(1), last_year=stories(100))
    report = checked("copied-text", data)
    assert [item.organisation for item in report.findings] == [area(4)]
    assert "รอบที่แล้ว" in report.findings[0].reason.th


def test_different_texts_of_the_same_words_are_left_alone() -> None:
    assert found("copied-text", given(STORY, answers=stories(1))) == []


def test_a_text_handed_out_to_all_is_said_and_not_held_against_anyone() -> None:
    answers = {(area(n), "T"): text(story(1)) for n in range(20)}
    report = checked("copied-text", given(STORY, answers=answers))
    assert report.findings == ()
    assert report.not_run[0].indicators == ("T",)


def test_short_texts_are_alike_by_nature() -> None:
    answers = {(area(n), "T"): text("ดำเนินการครบถ้วน") for n in range(4)}
    assert found("copied-text", given(STORY, answers=answers)) == []


@settings(deadline=None)
@each(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(words: str) -> None:
    assert normalised(normalised(words)) == normalised(words)


@settings(deadline=None)
@each(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_mutual_and_whole_only_for_the_same(one: str, other: str) -> None:
    first, second = shingles(normalised(one)), shingles(normalised(other))
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1
    if len(first):
        assert likeness(first, first) == 1
