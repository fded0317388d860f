from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.text.themes.gates import MOST_THEMES, gated, overlap, passages_needed, too_alike
from sanyan.core.text.themes.labelling import label_of, likeness_of_labels
from sanyan.core.text.themes.values import CandidateTheme, Member, Support


def theme(label: str, *, rows: range = range(9), passages: int = 9, areas: int = 4) -> CandidateTheme:
    words = tuple((word, 1.0) for word in label.split(" · ") if word)
    members = tuple(Member(row, 0.9) for row in rows)
    return CandidateTheme(label, words, members, 0.8, Support(passages, areas, 2), (rows[0],))


def test_a_theme_needs_passages_areas_and_a_label() -> None:
    kept, refused = gated(
        [
            theme("ครู · อัตรากำลัง"),
            theme("น้ำท่วม · ถนน", rows=range(20, 24), passages=4),
            theme("อาคาร · ชำรุด", rows=range(30, 40), areas=2),
            theme("", rows=range(40, 50)),
        ],
        100,
    )
    assert [item.label for item in kept] == ["ครู · อัตรากำลัง"]
    assert {item.code for item in refused} == {"few-passages", "few-areas", "no-label"}
    assert all(item.reason.th and item.reason.en for item in refused)


def test_one_in_a_thousand_is_needed_of_many_passages() -> None:
    assert passages_needed(100) == 5
    assert passages_needed(20_001) == 21


def test_themes_that_read_alike_or_share_their_members_are_not_both_kept() -> None:
    one, turned = theme("ครู · อัตรากำลัง", rows=range(12), passages=12), theme("อัตรากำลัง · ครู", rows=range(50, 59))
    within = theme("รถ · ถนน", rows=range(3, 12))
    kept, refused = gated([one, turned, within], 100)
    assert kept == (one,)
    assert {item.theme.label: item.code for item in refused} == {
        "อัตรากำลัง · ครู": "label-alike",
        "รถ · ถนน": "members-alike",
    }
    assert too_alike([one, within]) == (0, 1)
    assert too_alike([one, theme("รถ · ถนน", rows=range(60, 69))]) is None
    assert overlap(one, within) == 1


def test_all_pairs_are_compared_not_only_neighbours() -> None:
    apart = [
        theme(label, rows=range(20 * at, 20 * at + 9)) for at, label in enumerate(["ครู · ขาด", "ถนน · ฝน", "ขาด · ครู"])
    ]
    assert too_alike(apart) == (0, 2)


def test_no_more_than_seventy_are_kept_and_the_larger_ones_stay() -> None:
    letters = "กขคงจฉชซฌญฎฏ"
    many = [
        theme(f"{letters[at % 12] * 6}{letters[at // 12] * 6}", rows=range(20 * at, 20 * at + 9), passages=10 + at)
        for at in range(MOST_THEMES + 2)
    ]
    kept, refused = gated(many, 1_000)
    assert len(kept) == MOST_THEMES
    assert [item.code for item in refused] == ["too-many", "too-many"]
    assert min(item.support.passages for item in kept) > max(item.theme.support.passages for item in refused)


def test_a_label_holds_no_word_within_another() -> None:
    words = (("อัตรากำลัง", 5.0), ("อัตรากำลังครู", 4.0), ("บรรจุ", 3.0), ("ทดแทน", 2.0), ("ล่าช้า", 1.0), ("มาก", 0.5))
    assert label_of(words) == "อัตรากำลัง · บรรจุ · ทดแทน · ล่าช้า"


@given(st.lists(st.text(alphabet="กขคงา", min_size=1, max_size=8), min_size=1, max_size=4))
def test_the_order_of_words_does_not_make_labels_unlike(words: list[str]) -> None:
    assert likeness_of_labels(" · ".join(words), " · ".join(reversed(words))) == 1
