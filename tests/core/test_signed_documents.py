from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.signed_documents import DocumentReader, signed_documents


@dataclass(frozen=True)
class Rule:
    code: str


def read(document: Mapping[str, object], *, place: str) -> Rule:
    return Rule(DocumentReader(document, place).text("code"))


def test_documents_are_read_in_the_order_given() -> None:
    files = [("late.yaml", {"code": "late"}), ("far.yaml", {"code": "far"})]
    assert signed_documents(files, read) == (Rule("late"), Rule("far"))


def test_a_file_not_named_after_its_code_is_named_with_what_to_do() -> None:
    with pytest.raises(BadInputError) as caught:
        signed_documents([("later.yaml", {"code": "late"})], read)
    assert caught.value.place == "later.yaml"
    assert "late.yaml" in caught.value.next_th


@pytest.mark.parametrize("held", [None, [], "code: late", {"code": " "}])
def test_a_file_that_holds_no_whole_document_is_named(held: object) -> None:
    with pytest.raises(BadInputError) as caught:
        signed_documents([("late.yaml", held)], read)
    assert caught.value.place == "late.yaml"
