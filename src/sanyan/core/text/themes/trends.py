"""Themes over rounds, regions and types of area, and beside a number: how many speak of one, and is it changing.

Counts are of areas, never of passages or copies. What stands beside a number is an association, not an effect.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sanyan.core.signed_documents import Words
from sanyan.core.stats.differences import newcombe, paired_change, welch
from sanyan.core.stats.intervals import Interval, wilson
from sanyan.core.stats.suppression import Visibility, visibility

CONFIDENCE = 0.95
ENOUGH_AREAS = 10  # reporting in a round for a verdict on change
ENOUGH_BESIDE = 5  # on each side of a number
ASSOCIATION = Words(
    "เป็นความสัมพันธ์เท่านั้น ไม่ใช่หลักฐานว่าสิ่งหนึ่งทำให้เกิดอีกสิ่งหนึ่ง",
    "This is an association only; it does not show that one brings about the other.",
)


class Course(StrEnum):
    """Which way the share of areas that speak of a theme goes."""

    RISING = "rising"
    FALLING = "falling"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Report:
    """What one area said in one round: the themes it spoke of, none if it reported without any."""

    organisation: str
    round: str
    themes: frozenset[str]
    region: str = ""
    type: str = ""


@dataclass(frozen=True)
class Share:
    """Areas that speak of a theme among those that report. Where `visibility` is HIDDEN, the figures are None."""

    theme: str
    round: str
    group: str
    mentioning: int | None
    reporting: int | None
    share: Interval | None
    visibility: Visibility


@dataclass(frozen=True)
class Change:
    """A theme's share in a round less that in the round before it, -1 to 1, with its interval.

    None and UNCLEAR where areas are too few; the course is told only where the interval leaves out 0.
    """

    theme: str
    before: str
    after: str
    difference: Interval | None
    course: Course
    words: Words


@dataclass(frozen=True)
class ThemeShares:
    """Shares by round in all (`group` ""), by region, by type of area; changes from each round to the next."""

    overall: tuple[Share, ...]
    by_region: tuple[Share, ...]
    by_type: tuple[Share, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class BesideNumber:
    """The mean of a number in areas that speak of a theme less that in areas that do not, in the number's unit."""

    difference: Interval | None
    mentioning: int
    silent: int
    not_known: int
    words: Words
    caution: Words = ASSOCIATION


def theme_shares(
    reports: Iterable[Report], themes: Sequence[str], rounds: Sequence[str], *, confidence: float = CONFIDENCE
) -> ThemeShares:
    """Each theme in each round (given in order of time), Wilson intervals; what an area reports twice is joined."""
    held = _joined(reports)
    overall, by_region, by_type, changes = [], [], [], []
    for theme in themes:
        for number, name in enumerate(rounds):
            own = [report for report in held if report.round == name]
            overall.append(_share(theme, name, "", own, confidence))
            by_region += _by(theme, name, own, [report.region for report in own], confidence)
            by_type += _by(theme, name, own, [report.type for report in own], confidence)
            if number:
                before = [report for report in held if report.round == rounds[number - 1]]
                changes.append(_change(theme, before, own, (rounds[number - 1], name), confidence))
    return ThemeShares(tuple(overall), tuple(by_region), tuple(by_type), tuple(changes))


def theme_beside_number(
    mentions: Sequence[bool],
    values: Sequence[float | None],
    *,
    higher_is_better: bool | None = None,
    confidence: float = CONFIDENCE,
) -> BesideNumber:
    """A number of areas, by whether they speak of a theme; both of shape (areas,), None where a value is not known.

    The interval is Welch's (unequal spreads). Without five known values on each side nothing is told.
    Raise ValueError where the lengths differ.
    """
    if len(mentions) != len(values):
        raise ValueError("there must be a value, or None, for each area")
    known = np.array([math.nan if value is None else value for value in values], dtype=np.float64)
    speaks = np.asarray(mentions, dtype=bool)
    is_known = np.isfinite(known)
    one, other = known[speaks & is_known], known[~speaks & is_known]
    missing = int((~is_known).sum())
    if min(len(one), len(other)) < ENOUGH_BESIDE:
        words = Words("เขตที่มีข้อมูลน้อยเกินกว่าจะเทียบได้", "Too few areas have the number to compare.")
        return BesideNumber(None, len(one), len(other), missing, words)
    difference = welch(one, other, confidence=confidence)
    return BesideNumber(difference, len(one), len(other), missing, _beside_words(difference, higher_is_better))


