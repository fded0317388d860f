from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.text.themes.names import without_names
from sanyan.core.text.themes.proposing import propose
from sanyan.core.text.themes.values import Passage, Proposal

MATTERS = {
    "ครู": (
        ("ขาดแคลนครูวิชาเอกคณิตศาสตร์", "ครูไม่ครบชั้นเรียน", "อัตรากำลังครูไม่เพียงพอ", "ครูเกษียณแล้วไม่ได้อัตราคืน"),
        ("ขอเพิ่มอัตรากำลังครู", "ต้องจ้างครูอัตราจ้างแทน", "บรรจุครูทดแทนล่าช้า", "ครูหนึ่งคนสอนหลายวิชาเอก"),
    ),
    "เน็ต": (
        ("สัญญาณอินเทอร์เน็ตไม่เสถียร", "อินเทอร์เน็ตความเร็วต่ำ", "คอมพิวเตอร์เก่าและชำรุด", "ระบบออนไลน์ล่มบ่อย"),
        ("เรียนออนไลน์ผ่านอินเทอร์เน็ตไม่ได้", "คอมพิวเตอร์ไม่พอกับนักเรียน", "สัญญาณอินเทอร์เน็ตขาดหาย", "ขอคอมพิวเตอร์ใหม่"),
    ),
    "เดินทาง": (
        ("ถนนเข้าโรงเรียนถูกน้ำท่วม", "เส้นทางบนภูเขาเดินทางลำบาก", "รถรับส่งนักเรียนไม่พอ", "น้ำท่วมถนนทุกฤดูฝน"),
        ("การเดินทางไปนิเทศใช้เวลานาน", "ค่าน้ำมันรถเดินทางสูง", "รถรับส่งเข้าไม่ถึงภูเขา", "ฤดูฝนถนนลื่นเดินทางเสี่ยง"),
    ),
}


def passages() -> list[Passage]:
    made = []
    for number, (first, then) in enumerate(MATTERS.values()):
        for one in range(4):
            for other in range(4):
                made.append(
                    Passage(f"{first[one]} {then[other]}", f"เขต {(one + 3 * other + number) % 12}", f"ภาค {other}")
                )
    return [*made, Passage("ไม่มี", "เขต 1"), Passage("-", "เขต 2")]


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return propose(passages(), count=3)


def test_the_matters_that_areas_write_of_become_themes(proposal: Proposal) -> None:
    assert len(proposal.themes) == 3
    held = passages()
    for theme in proposal.themes:
        rows = [member.row // 16 for member in theme.members]
        assert max(rows.count(each) for each in set(rows)) / len(rows) > 0.9
        assert theme.support.areas >= 3
        assert theme.support.regions == 4
        assert 0 <= theme.stability <= 1
        assert len({held[row].organisation for row in theme.representatives}) == len(theme.representatives)
    assert any("ครู" in theme.label for theme in proposal.themes)
    assert any("อินเทอร์เน็ต" in theme.label for theme in proposal.themes)


def test_every_passage_is_in_a_theme_or_told_why_not(proposal: Proposal) -> None:
    themed = {member.row for theme in proposal.themes for member in theme.members}
    left = {item.row: item.code for item in proposal.unassigned}
    assert themed | set(left) == set(range(50))
    assert not themed & set(left)
    assert left[48] == left[49] == "no-content"


def test_without_vectors_it_says_that_words_alone_are_compared(proposal: Proposal) -> None:
    assert not proposal.by_meaning
    assert "by words alone" in proposal.basis.en


def test_vectors_are_used_where_they_are_there() -> None:
    held = passages()
    vectors = np.random.default_rng(1).normal(size=(len(held), 8)).astype(np.float32)
    for row in range(48):
        vectors[row, row // 16] += 10
    found = propose(held, vectors=vectors, count=3)
    assert found.by_meaning
    assert sorted(sorted({m.row // 16 for m in theme.members}) for theme in found.themes) == [[0], [1], [2]]
    with pytest.raises(ValueError, match="as many"):
        propose(held, vectors=vectors[:4])


def test_the_same_input_gives_the_same_proposal(proposal: Proposal) -> None:
    assert propose(passages(), count=3) == proposal


def test_copies_count_once_and_one_area_makes_no_theme() -> None:
    held = [Passage(p.text, "เขต 1") for p in passages()[:16]] + [
        Passage(p.text, p.organisation) for p in passages()[16:48]
    ]
    held += [Passage(held[20].text, f"เขต {number}") for number in range(5)]
    found = propose(held, count=3)
    assert [item.code for item in found.refused] == ["few-areas"]
    assert {item.code for item in found.unassigned} == {"few-areas"}
    assert all(theme.support.passages <= 16 for theme in found.themes)


def test_how_many_themes_is_chosen_where_it_is_not_given() -> None:
    found = propose(passages())
    assert 2 <= len(found.themes) + len(found.refused) <= 10


def test_too_few_passages_make_no_theme() -> None:
    found = propose(passages()[:4])
    assert found.themes == ()
    assert {item.code for item in found.unassigned} == {"too-few"}
    assert propose([]).unassigned == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("นายสมชาย ใจดี กล่าวว่าครูขาดแคลน", "กล่าวว่าครูขาดแคลน"),
        ("พล.อ.ประยุทธ์ จันทร์โอชา นายกรัฐมนตรี", "นายกรัฐมนตรี"),
        ("นายกรัฐมนตรีและนายทะเบียน", "นายกรัฐมนตรีและนายทะเบียน"),
        ("โรงเรียนในจังหวัดเชียงรายขาดน้ำ", "โรงเรียนใน ขาดน้ำ"),
    ],
)
def test_names_of_persons_and_provinces_are_left_out(text: str, left: str) -> None:
    assert without_names(text).split() == left.split()
