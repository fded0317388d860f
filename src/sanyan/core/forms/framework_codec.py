"""A framework as plain JSON-safe data, and back, without loss.

The dict form is what a database keeps, what YAML shows and what Excel is read into. Keys come in one order
and values equal to their default are left out, so that two versions can be compared by eye.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from sanyan.core.errors import Fault
from sanyan.core.forms.framework_faults import FrameworkFaultsError
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
from sanyan.core.indicators.values import default_rollup

T = TypeVar("T")
Convert = Callable[[object, str, list[Fault]], object]

WHOLE_BELOW = 1e15
FRAMEWORK_KEYS = (
    "code",
    "name_th",
    "name_en",
    "owner",
    "fiscal_years",
    "is_example",
    "authored_by",
    "checked_by",
    "next_review",
    "note",
    "rounds",
    "policy_areas",
    "scale",
    "narrative_fields",
    "indicators",
)


def to_dict(framework: Framework) -> dict[str, Any]:
    """The framework as dicts, lists, texts, numbers and booleans only; defaults are left out."""
    held = _plain(framework)
    return {key: held[key] for key in FRAMEWORK_KEYS if key in held}


def from_dict(raw: Mapping[str, Any]) -> Framework:
    """Read what `to_dict` writes; raise FrameworkFaultsError (a BadInputError) listing all that is malformed.

    An indicator without `rollup` takes the usual one of its kind. Unknown keys are malformed, so that a
    misspelt one is never silently dropped.
    """
    faults: list[Fault] = []
    framework = _build(Framework, _FRAMEWORK, raw, "", faults)
    if framework is None or faults:
        raise FrameworkFaultsError(faults, code="framework-malformed")
    return framework


def _plain(item: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for each in fields(item):
        value = getattr(item, each.name)
        if each.init and (each.default is MISSING or value != each.default):
            out[each.name] = _WRITE.get(each.name, _plain_value)(value)
    return out


def _plain_value(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return int(value) if abs(value) < WHOLE_BELOW and value == int(value) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain_value(each) for each in value]
    return _plain(value)


_WRITE: dict[str, Callable[[Any], Any]] = {
    "submit_by": lambda day: f"{day[0]:02d}-{day[1]:02d}",
    "rubric": lambda steps: [{"level": level, "text": text} for level, text in steps],
}


def _build(cls: type[T], spec: Mapping[str, Convert], raw: object, at: str, faults: list[Fault]) -> T | None:
    """One dataclass from a mapping, or None with what is malformed added to `faults`."""
    if not isinstance(raw, Mapping):
        _malformed(faults, at, "ต้องเป็นรายการชื่อกับค่า", "must be a mapping of names to values")
        return None
    before = len(faults)
    for key in raw:
        if key not in spec:
            _malformed(faults, _join(at, key), "ไม่รู้จักชื่อนี้", "is not a known name", "unknown-key")
    values: dict[str, Any] = {}
    for key, convert in spec.items():
        if raw.get(key) is not None:
            values[key] = convert(raw[key], _join(at, key), faults)
    if cls is Indicator and "rollup" not in values:
        values["rollup"] = _usual_rollup(values)
    for each in fields(cast(Any, cls)):
        if each.init and each.default is MISSING and each.name not in values:
            _malformed(faults, _join(at, each.name), "ยังไม่ได้ระบุ", "is missing", "missing-key")
    return cls(**values) if len(faults) == before else None


def _usual_rollup(values: Mapping[str, Any]) -> Rollup:
    return default_rollup(
        values.get("kind") or Kind.NUMBER,
        has_parts=bool(values.get("denominator_th")),
        mean_of=values.get("mean_of") or "",
    )


def _join(at: str, key: object) -> str:
    return f"{at}.{key}" if at else str(key)


def _malformed(faults: list[Fault], at: str, th: str, en: str, code: str = "malformed") -> None:
    faults.append(
        Fault(
            code=code,
            th=th,
            en=en,
            next_th="แก้ค่านี้ในไฟล์ แล้วนำเข้าอีกครั้ง",
            next_en="Correct this value in the file, then import again.",
            subject=at,
        )
    )


def _text(raw: object, at: str, faults: list[Fault]) -> str:
    if isinstance(raw, str):
        return raw
    _malformed(faults, at, "ต้องเป็นข้อความ (ใส่เครื่องหมายคำพูดคร่อม)", "must be text (put it in quotes)")
    return ""


def _flag(raw: object, at: str, faults: list[Fault]) -> bool:
    if not isinstance(raw, bool):
        _malformed(faults, at, "ต้องเป็น true หรือ false", "must be true or false")
    return bool(raw)


def _number(raw: object, at: str, faults: list[Fault]) -> float:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
        return float(raw)
    _malformed(faults, at, "ต้องเป็นตัวเลข", "must be a number")
    return 0.0


def _integer(raw: object, at: str, faults: list[Fault]) -> int:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw) and raw == int(raw):
        return int(raw)
    _malformed(faults, at, "ต้องเป็นจำนวนเต็ม", "must be a whole number")
    return 0


def _day(raw: object, at: str, faults: list[Fault]) -> date | None:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return date.fromisoformat(raw if isinstance(raw, str) else "")
    except ValueError:
        _malformed(faults, at, "ต้องเป็นวันที่แบบ 2027-07-31", "must be a date such as 2027-07-31")
        return None


def _month_day(raw: object, at: str, faults: list[Fault]) -> tuple[int, int]:
    parts = raw.split("-") if isinstance(raw, str) else []
    if len(parts) == 2 and all(part.isdecimal() for part in parts):
        month, day = int(parts[0]), int(parts[1])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return month, day
    _malformed(faults, at, 'ต้องเป็นเดือน-วัน เช่น "04-30"', 'must be month-day, such as "04-30"')
    return 1, 1


def _choice(options: type[StrEnum]) -> Convert:
    def convert(raw: object, at: str, faults: list[Fault]) -> StrEnum | None:
        if isinstance(raw, str) and raw in {option.value for option in options}:
            return options(raw)
        known = ", ".join(option.value for option in options)
        _malformed(faults, at, f"ต้องเป็นค่าใดค่าหนึ่งใน {known}", f"must be one of {known}")
        return None

    return convert


def _each(convert: Convert) -> Convert:
    def convert_all(raw: object, at: str, faults: list[Fault]) -> tuple[object, ...]:
        if isinstance(raw, list | tuple):
            return tuple(convert(item, f"{at}[{place}]", faults) for place, item in enumerate(raw, start=1))
        _malformed(faults, at, "ต้องเป็นรายการ", "must be a list")
        return ()

    return convert_all


def _part(cls: type[Any], spec: Mapping[str, Convert]) -> Convert:
    def convert(raw: object, at: str, faults: list[Fault]) -> object:
        named = raw.get("code") if isinstance(raw, Mapping) else None
        return _build(cls, spec, raw, f"{at} ({named})" if isinstance(named, str) else at, faults)

    return convert


def _rubric_step(raw: object, at: str, faults: list[Fault]) -> tuple[int, str]:
    if isinstance(raw, Mapping) and set(raw) == {"level", "text"}:
        return _integer(raw["level"], f"{at}.level", faults), _text(raw["text"], f"{at}.text", faults)
    _malformed(faults, at, "ต้องมี level และ text", "must hold level and text")
    return 0, ""


_TARGET: dict[str, Convert] = {"month": _integer, "value": _number, "better_than_last_year": _flag}
_AREA: dict[str, Convert] = dict.fromkeys(("code", "name_th", "name_en", "group"), _text)
_LEVEL: dict[str, Convert] = {"level": _integer, "name_th": _text, "name_en": _text, "percent_min": _number}
_NARRATIVE: dict[str, Convert] = {
    **dict.fromkeys(("key", "name_th", "name_en"), _text),
    "required": _flag,
    "max_length": _integer,
}
_ROUND: dict[str, Convert] = {"month": _integer, "name_th": _text, "name_en": _text, "submit_by": _month_day}
_INDICATOR: dict[str, Convert] = {
    **dict.fromkeys(("code", "policy_area", "name_th", "name_en"), _text),
    "kind": _choice(Kind),
    **dict.fromkeys(("unit_th", "unit_en"), _text),
    "direction": _choice(Direction),
    "rollup": _choice(Rollup),
    "months": _each(_integer),
    **dict.fromkeys(("numerator_th", "denominator_th", "numerator_en", "denominator_en", "mean_of"), _text),
    "per": _number,
    "decimals": _integer,
    "low": _number,
    "high": _number,
    "targets": _each(_part(Target, _TARGET)),
    **dict.fromkeys(("target_basis", "level"), _text),
    "applies": _each(_text),
    "evidence": _each(_text),
    "prefill": _text,
    "minutes": _number,
    "part_of": _text,
    "disaggregate": _each(_text),
    "privacy": _text,
    "rubric": _each(_rubric_step),
    "note": _text,
}
_FRAMEWORK: dict[str, Convert] = {
    **dict.fromkeys(("code", "name_th", "name_en", "owner"), _text),
    "fiscal_years": _each(_integer),
    "is_example": _flag,
    **dict.fromkeys(("authored_by", "checked_by"), _text),
    "next_review": _day,
    "note": _text,
    "rounds": _each(_part(RoundPlan, _ROUND)),
    "policy_areas": _each(_part(PolicyArea, _AREA)),
    "scale": _each(_part(ScaleLevel, _LEVEL)),
    "narrative_fields": _each(_part(NarrativeField, _NARRATIVE)),
    "indicators": _each(_part(Indicator, _INDICATOR)),
}
