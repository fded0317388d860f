"""What a panel file holds and what is to be forecast in it: the specification beside the data."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sanyan.core.errors import BadInputError
from sanyan.core.indicators.definitions import Direction

LONGEST_NUMBER = 15  # digits
ABOUT = ("file", "title")  # what a specification may say of itself
PANEL_FIELDS = (*ABOUT, "unit", "time", "step", "region", "size", "context", "indicators", "tests")
INDICATOR_FIELDS = ("direction", "bounds", "log", "max_valid", "tests")


@dataclass(frozen=True)
class IndicatorSpec:
    """One column to look at. With `log` the column is worked with on the natural log; values above `max_valid` are
    dirt and count as missing. `tests` are the times to forecast."""

    name: str
    direction: Direction
    bounds: tuple[float, float] | None = None
    log: bool = False
    max_valid: float | None = None
    tests: tuple[int, ...] = ()


@dataclass(frozen=True)
class PanelSpec:
    """The columns of a panel file. `step` is the distance between two times; `region` and `size` may be "". `unread`
    are fields that nothing reads."""

    unit: str
    time: str
    indicators: tuple[IndicatorSpec, ...]
    step: int = 1
    region: str = ""
    size: str = ""
    context: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpecReader:
    """Reads the fields of a specification parsed from YAML; each error names the field. `place` is the file."""

    document: Mapping[str, object]
    place: str = ""

    @classmethod
    def of(cls, document: object, place: str = "") -> SpecReader:
        """A reader of a whole document; raise BadInputError where it is no mapping of fields."""
        if not isinstance(document, Mapping):
            raise cls({}, place).fault("-")
        return cls({str(name): value for name, value in document.items()}, place)

    def has(self, name: str) -> bool:
        """Whether a field is there and not empty."""
        return self.document.get(name) not in (None, "")

    def text(self, name: str, default: str | None = None) -> str:
        """A field's text; the default where it is left out, an error where there is no default."""
        value = self.document.get(name, default)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int) or (default is None and not str(value).strip()):
            raise self.fault(name)
        return str(value).strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is left out. One text alone counts as a list of it."""
        return tuple(str(value).strip() for value in self._list(name) if self._is_name(name, value))

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number; the default where it is left out."""
        value = self.document.get(name)
        if value is None and default is not None:
            return default
        found = _float(value)
        if found is None:
            raise self.fault(name)
        return found

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number; the default where it is left out."""
        value = self.number(name, None if default is None else float(default))
        if value != int(value):
            raise self.fault(name)
        return int(value)

    def wholes(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers, each once, also where they are quoted; empty where it is left out."""
        return tuple(dict.fromkeys(self._whole(name, value) for value in self._list(name)))

    def flag(self, name: str) -> bool:
        """A switch; off where it is left out."""
        value = self.document.get(name, False)
        if not isinstance(value, bool):
            raise self.fault(name)
        return value

    def direction(self, name: str = "direction", default: Direction | None = None) -> Direction:
        """Which way is good: higher or lower."""
        if not self.has(name) and default is not None:
            return default
        value = self.document.get(name)
        if value not in (Direction.HIGHER.value, Direction.LOWER.value):
            raise self.fault(name)
        return Direction(str(value))

    def part(self, name: str) -> SpecReader:
        """A field that holds fields of its own."""
        value = self.document.get(name)
        if not isinstance(value, Mapping):
            raise self.fault(name)
        return SpecReader({str(key): held for key, held in value.items()}, self.place)

    def fault(self, name: str) -> BadInputError:
        """The error of a field that is missing or not of its sort."""
        return BadInputError(
            "evaluation-spec",
            f"ไฟล์กำหนดการประเมินยังไม่สมบูรณ์ที่ช่อง {name}",
            f"The specification is not complete, or not of its sort, at: {name}.",
            next_th="แก้ช่องนี้ตามตัวอย่างใน docs/how-to/evaluate.md แล้วลองใหม่",
            next_en="Mend this field after the examples in docs/how-to/evaluate.md and try again.",
            place=self.place,
        )

    def unread(self, known: Collection[str], within: str = "") -> tuple[str, ...]:
        """The fields that are not among those known, by their name `within` the document."""
        return tuple(f"{within}{name}" for name in self.document if name not in known)

    def _whole(self, name: str, value: object) -> int:
        is_quoted = isinstance(value, str) and value.strip().isdecimal() and len(value) <= LONGEST_NUMBER
        number = _float(int(str(value)) if is_quoted else value)
        if number is None or number != int(number):
            raise self.fault(name)
        return int(number)

    def _list(self, name: str) -> Sequence[object]:
        value = self.document.get(name)
        if value is None:
            return ()
        if isinstance(value, str | int | float):
            return (value,)
        if not isinstance(value, Sequence):
            raise self.fault(name)
        return value

    def _is_name(self, name: str, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
            raise self.fault(name)
        return True


def read_panel_spec(document: object, *, place: str = "") -> PanelSpec:
    """A panel's specification from a parsed document; raise BadInputError naming the field that is wrong."""
    reader = SpecReader.of(document, place)
    common = reader.wholes("tests")
    indicators = reader.part("indicators")
    named = tuple(_indicator(indicators.part(name), name, common) for name in indicators.document)
    if not named:
        raise reader.fault("indicators")
    step = reader.whole("step", 1)
    if step < 1:
        raise reader.fault("step")
    return PanelSpec(
        unit=reader.text("unit"),
        time=reader.text("time"),
        indicators=named,
        step=step,
        region=reader.text("region", ""),
        size=reader.text("size", ""),
        context=reader.texts("context"),
        unread=(*reader.unread(PANEL_FIELDS), *_unread_of(indicators)),
    )


def _unread_of(indicators: SpecReader) -> Iterator[str]:
    for name in indicators.document:
        yield from indicators.part(name).unread(INDICATOR_FIELDS, f"indicators.{name}.")


def _float(value: object) -> float | None:
    """A finite number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:  # a whole number of more than 308 digits
        return None


def _indicator(reader: SpecReader, name: str, common: tuple[int, ...]) -> IndicatorSpec:
    return IndicatorSpec(
        name=name,
        direction=reader.direction(),
        bounds=_bounds(reader),
        log=reader.flag("log"),
        max_valid=reader.number("max_valid") if reader.has("max_valid") else None,
        tests=reader.wholes("tests") or common,
    )


def _bound(value: object) -> float | None:
    return value if isinstance(value, float) and math.isinf(value) else _float(value)


def _bounds(reader: SpecReader) -> tuple[float, float] | None:
    value = reader.document.get("bounds")
    if value is None:
        return None
    pair = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []
    numbers = [number for item in pair if (number := _bound(item)) is not None]
    if len(pair) != 2 or len(numbers) != 2 or not numbers[0] < numbers[1]:
        raise reader.fault("bounds")
    return numbers[0], numbers[1]
