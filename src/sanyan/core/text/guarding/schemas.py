"""Closed JSON: schemas in which every value is an id, an enumeration or a short text, and the checking of replies.

The same schema is sent to the model and applied to what comes back, for not every server keeps to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from sanyan.core.text.guarding.outcomes import Reason, reason

LONGEST_REPLY = 200_000  # characters
_KNOWN = {
    "object": {"type", "properties", "required", "additionalProperties"},
    "array": {"type", "items", "minItems", "maxItems"},
    "string": {"type", "enum", "maxLength"},
}


class ReplyError(Exception):
    """A reply that is not JSON as it was asked for."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code)
        self.why = why


def closed(properties: Mapping[str, object]) -> dict[str, object]:
    """An object that has exactly these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def one_of(values: Sequence[str]) -> dict[str, object]:
    """One of some texts."""
    return {"type": "string", "enum": list(values)}


def short_text(longest: int) -> dict[str, object]:
    """A text of at most `longest` characters."""
    return {"type": "string", "maxLength": longest}


def list_of(items: Mapping[str, object], *, least: int = 0, most: int) -> dict[str, object]:
    """A list of `least` to `most` items."""
    return {"type": "array", "items": dict(items), "minItems": least, "maxItems": most}


def read_reply(text: str, schema: Mapping[str, object]) -> object:
    """The reply as values that keep to `schema`; raise ReplyError where it is no JSON, or other JSON."""
    if len(text) > LONGEST_REPLY:
        raise ReplyError(reason("reply-too-long", "คำตอบยาวเกินกำหนด", "The answer is too long."))
    try:
        value: object = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise ReplyError(reason("reply-not-json", "คำตอบไม่ใช่ JSON", "The answer is not JSON.")) from None
    for place in faults(value, schema):
        said = f"The answer breaks its schema at {place}."
        raise ReplyError(reason("reply-schema", f"คำตอบไม่เป็นไปตามแบบที่ {place}", said, place))
    return value


def faults(value: object, schema: Mapping[str, object], place: str = "$") -> Iterator[str]:
    """The places where `value` breaks `schema`; raise ValueError for a schema with words that are not checked here."""
    sort = schema.get("type")
    if not isinstance(sort, str) or not set(schema) <= _KNOWN.get(sort, set()):
        raise ValueError(f"schema at {place} is not closed: {schema}")
    if sort == "object":
        yield from _object_faults(value, schema, place)
    elif sort == "array":
        yield from _array_faults(value, schema, place)
    elif not isinstance(value, str) or not _is_allowed(value, schema):
        yield place


def _object_faults(value: object, schema: Mapping[str, object], place: str) -> Iterator[str]:
    properties = schema["properties"]
    assert isinstance(properties, Mapping)
    if not isinstance(value, Mapping) or set(value) != set(properties):
        yield place
        return
    for name, held in properties.items():
        yield from faults(value[name], held, f"{place}.{name}")


def _array_faults(value: object, schema: Mapping[str, object], place: str) -> Iterator[str]:
    items, least, most = schema["items"], schema["minItems"], schema["maxItems"]
    assert isinstance(items, Mapping)
    assert isinstance(least, int)
    assert isinstance(most, int)
    if not isinstance(value, list) or not least <= len(value) <= most:
        yield place
        return
    for number, held in enumerate(value):
        yield from faults(held, items, f"{place}[{number}]")


def _is_allowed(value: str, schema: Mapping[str, object]) -> bool:
    choices, longest = schema.get("enum"), schema.get("maxLength")
    if isinstance(choices, list) and value not in choices:
        return False
    return not isinstance(longest, int) or len(value) <= longest


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice")
    return made


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
