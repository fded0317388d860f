from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sanyan.core.text.duplicates import PairKind, near_copies, ranked_pairs
from sanyan.core.text.shingling import hashes, letters, shared_stretches, winnowed

SUBJECTS = ("ครูวิชาเอกภาษาไทย", "ห้องสมุดโรงเรียน", "รถรับส่งนักเรียน", "สนามเด็กเล่น", "แปลงผักปลอดสาร", "วงดนตรีพื้นบ้าน")
DEEDS = ("ซ่อมแซมร่วมกับชุมชน", "จัดตารางหมุนเวียนใหม่", "สำรวจความพร้อมก่อนเปิดเรียน", "ขอรับบริจาคจากศิษย์เก่า", "ประชุมผู้ปกครองทุกเดือน")
ENDS = ("ผลคือเด็กมาเรียนสม่ำเสมอ", "ทำให้ค่าใช้จ่ายลดลงชัดเจน", "จึงมีผู้สนใจเข้าร่วมมากขึ้น", "แต่ยังขาดวัสดุบางอย่าง")
FORM = "แบบรายงานการติดตามผลการดำเนินงานของสำนักงานเขตพื้นที่การศึกษา ตามแผนปฏิบัติการประจำปี ครบทุกตัวชี้วัด "
EXCERPT = (
    "โรงเรียนบ้านหนองน้ำใสเปิดครัวกลางให้แม่บ้านในหมู่บ้านผลัดกันมาปรุงอาหารกลางวัน โดยใช้ผักที่เด็กปลูกเองหลังเลิกเรียน "
    "ทำให้เด็กทุกคนได้กินอิ่มและรู้จักคุณค่าของสิ่งที่ตนปลูก"
)


def story(number: int) -> str:
    """Three sentences of its own, in an order of its own."""
    rng = np.random.default_rng(number)
    parts = [
        f"{rng.choice(SUBJECTS)}{rng.choice(DEEDS)} {rng.choice(ENDS)} ครั้งที่ {rng.integers(100)} "
        + "".join(chr(0x0E01 + int(letter)) for letter in rng.integers(0, 40, size=60))
        for _ in range(3)
    ]
    return " ".join(parts)


STORIES = [story(number) for number in range(40)]


def test_copies_are_found_whatever_the_figures_blanks_and_layout() -> None:
    copy = STORIES[3].replace(" ", "\n ").replace("1", "๗")
    assert near_copies([*STORIES, copy], 0.9) == ((3, 40),)


def test_copies_of_copies_are_one_group() -> None:
    assert near_copies(["", STORIES[0], STORIES[1], STORIES[0], STORIES[0] + "ก", ""], 0.8) == ((1, 3, 4),)


def test_what_thousands_hold_word_for_word_takes_little_time() -> None:
    started = time.process_time()
    assert near_copies([FORM] * 6_000 + [FORM + "ก"]) == (tuple(range(6_001)),)
    assert time.process_time() - started < 5


def test_a_threshold_that_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="threshold"):
        near_copies(STORIES, 0)


def test_an_edited_copy_and_a_pasted_excerpt_rank_before_a_form_that_all_fill_in() -> None:
    texts = [FORM + text for text in STORIES]
    half = len(STORIES[5]) // 2
    texts.append(STORIES[5][half:] + " " + STORIES[5][:half])
    texts[7] = texts[7] + " " + EXCERPT
    texts[9] = EXCERPT + " " + texts[9]
    pairs = ranked_pairs(texts)
    assert {(pair.one, pair.other) for pair in pairs[:2]} == {(5, 40), (7, 9)}
    assert pairs[1].score > 2 * max((pair.score for pair in pairs[2:]), default=0)
    kinds = {(pair.one, pair.other): pair.kind for pair in pairs}
    assert kinds[5, 40] is PairKind.NEAR_COPY
    assert kinds[7, 9] is PairKind.EXCERPT


def test_an_excerpt_is_shown_where_it_stands_in_both_texts() -> None:
    texts = [*STORIES, "ต้นเรื่อง " + EXCERPT, EXCERPT.replace(" ", "  ") + " จบ"]
    first = ranked_pairs(texts)[0]
    assert (first.one, first.other) == (40, 41)
    one, other = first.excerpts[0]
    assert one.of(texts[40]) == EXCERPT
    assert other.of(texts[41]) == EXCERPT.replace(" ", "  ")


def test_texts_with_nothing_in_common_make_no_pair() -> None:
    assert ranked_pairs(["", "-", "ก", "มีครูครบทุกชั้น", "อาคารเก่าชำรุดหลายแห่ง"]) == ()
    assert ranked_pairs([]) == ()


def test_the_same_texts_are_the_surest_pair_however_short() -> None:
    pairs = ranked_pairs(["ขาดครูวิชาเอกคณิตศาสตร์ 3 คน", "ขาดครูวิชาเอกคณิตศาสตร์ 5 คน", "ต้องการงบซ่อมอาคารเรียนหลังเก่า"])
    assert [(pair.one, pair.other) for pair in pairs] == [(0, 1)]
    assert pairs[0].score == pytest.approx(1.0)


@given(st.text(alphabet="กขคงาิีำ 12abค่", min_size=30, max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_a_shared_stretch_leaves_the_same_fingerprint_in_both(shared: str, before: str, after: str) -> None:
    assume(len(letters(shared).codes) >= 12)
    one, other = hashes(letters(before + shared).codes, 5), hashes(letters(shared + after).codes, 5)
    assert set(one[winnowed(one, 8)].tolist()) & set(other[winnowed(other, 8)].tolist())


@given(st.text(alphabet="กขคง ำ๑", max_size=80), st.text(alphabet="กขคง ำ๑", max_size=80))
def test_shared_stretches_are_the_same_letters_in_both(one: str, other: str) -> None:
    a, b = letters(one).codes, letters(other).codes
    for start, there, length in shared_stretches(a, b, size=4, least=6):
        assert length >= 6
        assert (a[start : start + length] == b[there : there + length]).all()
