from __future__ import annotations

from datetime import date

import pytest

from sanyan.core.text.claims import CitedFigure, CitedQuote, CitedSentence, check_claim, citation_scores

PASSAGE = "นักเรียน ๕๑๒ คน อ่านออกเขียนได้ร้อยละ 85.5 เมื่อ 2 ก.ค. 68 จากงบ 1,200,000 บาท และมีครู 30 คน"
QUOTE = CitedQuote("p1", PASSAGE, PASSAGE)
AREAS = CitedFigure("themes", 34, unit="เขต")
SHARE = CitedFigure("themes", 34 / 183 * 100, is_percent=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "นักเรียน 512 คน อ่านออกร้อยละ 85.5",
        "เมื่อวันที่ 2 กรกฎาคม 2568 ใช้งบ 1.2 ล้านบาท",
        "ในเดือนกรกฎาคม 2568 มีครูสามสิบคน",
        "ในปี 2568 นักเรียนอ่านออก 85.5%",
        "พบใน 34 เขต (ร้อยละ 18.6)",
        "พบใน 34 เขต (ร้อยละ 19)",
        "เขตรายงานว่า “อ่านออกเขียนได้ร้อยละ 85.5”",
        "ไม่มีตัวเลขเลย",
    ],
)
def test_what_stands_in_a_citation_is_traced(sentence: str) -> None:
    assert check_claim(sentence, [QUOTE], [AREAS, SHARE]).ok


@pytest.mark.parametrize(
    ("sentence", "untraced"),
    [
        ("นักเรียน 513 คน", "513 คน"),
        ("นักเรียนร้อยละ 512", "ร้อยละ 512"),
        ("นักเรียน 85.5 คน", "85.5 คน"),
        ("อ่านออกร้อยละ 86", "ร้อยละ 86"),
        ("เมื่อวันที่ 3 กรกฎาคม 2568", "3 กรกฎาคม 2568"),
        ("มีครูสามสิบเอ็ดคน", "สามสิบเอ็ด"),
        ("มีครู 30 บาท", "30 บาท"),
        ("พบใน 35 เขต", "35 เขต"),
        ("พบร้อยละ 18.5", "ร้อยละ 18.5"),
        ("พบกว่าครึ่ง", "ครึ่ง"),
    ],
)
def test_a_number_without_a_source_is_named(sentence: str, untraced: str) -> None:
    check = check_claim(sentence, [QUOTE], [AREAS, SHARE])
    assert not check.ok
    assert check.untraced == (untraced,)
    assert untraced in check.reasons()[0].th


def test_numbers_count_only_within_the_quoted_span() -> None:
    part = CitedQuote("p1", "มีครู 30 คน", PASSAGE)
    assert check_claim("ครู 30 คน", [part]).ok
    assert not check_claim("นักเรียน 512 คน", [part]).ok


def test_an_altered_quote_is_named_and_supports_nothing() -> None:
    altered = CitedQuote("p1", "มีครู 31 คน", PASSAGE)
    check = check_claim("ครู 31 คน", [altered])
    assert check.quotes_not_found == ("มีครู 31 คน",)
    assert check.untraced == ("31 คน",)
    assert not check_claim("เขตกล่าวว่า “มีครูเพียงพอ”", [QUOTE]).ok


def test_numbers_in_names_are_no_claims_but_only_where_the_name_ends() -> None:
    names = ["สพป.สมมุติ เขต 1"]
    assert check_claim("สพป.สมมุติ เขต ๑ รายงาน", names=names).ok
    assert not check_claim("สพป.สมมุติ เขต 12 รายงาน", names=names).ok


def test_a_cited_day_supports_its_date_only() -> None:
    day = CitedFigure("round", date(2025, 6, 30))
    assert check_claim("ข้อมูลถึง 30 มิ.ย. 68", figures=[day]).ok
    assert not check_claim("ข้อมูลถึง 29 มิ.ย. 68", figures=[day]).ok


def test_citation_recall_and_precision_follow_alce() -> None:
    other = CitedQuote("p2", "โรงเรียนอยู่ไกล", "โรงเรียนอยู่ไกลมาก")
    sentences = [
        CitedSentence("นักเรียน 512 คน", (QUOTE,)),
        CitedSentence("นักเรียน 512 คน", (QUOTE, other)),
        CitedSentence("พบใน 34 เขต ร้อยละ 18.6", figures=(AREAS, SHARE)),
        CitedSentence("นักเรียน 600 คน", (QUOTE,)),
        CitedSentence("ไม่อ้างอะไรเลย"),
    ]
    scores = citation_scores(sentences)
    assert (scores.sentences, scores.citations) == (5, 6)
    assert scores.recall == 3 / 5
    assert scores.precision == 4 / 6
    assert citation_scores([]).recall is None
