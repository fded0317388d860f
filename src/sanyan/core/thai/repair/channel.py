"""How dear it is to believe that a piece of text was once a given word: the damage between the two, in nats."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from sanyan.core.thai.repair.values import Damage

_MARKS = frozenset(chr(code) for code in (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F)))
_AM, _AA, _MAI_THO = "\u0e33", "\u0e32", "\u0e49"
_LETTERS = frozenset(chr(code) for code in range(0xE01, 0xE4F)) - _MARKS
_NEXT_MISSING = 0.5  # of the cost, for a further mark that the same word lacks
_AGAIN = 0.2  # of the cost, for a mark that moved along with another
_FURTHER = 0.4  # of the cost, for each letter further than the next, and for moving towards the front
_FAR = 3  # letters that a mark may have moved


@dataclass(frozen=True)
class Costs:
    """What each kind of damage costs, as minus the logarithm of how often it is met."""

    missing: float
    extra: float
    moved: float
    wrong_mark: float
    split_am: float
    dropped_am: float
    lost_am: float
    mai_tho_am: float
    am_for_aa: float
    space: float
    line_end: float
    space_at_mark: float
    sign: float
    unknown: float  # a letter that belongs to no word
    loose: float  # a mark on no letter, left as it is
    twice: float  # syllables that are written twice
    strange: float  # a sign on a Thai letter, left as it is


@dataclass
class _Piece:
    """The letters of a piece of text, what stands on each, and what stands before each."""

    letters: list[str]
    marks: list[str]
    loose: list[str]  # marks behind a blank
    signs: list[int]  # foreign characters in the place of marks
    gaps: list[str]  # blanks before the letter


def explained(raw: str, word: str, costs: Costs) -> tuple[float, Damage] | None:
    """The cost of `raw` as a damaged `word`, and the damage that weighs most; None where it cannot be that word."""
    seen, meant = _pieces(raw), _pieces(word)
    if seen is None or meant is None:
        return None
    bill = _Bill(costs)
    if not _level(seen, meant, bill):
        return None
    _sara_am(seen, meant, bill)
    if not _marks(seen, meant, bill):
        return None
    _gaps(seen, bill)
    return bill.total, bill.worst()


class _Bill:
    def __init__(self, costs: Costs) -> None:
        self.costs = costs
        self.total = 0.0
        self.by_kind: Counter[Damage] = Counter()
        self.cheap_gaps: set[int] = set()  # before these letters a blank came with other damage

    def add(self, kind: Damage, cost: float) -> None:
        self.total += cost
        self.by_kind[kind] += 1

    def worst(self) -> Damage:
        order = list(Damage)
        return max(self.by_kind, key=lambda kind: (self.by_kind[kind], -order.index(kind)), default=Damage.MOVED_MARK)


def _pieces(text: str) -> _Piece | None:
    piece = _Piece([], [], [], [], [])
    gap, pending, pending_signs = "", "", 0
    for character in text:
        if character in _LETTERS:
            piece.letters.append(character)
            piece.marks.append("")
            piece.loose.append(pending)
            piece.signs.append(pending_signs)
            piece.gaps.append(gap)
            gap, pending, pending_signs = "", "", 0
        elif character in _MARKS:
            if not piece.letters:
                pending += character
            elif gap:
                piece.loose[-1] += character
            else:
                piece.marks[-1] += character
        elif character.isspace():
            gap += character
        elif piece.letters:
            piece.signs[-1] += 1
        else:
            pending_signs += 1
    if piece.letters and gap:
        piece.gaps.append(gap)
    return piece if piece.letters else None


def _level(seen: _Piece, meant: _Piece, bill: _Bill) -> bool:
    """Take from the word each sara am of which nothing is left, so that both have the same letters."""
    if len(seen.letters) == len(meant.letters):
        return True
    place = 0
    while place < len(meant.letters):
        lost = meant.letters[place] == _AM and (place >= len(seen.letters) or seen.letters[place] not in (_AM, _AA))
        if not lost:
            place += 1
            continue
        del meant.letters[place], meant.marks[place], meant.gaps[place], meant.loose[place], meant.signs[place]
        if place and _MAI_THO in seen.marks[place - 1] and _MAI_THO not in meant.marks[place - 1]:
            seen.marks[place - 1] = seen.marks[place - 1].replace(_MAI_THO, "", 1)
            bill.add(Damage.WRONG_LETTER, bill.costs.mai_tho_am)
        elif place and seen.signs[place - 1]:
            seen.signs[place - 1] -= 1
            bill.add(Damage.GLYPH_AS_SIGN, bill.costs.sign)
        else:
            bill.add(Damage.DROPPED_SARA_AM, bill.costs.lost_am)
    return len(seen.letters) == len(meant.letters)


def _sara_am(seen: _Piece, meant: _Piece, bill: _Bill) -> None:
    for place, (given, wanted) in enumerate(zip(seen.letters, meant.letters, strict=True)):
        if given == wanted:
            continue
        if wanted != _AM:
            bill.add(Damage.WRONG_LETTER, bill.costs.am_for_aa)
            continue
        before = place - 1
        if before >= 0 and _MAI_THO in seen.marks[before] and _MAI_THO not in meant.marks[before]:
            seen.marks[before] = seen.marks[before].replace(_MAI_THO, "", 1)
            bill.add(Damage.WRONG_LETTER, bill.costs.mai_tho_am)
        elif before >= 0 and seen.signs[before]:
            seen.signs[before] -= 1
            bill.add(Damage.GLYPH_AS_SIGN, bill.costs.sign)
        elif seen.gaps[place]:
            bill.add(Damage.SPLIT_SARA_AM, bill.costs.split_am)
        else:
            bill.add(Damage.DROPPED_SARA_AM, bill.costs.dropped_am)
        bill.cheap_gaps.add(place)


def _marks(seen: _Piece, meant: _Piece, bill: _Bill) -> bool:
    missing = [_less(meant.marks[k], seen.marks[k]) for k in range(len(meant.letters))]
    extra = [_less(seen.marks[k], meant.marks[k]) for k in range(len(meant.letters))]
    for place, (given, wanted) in enumerate(zip(seen.marks, meant.marks, strict=True)):
        if given != wanted and not missing[place] and not extra[place]:
            bill.add(Damage.MOVED_MARK, 0.5)
    _moved(extra, missing, bill, loose=False)
    loose = list(seen.loose)
    _moved(loose, missing, bill, loose=True)
    for place, count in enumerate(seen.signs):
        for _ in range(count):
            at = next((k for k in (place, place - 1) if k >= 0 and missing[k]), None)
            if at is None:
                return False
            missing[at] = missing[at][1:]
            bill.add(Damage.GLYPH_AS_SIGN, bill.costs.sign)
    costs, is_first = bill.costs, True
    for place in range(len(missing)):
        pairs = min(len(missing[place]), len(extra[place]))
        for _ in range(pairs):
            bill.add(Damage.WRONG_LETTER, costs.wrong_mark)
        for _ in range(len(missing[place]) - pairs):
            bill.add(Damage.MISSING_MARK, costs.missing * (1 if is_first else _NEXT_MISSING))
            is_first = False
        for _ in range(len(extra[place]) - pairs + len(loose[place])):
            bill.add(Damage.DOUBLED, costs.extra)
    return math.isfinite(bill.total)


def _moved(extra: list[str], missing: list[str], bill: _Bill, *, loose: bool) -> None:
    """Match marks that stand on one letter with the same marks missing on another near by."""
    together: set[tuple[int, int]] = set()
    for place, marks in enumerate(extra):
        for mark in marks:
            near = sorted(
                range(max(0, place - _FAR), min(len(missing), place + _FAR + 1)), key=lambda k: abs(place - k)
            )
            at = next((k for k in near if mark in missing[k] and (loose or k != place)), None)
            if at is None:
                continue
            missing[at] = missing[at].replace(mark, "", 1)
            extra[place] = extra[place].replace(mark, "", 1)
            share = (
                0.3 if loose else _AGAIN if (place, at) in together else 1 + _FURTHER * (abs(place - at) - (at < place))
            )
            together.add((place, at))
            bill.add(Damage.MOVED_MARK, bill.costs.moved * share)
            bill.cheap_gaps.update((place, place + 1))


def _gaps(seen: _Piece, bill: _Bill) -> None:
    costs = bill.costs
    for place, gap in enumerate(seen.gaps):
        if not gap or (not place and not seen.loose[0]):
            continue
        if place in bill.cheap_gaps or (place and place <= len(seen.loose) and seen.loose[place - 1]):
            bill.add(Damage.STRAY_SPACE, costs.space_at_mark)
        else:
            bill.add(Damage.STRAY_SPACE, costs.line_end if "\n" in gap else costs.space)


def _less(marks: str, others: str) -> str:
    """`marks` without those that are also among `others`."""
    if not others:
        return marks
    for mark in others:
        marks = marks.replace(mark, "", 1)
    return marks
