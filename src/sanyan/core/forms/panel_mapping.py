"""How the columns of a table of units x periods x indicators become answers; kept as YAML and remembered.

Three layouts, told by what is given: one row for each unit and period with a column for each indicator (the
usual one); `indicator_column` and `value_column`, one row for each figure; `period.pattern`, a column for
each period ("{year}") or for each indicator and period ("{indicator}_{year}"). The last two can be joined.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sanyan.core.errors import BadInputError
from sanyan.core.indicators.definitions import Direction, Kind, Rollup
from sanyan.core.indicators.values import default_rollup

CALENDARS = ("be", "ce")
DECIMALS = ("point", "comma")
_FIELD = re.compile(r"\{(year|indicator|month)\}")
_FIELD_FORMS = {"year": r"(?P<year>\d{4})", "indicator": r"(?P<indicator>.+?)", "month": r"(?P<month>\d{1,2})"}


@dataclass(frozen=True)
class PanelPeriod:
    """Where the year stands: a `column`, or the headings themselves by `pattern`.

    `calendar` is "be" (2568) or "ce" (2025). `month` is the month of the fiscal year that a whole year's
    figure belongs to; a heading with {month} tells its own.
    """

    column: str = ""
    calendar: str = "be"
    month: int = 12
    pattern: str = ""

    @cached_property
    def headings(self) -> re.Pattern[str] | None:
        """The pattern as a regular expression for headings, None where the period is a column."""
        if not self.pattern:
            return None
        parts = _FIELD.split(self.pattern)
        return re.compile("".join(_FIELD_FORMS[p] if at % 2 else re.escape(p) for at, p in enumerate(parts)))


@dataclass(frozen=True)
class PanelIndicator:
    """One indicator of the table, and what it is, for a framework to be made of it.

    `column` is the heading of its figures, or in the long layout (and in "{indicator}_{year}") the name it
    goes by; empty for one that is only worked out from parts. `numerator` and `denominator` are headings; a
    denominator without a numerator is the weight of a mean (`mean_of` names what it counts).
    """

    code: str
    column: str = ""
    numerator: str = ""
    denominator: str = ""
    name_th: str = ""
    name_en: str = ""
    kind: Kind = Kind.NUMBER
    unit_th: str = ""
    unit_en: str = ""
    direction: Direction = Direction.NONE
    rollup: Rollup | None = None
    low: float | None = None
    high: float | None = None
    per: float | None = None
    decimals: int = 1
    mean_of: str = ""
    policy_area: str = ""

    @property
    def name(self) -> str:
        """What the table calls it."""
        return self.column or self.code

    @property
    def has_parts(self) -> bool:
        """Whether it is a numerator over a denominator."""
        return bool(self.numerator and self.denominator)

    @property
    def scale(self) -> float:
        """What a quotient is multiplied by: as given, else 100 for a percent and 1 for all others."""
        return self.per if self.per is not None else 100.0 if self.kind is Kind.PERCENT else 1.0

    @property
    def rolls_up_by(self) -> Rollup:
        """The roll-up as given, else the usual one of its kind."""
        return self.rollup or default_rollup(self.kind, has_parts=self.has_parts, mean_of=self.mean_of)


@dataclass(frozen=True)
class PanelOrganisations:
    """What to do about units that the registry does not know: make them (`create`) or leave their rows
    out."""

    create: bool = False
    kind: str = "area"
    under: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class PanelMapping:
    """The whole mapping. Columns are named by their headings; `ignore` names those that are left out on
    purpose."""

    framework: str
    unit: tuple[str, ...]
    period: PanelPeriod
    indicators: tuple[PanelIndicator, ...]
    framework_th: str = ""
    framework_en: str = ""
    owner: str = ""
    sheet: str = ""
    header_row: int = 1
    unit_name: str = ""
    region: str = ""
    size: str = ""
    indicator_column: str = ""
    value_column: str = ""
    numerator_column: str = ""
    denominator_column: str = ""
    ignore: tuple[str, ...] = ()
    organisations: PanelOrganisations = PanelOrganisations()
    missing_marks: tuple[str, ...] = ()
    decimal: str = "point"

    @property
    def is_long(self) -> bool:
        """Whether a column names the indicator of each row."""
        return bool(self.indicator_column)

    def organisation_code(self, unit: str) -> str:
        """The registry's code for a unit of the table: the prefix and the unit, blanks as hyphens."""
        return self.organisations.prefix + "-".join(unit.split())

    def to_dict(self) -> dict[str, Any]:
        """As plain values for YAML and JSON; what has its usual value is left out."""
        return _plain(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> PanelMapping:
        """Read what `to_dict` writes; raise BadInputError naming the key that is wrong."""
        if not isinstance(raw, Mapping):
            raise _wrong("", "ต้องเป็นรายการชื่อและค่า", "must be a list of names and values")
        given = dict(raw)
        unit = given.get("unit")
        if isinstance(unit, str):
            given["unit"] = [unit]
        mapping: PanelMapping = _built(cls, given, "")
        _check(mapping)
        return mapping


_PARTS: dict[str, type[Any]] = {"period": PanelPeriod, "organisations": PanelOrganisations}
_CHOICES: dict[str, type[Kind] | type[Direction] | type[Rollup]] = {"direction": Direction, "rollup": Rollup}


def _plain(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in dataclasses.fields(value):
        held = getattr(value, item.name)
        if held == item.default:
            continue
        if dataclasses.is_dataclass(held):
            held = _plain(held)
        elif isinstance(held, tuple):
            held = [_plain(each) if dataclasses.is_dataclass(each) else each for each in held]
        elif isinstance(held, Kind | Direction | Rollup):
            held = held.value
        found[item.name] = held
    return found


def _built(cls: type[Any], raw: object, at: str) -> Any:
    if not isinstance(raw, Mapping):
        raise _wrong(at, "ต้องเป็นรายการชื่อและค่า", "must be a list of names and values")
    fields = {item.name: item for item in dataclasses.fields(cls)}
    for name in raw:
        if name not in fields:
            raise _wrong(f"{at}{name}", "ไม่รู้จักชื่อนี้", f"is not known; use one of {', '.join(fields)}")
    needed = [name for name, item in fields.items() if item.default is dataclasses.MISSING and name not in raw]
    if needed:
        raise _wrong(f"{at}{needed[0]}", "ยังไม่ได้ระบุ", "is needed")
    values = {name: _value(fields[name].type, name, held, at) for name, held in raw.items()}
    return cls(**values)


def _value(declared: object, name: str, held: object, at: str) -> Any:  # noqa: PLR0911 - one line for each type
    if name in _PARTS:
        return _built(_PARTS[name], held, f"{at}{name}.")
    if name == "indicators":
        items = _listed(held, f"{at}{name}")
        return tuple(_built(PanelIndicator, item, f"indicators[{n}].") for n, item in enumerate(items, start=1))
    choices = Kind if declared == "Kind" else _CHOICES.get(name)
    if choices is not None:
        if held not in [choice.value for choice in choices]:
            raise _wrong(f"{at}{name}", "ใช้ค่านี้ไม่ได้", f"must be one of {', '.join(choices)}")
        return choices(str(held))
    if declared == "tuple[str, ...]":
        return tuple(str(item) for item in _listed(held, f"{at}{name}"))
    if declared == "bool":
        if not isinstance(held, bool):
            raise _wrong(f"{at}{name}", "ต้องเป็น true หรือ false", "must be true or false")
        return held
    if declared in ("int", "float | None"):
        return _number(held, f"{at}{name}", whole=declared == "int")
    if not isinstance(held, str | int | float) or isinstance(held, bool):
        raise _wrong(f"{at}{name}", "ต้องเป็นข้อความ", "must be text")
    return str(held)


def _listed(held: object, at: str) -> list[object]:
    if not isinstance(held, list | tuple):
        raise _wrong(at, "ต้องเป็นรายการ", "must be a list")
    return list(held)


def _number(held: object, at: str, *, whole: bool) -> float | None:
    if held is None and not whole:
        return None
    if isinstance(held, bool) or not isinstance(held, int if whole else int | float):
        raise _wrong(at, "ต้องเป็นตัวเลข", "must be a number")
    return held


def _check(mapping: PanelMapping) -> None:
    period = mapping.period
    if period.calendar not in CALENDARS:
        raise _wrong("period.calendar", "ใช้ be (พ.ศ.) หรือ ce (ค.ศ.)", "must be be or ce")
    if not 1 <= period.month <= 12:
        raise _wrong("period.month", "ต้องอยู่ระหว่าง 1-12", "must be within 1-12")
    if bool(period.column) == bool(period.pattern):
        raise _wrong("period", "ระบุ column หรือ pattern อย่างใดอย่างหนึ่ง", "needs a column or a pattern, not both")
    if period.pattern and period.pattern.count("{year}") != 1:
        raise _wrong("period.pattern", "ต้องมี {year} หนึ่งที่", "must hold {year} once")
    if mapping.decimal not in DECIMALS:
        raise _wrong("decimal", "ใช้ point หรือ comma", "must be point or comma")
    if not mapping.unit:
        raise _wrong("unit", "ยังไม่ได้ระบุคอลัมน์ของหน่วยงาน", "needs a column")
    if not mapping.indicators:
        raise _wrong("indicators", "ยังไม่ได้ระบุตัวชี้วัด", "needs an indicator")
    codes = [item.code for item in mapping.indicators]
    if len(set(codes)) < len(codes):
        raise _wrong("indicators", "มีรหัสตัวชี้วัดซ้ำกัน", "hold a code twice")


def _wrong(at: str, th: str, en: str) -> BadInputError:
    return BadInputError(
        "panel-mapping-wrong",
        f"ผังการนำเข้ายังใช้ไม่ได้ที่ “{at or 'ทั้งไฟล์'}”: {th}",
        f"The mapping cannot be used yet: {at or 'it'} {en}.",
        next_th="แก้ผังการนำเข้า (YAML) แล้วลองอีกครั้ง",
        next_en="Correct the mapping (YAML), then try again.",
        place=at,
    )
