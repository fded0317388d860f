"""What a file of pupils (or of other rows within units) holds and how its units are to be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanyan.core.evaluating.specs import ABOUT, SpecReader
from sanyan.core.indicators.definitions import Direction

# The first name of each is ours; the others are what people who fit such models call it.
UNIT = ("unit", "group", "school", "cluster")
OUTCOME = ("outcome", "y", "response", "score", "value", "indicator")
CONTEXT = ("context", "x", "fixed", "covariates", "covariate", "predictors", "controls", "prior")
CATEGORIES = ("categories", "categorical")
OTHERS = (*ABOUT, "direction", "id")


@dataclass(frozen=True)
class CompareSpec:
    """`unit` is the column whose values are compared, `outcome` the column they are compared on, each row one case.

    `context` are the columns that are taken into account, numbers or words; `categories` those of them whose numbers
    are only names. `id` names a column that is unique within a unit, "" where there is none. `unread` are fields of
    the specification that nothing reads.
    """

    unit: str
    outcome: str
    context: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    direction: Direction = Direction.HIGHER
    id: str = ""
    unread: tuple[str, ...] = ()


def read_compare_spec(document: object, *, place: str = "") -> CompareSpec:
    """The specification from a parsed document: `unit`, `outcome`, and if wanted `context`, `categories`, `direction`
    (higher, where left out) and `id`; other usual names are understood, and so is a single entry of `indicators` as in
    a panel's specification.

    Raise BadInputError naming the field that is missing, of the wrong sort, or given under two names.
    """
    reader = _of_one_indicator(SpecReader.of(document, place))
    context, categories = _texts(reader, CONTEXT), _texts(reader, CATEGORIES)
    unit, outcome = _field(reader, UNIT), _field(reader, OUTCOME)
    if unit == outcome or unit in context or outcome in context:
        raise reader.fault(CONTEXT[0] if unit != outcome else OUTCOME[0])
    known = {*UNIT, *OUTCOME, *CONTEXT, *CATEGORIES, *OTHERS}
    return CompareSpec(
        unit=unit,
        outcome=outcome,
        context=tuple(dict.fromkeys((*context, *categories))),
        categories=categories,
        direction=reader.direction(default=Direction.HIGHER),
        id=reader.text("id", ""),
        unread=tuple(name for name in reader.document if name not in known),
    )


def _of_one_indicator(reader: SpecReader) -> SpecReader:
    """With the one entry of `indicators`, where no outcome is named, as the outcome."""
    held = reader.document.get("indicators")
    if _given(reader, OUTCOME) or not isinstance(held, Mapping) or len(held) != 1:
        return reader
    [(name, options)] = held.items()
    inner = {str(key): value for key, value in options.items()} if isinstance(options, Mapping) else {}
    rest = {key: value for key, value in reader.document.items() if key != "indicators"}
    return SpecReader({**inner, **rest, OUTCOME[0]: name}, reader.place)


def _field(reader: SpecReader, names: tuple[str, ...]) -> str:
    return reader.text(_given(reader, names) or names[0])


def _texts(reader: SpecReader, names: tuple[str, ...]) -> tuple[str, ...]:
    return reader.texts(_given(reader, names) or names[0])


def _given(reader: SpecReader, names: tuple[str, ...]) -> str:
    """The one name of a field that stands there; raise BadInputError for two."""
    found = [name for name in names if reader.has(name)]
    if len(found) > 1:
        raise reader.fault(" / ".join(found))
    return found[0] if found else ""