def _joined(reports: Iterable[Report]) -> list[Report]:
    made: dict[tuple[str, str], Report] = {}
    for report in reports:
        key = (report.organisation, report.round)
        before = made.get(key)
        if before is None:
            made[key] = report
            continue
        both = report.themes | before.themes
        region, sort = before.region or report.region, before.type or report.type
        made[key] = replace(before, themes=both, region=region, type=sort)
    return list(made.values())


def _share(theme: str, name: str, group: str, reports: Sequence[Report], confidence: float) -> Share:
    count = len(reports)
    seen = visibility(count)
    if seen is Visibility.HIDDEN:
        return Share(theme, name, group, None, None, None, seen)
    mentioning = sum(theme in report.themes for report in reports)
    return Share(theme, name, group, mentioning, count, wilson(mentioning, count, confidence=confidence), seen)


def _by(theme: str, name: str, reports: Sequence[Report], groups: Sequence[str], confidence: float) -> list[Share]:
    return [
        _share(theme, name, group, [r for r, own in zip(reports, groups, strict=True) if own == group], confidence)
        for group in sorted(set(groups) - {""})
    ]


def _change(
    theme: str, before: Sequence[Report], after: Sequence[Report], rounds: tuple[str, str], confidence: float
) -> Change:
    if min(len(before), len(after)) < ENOUGH_AREAS:
        words = Words("เขตที่รายงานน้อยเกินกว่าจะบอกแนวโน้มได้", "Too few areas report to tell a change.")
        return Change(theme, *rounds, None, Course.UNCLEAR, words)
    difference = _difference(theme, before, after, confidence)
    points = f"{100 * abs(difference.estimate):.0f}"
    if difference.low > 0:
        return Change(
            theme, *rounds, difference, Course.RISING, Words(f"เพิ่มขึ้น {points} จุดร้อยละ", f"Up by {points} points.")
        )
    if difference.high < 0:
        return Change(
            theme, *rounds, difference, Course.FALLING, Words(f"ลดลง {points} จุดร้อยละ", f"Down by {points} points.")
        )
    return Change(theme, *rounds, difference, Course.UNCLEAR, Words("ยังบอกไม่ได้ว่าเปลี่ยนไป", "No change can be told yet."))


def _difference(theme: str, before: Sequence[Report], after: Sequence[Report], confidence: float) -> Interval:
    """Among the same areas where nearly all report in both rounds, else as of different ones."""
    first = {report.organisation: theme in report.themes for report in before}
    then = {report.organisation: theme in report.themes for report in after}
    same = sorted(first.keys() & then.keys())
    if len(same) < 0.9 * max(len(first), len(then)):
        return newcombe((sum(then.values()), len(then)), (sum(first.values()), len(first)), confidence=confidence)
    cells = [(first[area], then[area]) for area in same]
    counts = [cells.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))]
    return paired_change(*counts, confidence=confidence)


def _beside_words(difference: Interval, higher_is_better: bool | None) -> Words:
    if difference.low <= 0 <= difference.high:
        return Words("ยังบอกความต่างไม่ได้", "No difference can be told yet.")
    up = difference.low > 0
    words = Words(
        f"เขตที่กล่าวถึงประเด็นนี้มีค่าเฉลี่ย{'สูง' if up else 'ต่ำ'}กว่า",
        f"Areas that speak of it have a {'higher' if up else 'lower'} mean.",
    )
    if higher_is_better is None:
        return words
    good = up == higher_is_better
    return Words(f"{words.th} ({'ดีกว่า' if good else 'ด้อยกว่า'})", f"{words.en[:-1]} ({'better' if good else 'worse'}).")
