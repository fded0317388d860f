"""Rounds to check, made in a line."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

from sanyan.core.checking.definitions import CheckDefinition, read_definition
from sanyan.core.checking.run import run_checks
from sanyan.core.checking.values import (
    Answers,
    CheckedAnswer,
    CheckInput,
    CheckReport,
    ExpectedReport,
    FindingDraft,
)
from sanyan.core.indicators.definitions import AnswerState, Direction, Framework, Indicator, Kind, Rollup
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import signed_documents
from sanyan.definitions import documents_in

DUE = date(2025, 7, 15)
TODAY = date(2025, 7, 20)
ROUND = RoundKey(2568, 9)


def shipped() -> dict[str, CheckDefinition]:
    return {check.code: check for check in signed_documents(documents_in("checks"), read_definition)}


def indicator(code: str, kind: Kind = Kind.PERCENT, *, parts: bool = False, **more: object) -> Indicator:
    defaults: dict[str, object] = {
        "policy_area": "P",
        "name_th": f"ตัวชี้วัด {code}",
        "name_en": f"Indicator {code}",
        "unit_th": "คน",
        "unit_en": "people",
        "direction": Direction.HIGHER,
        "rollup": Rollup.SUM if kind is Kind.NUMBER else Rollup.RATIO if parts else Rollup.MEAN,
        "months": (6, 9, 12),
        "per": 100.0 if kind is Kind.PERCENT else 1.0,
        "numerator_th": "ตัวตั้ง" if parts else "",
        "denominator_th": "ตัวหาร" if parts else "",
    }
    return Indicator(code=code, kind=kind, **{**defaults, **more})  # type: ignore[arg-type]


def framework(*indicators: Indicator) -> Framework:
    return Framework("F", "กรอบ", "Frame", "", (2568,), (), (), indicators)


def value(number: float) -> CheckedAnswer:
    return CheckedAnswer(AnswerState.REPORTED, value=number)


def parts(numerator: float, denominator: float, given: float | None = None) -> CheckedAnswer:
    return CheckedAnswer(AnswerState.REPORTED, numerator, denominator, given)


def text(words: str) -> CheckedAnswer:
    return CheckedAnswer(AnswerState.REPORTED, text={"process": words})


def area(number: int) -> str:
    return f"A{number:03d}"


def given(
    *indicators: Indicator,
    answers: Answers,
    previous: Answers | None = None,
    last_year: Answers | None = None,
    expected: Mapping[str, ExpectedReport] | None = None,
) -> CheckInput:
    if expected is None:
        names = sorted({organisation for organisation, _ in answers})
        expected = {name: ExpectedReport(DUE, DUE, "primary", f"สพป. {name}", f"Area {name}") for name in names}
    return CheckInput(framework(*indicators), ROUND, answers, expected, TODAY, previous, last_year, previous)


def checked(code: str, data: CheckInput) -> CheckReport:
    return run_checks([shipped()[code]], data)


def found(code: str, data: CheckInput) -> list[tuple[str, str]]:
    return [(item.organisation, item.indicator) for item in checked(code, data).findings]


def only(code: str, data: CheckInput) -> FindingDraft:
    (single,) = checked(code, data).findings
    return single


def noise(seed: int) -> random.Random:
    return random.Random(seed)
