from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.text.dense import Mask, Vectors
from sanyan.core.text.searching import SearchIndex, content_of, query_terms
from sanyan.core.text.whole_documents import DocumentSearch
from sanyan.core.thai.words import terms

TEXTS = ["ครูเป็นหนี้สหกรณ์", "อาหารกลางวันของนักเรียน", "น้ำท่วมถนนหน้าโรงเรียน", "หนี้สินของครู"]
VECTORS = np.eye(4, dtype=np.float32)


def index(vectors: Vectors | None = None, held: Mask | None = None) -> SearchIndex[str]:
    return SearchIndex.of("abcd", [terms(text) for text in TEXTS], vectors, held=held)


def names(found: SearchIndex[str], question: str, **more: object) -> list[str]:
    return [found.ids[hit.row] for hit in found.search(query_terms(question), **more)]  # type: ignore[arg-type]


def test_by_words_alone_only_rows_with_one_of_the_words_are_found() -> None:
    assert set(names(index(), "หนี้ ครู")) == {"a", "d"}
    assert names(index(), "จักรวาล") == []


def test_a_row_near_in_meaning_is_found_without_any_of_the_words() -> None:
    hits = index(VECTORS).search(query_terms("จักรวาล"), VECTORS[2])
    assert (hits[0].row, hits[0].lexical, hits[0].dense) == (2, 0.0, 1.0)


def test_rows_without_a_vector_are_still_found_by_their_words() -> None:
    grown = index(VECTORS).extended(["e"], [terms("สหกรณ์ออมทรัพย์ครูจังหวัด")])
    hits = grown.search(query_terms("สหกรณ์ออมทรัพย์"), VECTORS[1])
    assert 4 in [hit.row for hit in hits]
    assert next(hit for hit in hits if hit.row == 4).dense is None


def test_vectors_may_come_with_later_rows_or_after_them() -> None:
    later = index().extended(["e"], [["ใหม่"]], np.eye(1, 4, dtype=np.float32))
    assert later.search(["ไม่มี"], VECTORS[0])[0].row == 4
    assert len(later.search(["ไม่มี"], VECTORS[0])) == 1
    assert index().with_vectors(VECTORS).search(["ไม่มี"], VECTORS[3])[0].row == 3


def test_only_kept_rows_are_found_and_at_most_so_many() -> None:
    keep = np.array([False, True, True, True])
    assert names(index(VECTORS), "หนี้ครู", vector=VECTORS[0], keep=keep)[0] == "d"
    assert "a" not in names(index(VECTORS), "หนี้ครู", vector=VECTORS[0], keep=keep)
    assert len(names(index(VECTORS), "หนี้ครู", vector=VECTORS[0], most=2)) == 2
    assert names(index(), "ครู", most=0) == []


def test_similar_rows_leave_out_the_row_itself() -> None:
    assert next(hit.row for hit in index().similar(0)) == 3
    near = np.array([[1, 0], [0, 1], [0.8, 0.6], [0.6, 0.8]], np.float32)
    hits = index(near).similar(0, most=4)
    assert 0 not in [hit.row for hit in hits]
    assert all(hit.dense is not None for hit in hits)


def test_parts_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        SearchIndex.of("ab", [["ก"]])
    with pytest.raises(ValueError, match="rows"):
        index(VECTORS[:2])


def test_an_empty_index_finds_nothing() -> None:
    empty: SearchIndex[str] = SearchIndex.of([], [])
    assert empty.search(["ครู"], VECTORS[0]) == ()
    assert names(empty.extended("a", [["ครู"]]), "ครู") == ["a"]


def test_words_that_only_ask_are_left_out_of_a_question() -> None:
    assert "อะไร" not in query_terms("ครูเป็นหนี้อะไรบ้าง")
    assert query_terms("อะไร") == ["อะไร"]
    assert content_of(["ของ", "ครู"]) == ["ครู"]
    assert content_of(["ของ"]) == ["ของ"]


def test_a_document_is_found_by_its_best_passage() -> None:
    long = "\n\n".join(["เรื่องทั่วไปของสำนักงานในปีนี้ ซึ่งมีหลายเรื่องด้วยกันตามที่รายงาน " * 5] * 4)
    texts = [long, long + "\n\nครูขอให้ซ่อมบ้านพักที่ผุพัง", ""]
    documents = DocumentSearch.of(texts)
    assert len(documents.firsts) == 3
    assert documents.scores(query_terms("ซ่อมบ้านพักครู"), None).argmax() == 1
    with pytest.raises(ValueError, match="vectors"):
        documents.meaning(VECTORS[0])
