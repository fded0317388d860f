"""Cases chosen for seats by signed criteria, spread over the country, with a reason for each that is chosen and each
that is not (after Most Significant Change: Davies and Dart, 2005). A suggestion: people decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sanyan.core.cases.criteria import MOST, SelectionRule
from sanyan.core.signed_documents import Words

DIMENSIONS: dict[str, Words] = {
    "region": Words("เขตตรวจราชการ", "region"),
    "area_type": Words("ประเภทเขต", "type of area"),
    "size_band": Words("ขนาดเขต", "size of area"),
}


@dataclass(frozen=True)
class Candidate:
    """A case that stands for selection. `scores` are 0-3 by criterion, None or absent where nobody has scored."""

    id: str
    scores: Mapping[str, float | None]
    region: str = ""
    area_type: str = ""
    size_band: str = ""


@dataclass(frozen=True)
class Judged:
    """A candidate with its total (0-100, None where a score is missing), and why it is chosen or not."""

    id: str
    total: float | None
    chosen: bool
    reason: Words
    tied_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    """Every candidate once: chosen in the order they were taken, the others by total."""

    chosen: tuple[Judged, ...]
    not_chosen: tuple[Judged, ...]


def total(scores: Mapping[str, float | None], rule: SelectionRule) -> float | None:
    """The weighted mean of the scores as 0-100; None where a criterion is not scored: missing is not zero."""
    given = [(item.weight, scores.get(item.code)) for item in rule.criteria]
    if any(score is None for _, score in given):
        return None
    whole = sum(weight for weight, _ in given)
    return 100 * sum(weight * (score or 0.0) for weight, score in given) / (whole * MOST)


def places_for(seats: int, share: float) -> int:
    """How many of the seats one region (or type, or size) may take: its share rounded up, at least one."""
    return max(1, ceil(round(seats * share, 9)))


def select(candidates: Sequence[Candidate], *, seats: int, rule: SelectionRule) -> Selection:
    """Take candidates from the highest total down while their region, type and size have room.

    Equal totals go first to the region that has fewest so far, then in the order of their ids, so that the same
    candidates always give the same answer; ties across the line are told. Seats stay empty rather than break the
    spread or go below the least total. Raise ValueError for no seats or two candidates of one id.
    """
    if seats < 1 or len({item.id for item in candidates}) != len(candidates):
        raise ValueError("selection needs a seat, and candidates with ids of their own")
    totals = {item.id: total(item.scores, rule) for item in candidates}
    waiting = {
        item.id: item for item in candidates if (points := totals[item.id]) is not None and points >= rule.least_total
    }
    taken: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    room = {name: places_for(seats, share) for name, share in rule.spread.items() if name in DIMENSIONS}
    chosen: list[str] = []
    passed: dict[str, str] = {}
    while waiting and len(chosen) < seats:
        next_ = min(waiting.values(), key=lambda item: _order(item, totals, taken))
        del waiting[next_.id]
        full = _full(next_, room, taken)
        if full:
            passed[next_.id] = full
            continue
        chosen.append(next_.id)
        for name in DIMENSIONS:
            taken[name][getattr(next_, name)] += 1
    return _told(candidates, rule, totals, chosen, passed, room)


def _order(
    item: Candidate, totals: Mapping[str, float | None], taken: Mapping[str, Counter[str]]
) -> tuple[float, int, str]:
    return -round(totals[item.id] or 0.0, 6), taken["region"][item.region], item.id


def _full(item: Candidate, room: Mapping[str, int], taken: Mapping[str, Counter[str]]) -> str:
    """The first dimension in which a candidate's kind has no room left; what is not known takes no room."""
    for name, places in room.items():
        kind = getattr(item, name)
        if kind and taken[name][kind] >= places:
            return name
    return ""


def _told(
    candidates: Sequence[Candidate],
    rule: SelectionRule,
    totals: Mapping[str, float | None],
    chosen: Sequence[str],
    passed: Mapping[str, str],
    room: Mapping[str, int],
) -> Selection:
    by_id = {item.id: item for item in candidates}
    outside = [item.id for item in candidates if item.id not in chosen]
    ties = {id_: _tied(id_, totals, outside if id_ in chosen else chosen) for id_ in totals}
    taken = tuple(
        Judged(id_, totals[id_], True, _why_chosen(place, totals[id_], ties[id_]), ties[id_])
        for place, id_ in enumerate(chosen, 1)
    )
    left = sorted(outside, key=lambda id_: (totals[id_] is None, -(totals[id_] or 0.0), id_))
    not_taken = tuple(
        Judged(
            id_, totals[id_], False, _why_not(by_id[id_], rule, totals[id_], passed.get(id_, ""), room, ties), ties[id_]
        )
        for id_ in left
    )
    return Selection(taken, not_taken)


def _tied(id_: str, totals: Mapping[str, float | None], others: Sequence[str]) -> tuple[str, ...]:
    own = totals[id_]
    if own is None:
        return ()
    return tuple(other for other in others if (held := totals[other]) is not None and round(held - own, 6) == 0)


def _why_chosen(place: int, points: float | None, tied: Sequence[str]) -> Words:
    th = f"คะแนนรวม {points:.1f} จาก 100 เป็นลำดับที่ {place} ที่ยังมีที่ว่างตามการกระจาย"
    en = f"Total {points:.1f} of 100, number {place} with room left by the spread"
    return _with_ties(th, en, tied)


def _why_not(
    item: Candidate,
    rule: SelectionRule,
    points: float | None,
    full: str,
    room: Mapping[str, int],
    ties: Mapping[str, Sequence[str]],
) -> Words:
    if points is None:
        missing = [c for c in rule.criteria if item.scores.get(c.code) is None]
        th, en = (", ".join(words) for words in zip(*((c.name.th, c.name.en) for c in missing), strict=True))
        return Words(f"ยังไม่มีคะแนน: {th}", f"Not scored yet: {en}")
    if points < rule.least_total:
        return Words(
            f"คะแนนรวม {points:.1f} ยังไม่ถึงเกณฑ์ขั้นต่ำ {rule.least_total:g}",
            f"Total {points:.1f} is below the least, {rule.least_total:g}",
        )
    if full:
        name = DIMENSIONS[full]
        th = f"คะแนนรวม {points:.1f} แต่{name.th}เดียวกันได้ครบ {room[full]} ที่ตามการกระจายแล้ว"
        en = f"Total {points:.1f}, but its {name.en} has the {room[full]} that the spread allows"
        return _with_ties(th, en, ties[item.id])
    th, en = f"คะแนนรวม {points:.1f} ที่นั่งเต็มก่อนถึงลำดับนี้", f"Total {points:.1f}; the seats were full before it"
    return _with_ties(th, en, ties[item.id])


def _with_ties(th: str, en: str, tied: Sequence[str]) -> Words:
    if not tied:
        return Words(th, en)
    return Words(
        f"{th} (คะแนนเท่ากับอีก {len(tied)} เรื่อง ตัดสินด้วยการกระจายเขตตรวจราชการ แล้วตามลำดับรหัส)",
        f"{en} (tied with {len(tied)}; settled by the spread over regions, then by code)",
    )
