from __future__ import annotations

import string
from datetime import date

import pytest
from tests.core.checking.building import shipped

from sanyan.core.checking.definitions import CheckDefinition, CheckKind, read_definition
from sanyan.core.checking.run import CHECKS
from sanyan.core.errors import BadInputError

SIGNED = sorted(shipped().values(), key=lambda definition: definition.code)
DOCUMENT: dict[str, object] = {
    "code": "c",
    "kind": "late",
    "severity": "low",
    **{
        f"{name}_{language}": "x"
        for name in ("name", "introduction", "why_it_matters", "next_step")
        for language in ("th", "en")
    },
    "reasons": {"late": {"th": "x", "en": "x"}},
    "authored_by": "A",
    "checked_by": "B",
    "next_review": "2027-09-30",
}


@pytest.mark.parametrize("definition", SIGNED, ids=lambda definition: definition.code)
def test_each_check_is_signed_and_will_be_looked_at_again(definition: CheckDefinition) -> None:
    assert definition.authored_by
    assert definition.checked_by != definition.authored_by
    assert definition.next_review > date(2026, 1, 1)
    assert definition.is_due_for_review(definition.next_review)
    assert not definition.is_due_for_review(date(2026, 1, 1))


@pytest.mark.parametrize("definition", SIGNED, ids=lambda definition: definition.code)
def test_both_languages_of_a_sentence_name_the_same_figures(definition: CheckDefinition) -> None:
    def names(sentence: str) -> set[str]:
        return {
            name.removesuffix("_th").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(sentence) if name
        }

    for words in definition.reasons.values():
        assert names(words.th) - {"unit"} == names(words.en) - {"unit"}


def test_every_kind_of_check_is_shipped_and_can_be_run() -> None:
    assert {definition.kind for definition in SIGNED} == set(CheckKind) == set(CHECKS)


@pytest.mark.parametrize("missing", sorted(DOCUMENT))
def test_a_definition_without_one_of_its_parts_is_refused_by_name(missing: str) -> None:
    with pytest.raises(BadInputError, match=missing) as refused:
        read_definition({key: part for key, part in DOCUMENT.items() if key != missing}, place="late.yaml")
    assert refused.value.place == "late.yaml"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("kind", "guess"),
        ("severity", "awful"),
        ("next_review", "soon"),
        ("parameters", {"threshold": "five"}),
        ("parameters", {"threshold": True}),
        ("parameters", 5),
        ("reasons", {"late": {"th": "x"}}),
        ("authored_by", "  "),
    ],
)
def test_a_definition_with_a_part_of_the_wrong_sort_is_refused(field: str, wrong: object) -> None:
    with pytest.raises(BadInputError):
        read_definition({**DOCUMENT, field: wrong})


def test_a_comparison_must_say_what_it_compares_with() -> None:
    with pytest.raises(BadInputError, match="against"):
        read_definition({**DOCUMENT, "kind": "jump"})
    assert read_definition({**DOCUMENT, "kind": "jump", "against": "previous"}).against == "previous"
