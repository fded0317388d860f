"""Frameworks made for tests: a small good one, and a strategy for any that the types allow."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from sanyan.core.forms.framework_layout import AREA_TYPES, EVIDENCE, HOLDERS
from sanyan.core.indicators.definitions import (
    Direction,
    Framework,
    Indicator,
    Kind,
    NarrativeField,
    PolicyArea,
    Rollup,
    RoundPlan,
    ScaleLevel,
    Target,
)


def small_framework(**changes: object) -> Framework:
    """Two rounds, one policy area, a percent, a level and a narrative; nothing wrong with it."""
    parts: dict[str, object] = {
        "code": "SMALL",
        "name_th": "กรอบเล็ก",
        "name_en": "A small framework",
        "owner": "สตผ.",
        "fiscal_years": (2568, 2569),
        "rounds": (
            RoundPlan(6, "รอบ 6 เดือน", "6-month round", (4, 30)),
            RoundPlan(12, "รอบ 12 เดือน", "12-month round", (10, 15)),
        ),
        "policy_areas": (PolicyArea("QUA", "คุณภาพผู้เรียน", "Learner quality", "กลุ่มนิเทศ"),),
        "indicators": (percent(), level(), narrative()),
        "scale": (ScaleLevel(1, "ปรับปรุง", "Poor", 0.0), ScaleLevel(2, "ดี", "Good", 60.0)),
        "narrative_fields": (NarrativeField("result", "ผล", "Result", True, 300),),
        "authored_by": "สมใจ",
        "checked_by": "วิชัย",
        "next_review": date(2030, 9, 30),
    }
    return Framework(**(parts | changes))  # type: ignore[arg-type]


def percent(**changes: object) -> Indicator:
    """A percent with both parts and a target in month 6."""
    parts: dict[str, object] = {
        "code": "QUA-01",
        "policy_area": "QUA",
        "name_th": "ร้อยละของนักเรียนที่อ่านออก",
        "name_en": "Share of students who read",
        "kind": Kind.PERCENT,
        "unit_th": "ร้อยละ",
        "unit_en": "percent",
        "direction": Direction.HIGHER,
        "rollup": Rollup.RATIO,
        "months": (6, 12),
        "numerator_th": "อ่านออก",
        "denominator_th": "ทั้งหมด",
        "numerator_en": "Readers",
        "denominator_en": "All",
        "per": 100.0,
        "low": 0.0,
        "high": 100.0,
        "targets": (Target(6, 80.0),),
        "evidence": ("DERIVED",),
    }
    return Indicator(**(parts | changes))  # type: ignore[arg-type]


def level(**changes: object) -> Indicator:
    """A quality level with its criteria."""
    parts: dict[str, object] = {
        "code": "QUA-02",
        "kind": Kind.LEVEL,
        "rollup": Rollup.DISTRIBUTION,
        "numerator_th": "",
        "denominator_th": "",
        "numerator_en": "",
        "denominator_en": "",
        "per": 1.0,
        "decimals": 0,
        "low": 1.0,
        "high": 2.0,
        "targets": (Target(12, 2.0),),
        "rubric": ((1, "เริ่มต้น"), (2, "เป็นแบบอย่าง")),
    }
    return percent(**(parts | changes))


def narrative(**changes: object) -> Indicator:
    """A report in words."""
    parts: dict[str, object] = {
        "code": "QUA-03",
        "kind": Kind.NARRATIVE,
        "direction": Direction.NONE,
        "rollup": Rollup.NONE,
        "low": None,
        "high": None,
        "targets": (),
        "rubric": (),
    }
    return level(**(parts | changes))


# Text as a cell of Excel can hold it, without the outer blanks that reading takes off.
_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufffe\uffff")
texts = st.text(_LETTERS, max_size=20).map(str.strip)
filled = texts.filter(bool)
codes = st.text("ABCกข0123456789-._", min_size=1, max_size=8)
wholes = st.integers(-1000, 10_000)
numbers = st.floats(-1e9, 1e9, allow_nan=False)
maybe = st.none() | numbers
months = st.integers(1, 12)

targets = st.builds(Target, months, maybe, st.booleans())
indicators = st.builds(
    Indicator,
    code=codes,
    policy_area=codes,
    name_th=texts,
    name_en=texts,
    kind=st.sampled_from(Kind),
    unit_th=texts,
    unit_en=texts,
    direction=st.sampled_from(Direction),
    rollup=st.sampled_from(Rollup),
    months=st.lists(months, max_size=3).map(tuple),
    numerator_th=texts,
    denominator_th=texts,
    mean_of=texts,
    per=numbers,
    decimals=wholes,
    low=maybe,
    high=maybe,
    targets=st.lists(targets, max_size=3).map(tuple),
    level=st.sampled_from(list(HOLDERS)),
    applies=st.lists(st.sampled_from(list(AREA_TYPES)), max_size=2).map(tuple),
    evidence=st.lists(st.sampled_from(list(EVIDENCE)), max_size=2).map(tuple),
    prefill=texts,
    minutes=numbers,
    part_of=texts,
    disaggregate=st.lists(filled, max_size=3).map(tuple),
    rubric=st.lists(st.tuples(wholes, texts), max_size=3).map(tuple),
    note=texts,
)
any_framework = st.builds(
    Framework,
    code=codes,
    name_th=texts,
    name_en=texts,
    owner=texts,
    fiscal_years=st.lists(st.integers(2400, 2700), max_size=3).map(tuple),
    rounds=st.lists(st.builds(RoundPlan, months, texts, texts, st.tuples(months, st.integers(1, 28))), max_size=3).map(
        tuple
    ),
    policy_areas=st.lists(st.builds(PolicyArea, codes, texts, texts, texts), max_size=3).map(tuple),
    indicators=st.lists(indicators, max_size=4, unique_by=lambda item: item.code).map(tuple),
    scale=st.lists(st.builds(ScaleLevel, wholes, texts, texts, maybe), max_size=3).map(tuple),
    narrative_fields=st.lists(
        st.builds(NarrativeField, codes, texts, texts, st.booleans(), st.none() | wholes), max_size=3
    ).map(tuple),
    is_example=st.booleans(),
    authored_by=texts,
    checked_by=texts,
    next_review=st.none() | st.dates(date(1900, 1, 1), date(2399, 12, 31)),
    note=texts,
)
