"""Runs of text that lost all their marks, read by the words whose letters they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from sanyan.core.thai.repair.changes import Change
from sanyan.core.thai.repair.channel import Costs
from sanyan.core.thai.repair.decoding import Reader, blocks
from sanyan.core.thai.repair.glyphs import ONE_MARK
from sanyan.core.thai.repair.values import Damage

_PART = re.compile("\\S+|[^\\S\n]+|\n")
_LETTERS = re.compile("[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e44]")
_MOST_MARKED = 0.03  # of the letters; in sound text a third is
_FEWEST = 8  # letters; fewer prove nothing
_GAIN = 12.0  # nats by which the reading has to be better


def unstripped(text: str, costs: Costs) -> Iterator[Change]:
    """Runs without marks, with the marks of the likeliest words where those make a clearly better reading."""
    for start, end in _bare_runs(text):
        run = text[start:end]
        plain = sum(_reader(costs).read(run, part)[0] for part in blocks(run))
        read = [_stripped(costs).read(run, part) for part in blocks(run)]
        if plain - sum(cost for cost, _ in read) < _GAIN:
            continue
        for change in chain.from_iterable(changes for _, changes in read):
            if "." not in run[max(0, change.start - 1) : change.end + 1]:  # an abbreviation is no word
                yield Change(start + change.start, start + change.end, change.made, Damage.MISSING_MARK)


def _bare_runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a line in which letters have next to no marks."""
    start = letters = end = 0
    for part in _PART.finditer(text):
        of_part, on_part = len(_LETTERS.findall(part[0])), len(ONE_MARK.findall(part[0]))
        if part[0] == "\n" or on_part > _MOST_MARKED * of_part:
            if letters >= _FEWEST:
                yield start, end
            start, letters = part.end(), 0
        elif of_part:
            letters, end = letters + of_part, part.end()
    if letters >= _FEWEST:
        yield start, end


@lru_cache(maxsize=2)
def _reader(costs: Costs) -> Reader:
    return Reader(costs)


@lru_cache(maxsize=2)
def _stripped(costs: Costs) -> Reader:
    return Reader(replace(costs, missing=0.05, dropped_am=1.0))
