"""The rules that ship are signed, and their sentences can be filled."""

from __future__ import annotations

import string
from datetime import date

import pytest
import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.warning.definitions import RuleKind, WarningRule, read_rule
from sanyan.definitions import framework_file

FILES = sorted((framework_file().parents[1] / "warnings").glob("*.yaml"))
INDICATOR = {"code", "indicator_th", "indicator_en", "unit_th", "unit_en"}
SEEN = INDICATOR | {"value", "before", "system_th", "system_en", "change_unit_th", "change_unit_en", "probability"}
EXPECTED = SEEN | {"expected", "low", "high", "target", "ahead_th", "ahead_en"}
MOVED = SEEN | {"own", "worse_th", "worse_en", "swings"}
GROUP = INDICATOR | {"count", "of", "place_th", "place_en", "probability", "least", "target"}
KNOWN = {
    (RuleKind.WILL_MISS_TARGET, "turning"): EXPECTED,
    (RuleKind.WILL_MISS_TARGET, "behind"): EXPECTED,
    (RuleKind.NEW_BREACH, "seen"): SEEN | {"target"},
    (RuleKind.NEW_BREACH, "ahead"): EXPECTED,
    (RuleKind.RELATIVE_DROP, "seen"): MOVED,
    (RuleKind.RELATIVE_DROP, "ahead"): EXPECTED,
    (RuleKind.SUDDEN_JUMP, "worse"): MOVED,
    (RuleKind.SUDDEN_JUMP, "better"): MOVED,
    (RuleKind.SYSTEM_SHIFT, "seen"): INDICATOR | {"system_th", "system_en", "count", "of"},
    (RuleKind.DATA_QUALITY, "doubts"): {"count", "codes"},
    (RuleKind.DATA_QUALITY, "urgent"): {"count", "urgent", "codes"},
    (RuleKind.LATE, "late"): {"days", "state_th", "state_en"},
}


def shipped() -> list[WarningRule]:
    return [read_rule(yaml.safe_load(path.read_text("utf-8")), place=path.name) for path in FILES]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_is_one_rule_of_each_kind_named_as_its_file() -> None:
    rules = shipped()
    assert {rule.kind for rule in rules} == set(RuleKind)
    assert [rule.code for rule in rules] == [path.stem for path in FILES]


def test_every_rule_is_signed_and_not_yet_due_for_review() -> None:
    for rule in shipped():
        assert rule.authored_by
        assert rule.checked_by
        assert not rule.is_due_for_review(date(2026, 11, 25))


def test_every_sentence_uses_only_figures_that_its_kind_gives() -> None:
    for rule in shipped():
        variants = {variant for kind, variant in KNOWN if kind is rule.kind}
        assert set(rule.reasons) - {"group"} == variants
        for name, words in rule.reasons.items():
            known = GROUP if name == "group" else KNOWN[rule.kind, name]
            assert placeholders(words.th) <= known, (rule.code, name)
            assert placeholders(words.en) <= known, (rule.code, name)


@pytest.mark.parametrize("field", ["code", "kind", "what_usually_helps_th", "reasons", "due_days", "authored_by"])
def test_a_rule_that_is_not_whole_names_what_is_missing(field: str) -> None:
    document = yaml.safe_load(FILES[0].read_text("utf-8"))
    del document[field]
    with pytest.raises(BadInputError) as caught:
        read_rule(document, place="x.yaml")
    assert field.removesuffix("_th") in caught.value.en


def test_days_to_answer_are_whole_and_at_least_one() -> None:
    document = yaml.safe_load(FILES[0].read_text("utf-8"))
    for days in ({"high": 0, "medium": 1, "low": 1}, {"high": 1}, {"high": 1.5, "medium": 1, "low": 1}):
        with pytest.raises(BadInputError):
            read_rule({**document, "due_days": days})


@pytest.mark.parametrize("numbers", [{"swing": 3, "least_probability": 0.9}, {"swings": 3}, {}])
def test_a_number_that_is_misspelt_or_missing_is_named(numbers: dict[str, float]) -> None:
    (path,) = (path for path in FILES if path.stem == "sudden-jump")
    document = yaml.safe_load(path.read_text("utf-8")) | {"parameters": numbers}
    with pytest.raises(BadInputError, match=r"parameters"):
        read_rule(document, place=path.name)
