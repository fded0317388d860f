"""A small grammar: clauses with [one|of|these] and {slots}, grouped into themes by the field they are for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sanyan.core.practice.seeding import Dice

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Theme:
    """What areas write about one topic. `clauses` holds templates by narrative field; "cite CODE" fields hold
    sentences that quote the area's own figure of an indicator."""

    key: str
    policy_area: str
    clauses: Mapping[str, tuple[str, ...]]

    @property
    def cites(self) -> tuple[str, ...]:
        """Codes of indicators whose figures the theme can quote."""
        return tuple(name.removeprefix("cite ") for name in self.clauses if name.startswith("cite "))


def theme(key: str, policy_area: str, text: str) -> Theme:
    """Read a theme from lines: "# field" opens a field, each further line is one clause."""
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (raw.strip() for raw in text.strip().splitlines()):
        if line.startswith("# "):
            current = fields.setdefault(line[2:], [])
        elif line:
            current.append(line)
    return Theme(key, policy_area, {name: tuple(lines) for name, lines in fields.items()})


@lru_cache(maxsize=4096)
def _parsed(template: str) -> tuple[tuple[str, ...], ...]:
    parts = _CHOICE.split(template)
    return tuple(tuple(part.split("|")) if i % 2 else (part,) for i, part in enumerate(parts))


@lru_cache(maxsize=4096)
def _slots(template: str) -> frozenset[str]:
    return frozenset(_SLOT.findall(template))


def expand(template: str, facts: Mapping[str, str], dice: Dice) -> str:
    """One sentence: choices drawn, slots filled from `facts`; fresh numbers for {few}, {some}, {many}."""
    text = "".join(part[0] if len(part) == 1 else dice.pick(part) for part in _parsed(template))
    slots = _slots(text)
    if not slots:
        return text
    fresh = {"few": (2, 5), "some": (6, 14), "many": (20, 60), "percent": (70, 96)}
    values = {name: str(dice.between(*fresh[name])) if name in fresh else facts[name] for name in slots}
    return _SLOT.sub(lambda match: values[match[1]], text)


def clause_count(themes: tuple[Theme, ...]) -> int:
    """How many clause templates there are in all."""
    return sum(len(lines) for item in themes for lines in item.clauses.values())
