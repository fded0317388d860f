"""Blanks between whole words that the same damage left which left others within words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sanyan.core.thai.repair.changes import Change
from sanyan.core.thai.repair.glyphs import MARK, THAI
from sanyan.core.thai.repair.values import Damage

_BEHIND_MARK = re.compile(f"[{MARK}] (?=[{THAI}])")
_ENDS_MARKED = re.compile(f"[{MARK}]$")
_BLANK = re.compile(f"(?<=[{THAI}]) (?=[{THAI}])")
_WITH_BLANK = 0.5  # moved marks within words that have a blank behind them, for each that has none
_AT_WORDS_END = 0.25  # blanks put anywhere fall between words this often for each within one
_LIKELY = 0.55
_FEWEST = 3


def with_blanks(text: str, changes: Sequence[Change]) -> list[Change]:
    """`changes`, and the blanks that go with them: those behind a mark that moved past the end of its word, where such
    marks within words have one; and those between words, where so many stand within words that most must be stray."""
    return [*_strays(text, changes), *_behind_moved(text, changes)]


def _behind_moved(text: str, changes: Sequence[Change]) -> Iterator[Change]:
    moved = [change for change in changes if change.kind in (Damage.MOVED_MARK, Damage.STRAY_SPACE)]
    blanks = [len(_BEHIND_MARK.findall(text[change.start : change.end])) for change in moved]
    inside = sum(map(bool, blanks))
    plain = sum(not count and not _leaves_end(text, change) for change, count in zip(moved, blanks, strict=True))
    is_usual = inside > _WITH_BLANK * plain
    for change in changes:
        if is_usual and _leaves_end(text, change) and re.match(f" [ {THAI}]", text[change.end : change.end + 2]):
            yield replace(change, end=change.end + 1)
        else:
            yield change


def _leaves_end(text: str, change: Change) -> bool:
    """Whether the word ended with a mark that belongs further in."""
    return bool(_ENDS_MARKED.search(text[change.start : change.end])) and not _ENDS_MARKED.search(change.made)


def _strays(text: str, changes: Sequence[Change]) -> Iterator[Change]:
    within = {
        change.start + blank.start()
        for change in changes
        if change.kind is not Damage.SPLIT_SARA_AM
        for blank in re.finditer(" ", text[change.start : change.end])
        if not _BEHIND_MARK.match(text, change.start + blank.start() - 1)
    }
    taken = [(change.start, change.end) for change in changes]
    between = [found.start() for found in _BLANK.finditer(text)]
    inside_any = {place for start, end in taken for place in range(start, end)} if within else set()
    between = [place for place in between if place not in inside_any]
    if len(within) >= _FEWEST and between and _AT_WORDS_END * len(within) > _LIKELY * len(between):
        for place in between:
            yield Change(place, place + 1, "", Damage.STRAY_SPACE)
