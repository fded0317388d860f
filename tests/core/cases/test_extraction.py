"""A card is filled from what was written: each quote exact, what nobody wrote missing, no claim beyond the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.cases.cards import Basis, Card, CardField, Figures, SourceText, Standing
from sanyan.core.cases.extraction import extract_card
from sanyan.core.text.stances import BY_KEY
from sanyan.core.text.values import Stance

STORY = {
    "title": "ครูพี่เลี้ยงช่วยอ่าน",
    "alignment": "นโยบายคุณภาพผู้เรียน",
    "objective": "เพื่อแก้ปัญหานักเรียนอ่านไม่ออก",
    "process": "1) ครูพี่เลี้ยงฝึกอ่าน สัปดาห์ละ 2 ชั่วโมง ใช้งบ 15,000 บาท 2) ร่วมกับมหาวิทยาลัยราชภัฏอบรมครู 24 คน รวม 12 ชั่วโมง",
    "quantitative": "นักเรียนอ่านไม่ออกลดลงจากร้อยละ 12 เหลือร้อยละ 7 ใน 20 โรงเรียน",
    "qualitative": "นักเรียนกล้าอ่าน เพราะได้ฝึกกับคนที่คุ้นเคย",
    "success_factors": "ผู้บริหารจัดเวลาในตารางเรียน",
    "problem": "ครูมีภาระงานเพิ่มในช่วงแรก",
    "suggestion": "ต้องมีครูพี่เลี้ยงอย่างน้อยหนึ่งคน",
}


def sources(**texts: str) -> list[SourceText]:
    return [SourceText(key, key, BY_KEY.get(key, Stance.OTHER), text) for key, text in texts.items()]


def card() -> Card:
    return extract_card(sources(**STORY))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (CardField.PROBLEM, "เพื่อแก้ปัญหานักเรียนอ่านไม่ออก"),
        (CardField.COST, "ใช้งบ 15,000 บาท"),
        (CardField.DOSE, "สัปดาห์ละ 2 ชั่วโมง"),
        (CardField.MECHANISM, "นักเรียนกล้าอ่าน เพราะได้ฝึกกับคนที่คุ้นเคย"),
        (CardField.BASELINE, "จากร้อยละ 12 เหลือร้อยละ 7"),
        (CardField.BARRIERS, "ครูมีภาระงานเพิ่มในช่วงแรก"),
        (CardField.WORKLOAD, "ครูมีภาระงานเพิ่มในช่วงแรก"),
        (CardField.TRANSFER, "ต้องมีครูพี่เลี้ยงอย่างน้อยหนึ่งคน"),
    ],
)
def test_each_part_is_read_from_its_box(field: CardField, value: str) -> None:
    entry = card().entries[field]
    assert value in entry.value
    assert entry.standing is Standing.STATED


def test_every_quote_is_an_exact_part_of_its_source() -> None:
    for entry in card().entries.values():
        assert entry.value == "\n".join(quote.text for quote in entry.quotes)
        assert all(quote.span.of(STORY[quote.source]) == quote.text for quote in entry.quotes)


def test_who_did_it_is_named_as_it_stands() -> None:
    assert card().entries[CardField.WHO].value.split("\n") == ["ครูพี่เลี้ยง", "ร่วมกับมหาวิทยาลัยราชภัฏอบรมครู"]


def test_what_nobody_wrote_is_missing() -> None:
    thin = extract_card(sources(title="ครูพี่เลี้ยงช่วยอ่าน"))
    assert set(thin.missing) == set(CardField) - {CardField.WHAT}
    assert all(thin.entries[field].value == "" for field in thin.missing)


def test_why_it_worked_is_only_inferred_where_nobody_says_because() -> None:
    entry = extract_card(sources(success_factors="ผู้บริหารจัดเวลาในตารางเรียน")).entries[CardField.MECHANISM]
    assert (entry.standing, entry.value) == (Standing.INFERRED, "ผู้บริหารจัดเวลาในตารางเรียน")


def test_a_cause_of_trouble_is_no_mechanism() -> None:
    entries = extract_card(sources(problem="งบมาช้า ทำให้เริ่มไม่ทัน")).entries
    assert entries[CardField.MECHANISM].standing is Standing.MISSING


def test_money_that_came_in_is_no_cost() -> None:
    entries = extract_card(sources(quantitative="นักเรียนมีรายได้เฉลี่ยคนละ 300 บาท")).entries
    assert entries[CardField.COST].standing is Standing.MISSING


def test_running_text_is_only_inferred() -> None:
    entries = extract_card([SourceText("file", "", Stance.OTHER, "ปัจจัยความสำเร็จคือครูพี่เลี้ยง")]).entries
    assert entries[CardField.ENABLERS].standing is Standing.INFERRED


def test_each_source_that_gave_nothing_is_listed_with_the_reason() -> None:
    told = {item.source: item.reason for item in card().unused}
    assert told == {"alignment": "not-about-a-case"}
    assert extract_card(sources(period="  ")).unused[0].reason == "empty"


def test_certified_figures_tell_the_outcome_and_keep_the_quotes_beside_it() -> None:
    figures = Figures("อ่านออก", "ร้อยละ", "รอบ 9 เดือน 2566", 60.0, "รอบ 9 เดือน 2568", 72.5, 1_200, 70.1, 74.9, 65.0)
    entries = extract_card(sources(**STORY), figures).entries
    outcome = entries[CardField.OUTCOME]
    assert outcome.basis is Basis.FIGURES
    assert "จาก ร้อยละ 60.0 เป็น ร้อยละ 72.5" in outcome.value
    assert "(n 1,200, ช่วงที่น่าจะเป็น 80 %: 70.1–74.9)" in outcome.value
    assert outcome.quotes
    assert "65.0" in entries[CardField.COMPARISON].value


def test_texts_that_do_not_speak_of_the_figures_explain_nothing_outright() -> None:
    entries = extract_card(sources(**STORY), is_tied=False).entries
    assert entries[CardField.WHAT].standing is Standing.INFERRED
    assert entries[CardField.MECHANISM].standing is Standing.INFERRED
    assert entries[CardField.PROBLEM].standing is Standing.STATED


def test_two_sources_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="own id"):
        extract_card([*sources(title="ก ข ค ง"), *sources(title="จ ฉ ช ซ")])


@given(
    st.dictionaries(
        st.sampled_from([*STORY, ""]),
        st.text("กขค เพราะงบ0123456789๑๒,.)-\nจากเหลือร้อยละบาทคนครูแห่ง", max_size=120),
        max_size=5,
    )
)
def test_whatever_is_written_quotes_are_exact_and_every_source_accounted_for(texts: dict[str, str]) -> None:
    given_sources = [SourceText(f"s-{key}", key, Stance.OTHER, text) for key, text in texts.items()]
    filled = extract_card(given_sources)
    by_id = {source.id: source.text for source in given_sources}
    quoted = {quote.source for entry in filled.entries.values() for quote in entry.quotes}
    assert set(filled.entries) == set(CardField)
    for entry in filled.entries.values():
        assert (entry.value == "") == (entry.standing is Standing.MISSING)
        assert all(quote.span.of(by_id[quote.source]) == quote.text for quote in entry.quotes)
    assert not quoted & {item.source for item in filled.unused}
