"""Numbers written in Thai and Arabic digits at once, put into one script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanyan.core.thai.digits import THAI_DIGITS, to_arabic, to_thai
from sanyan.core.thai.repair.changes import Change
from sanyan.core.thai.repair.values import Damage

_NUMBER = re.compile(r"[0-9๐-๙]+(?:[.,/][0-9๐-๙]+)*")
_OF_BOTH = re.compile(r"[0-9][.,/]?[๐-๙]|[๐-๙][.,/]?[0-9]")


def mixed_digits(text: str) -> Iterator[Change]:
    """Each number of both scripts in one: that of the text's whole numbers where they agree, else of most digits."""
    if not _OF_BOTH.search(text):
        return
    numbers = list(_NUMBER.finditer(text))
    whole = [found[0] for found in numbers if not _OF_BOTH.search(found[0])]
    told = whole or [found[0] for found in numbers]
    are_thai = [_thai_share(number) for number in told]
    usual = sum(are_thai) / len(are_thai)
    for found in numbers:
        if _OF_BOTH.search(found[0]):
            share = _thai_share(found[0])
            is_thai = usual > 0.5 if usual in (0, 1) else share + usual > 1
            yield Change(found.start(), found.end(), (to_thai if is_thai else to_arabic)(found[0]), Damage.MIXED_DIGITS)


def _thai_share(number: str) -> float:
    digits = [letter for letter in number if letter not in ".,/"]
    return sum(letter in THAI_DIGITS for letter in digits) / len(digits)
