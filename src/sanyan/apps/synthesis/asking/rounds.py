"""The round that a question is about: the one it names, else the one the page is on, else the latest that asks."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.asking.cues import Intent
from sanyan.core.asking.understanding import Understanding
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.signed_documents import Words


@dataclass(frozen=True)
class RoundFound:
    """A round, and what the reader should know of the choice. `missing` says that the round named was never opened."""

    info: RoundInfo
    note: Words | None = None
    missing: Words | None = None


def round_for(viewer: Viewer, told: Understanding, base: RoundInfo, indicator: Indicator | None) -> RoundFound:
    """The round of an answer, of the same framework and sort as `base`."""
    held = frameworks.rounds(viewer=viewer, framework_code=base.framework_code, is_practice=base.is_practice)
    wanted = [
        info
        for info in held
        if told.fiscal_year in (None, info.key.fiscal_year) and told.month in (None, info.key.month)
    ]
    if told.fiscal_year is None and told.month is None:
        wanted = [info for info in held if info.key <= base.key]
    if not wanted:
        return RoundFound(base, missing=_never(told, held))
    with_results = collection.rounds_with_results(viewer=viewer)
    months = _months(told, indicator)
    asked = [info for info in wanted if months is None or info.key.month in months]
    usable = [info for info in asked if info.id in with_results] or asked
    if not usable:
        return RoundFound(_latest(wanted), missing=_not_asked(indicator))
    chosen = base if base in usable else _latest(usable)
    note = (
        _moved(chosen, base, indicator)
        if chosen.key != base.key and told.fiscal_year is None and told.month is None
        else None
    )
    return RoundFound(chosen, note)


def _months(told: Understanding, indicator: Indicator | None) -> tuple[int, ...] | None:
    """Months of the rounds that can answer: that ask for the indicator, or set it a target where that is asked."""
    if indicator is None:
        return None
    with_target = tuple(target.month for target in indicator.targets)
    return with_target if told.intent is Intent.TARGET and told.threshold is None and with_target else indicator.months


def _latest(rounds: list[RoundInfo]) -> RoundInfo:
    return max(rounds, key=lambda info: (info.key, info.id))


def _moved(chosen: RoundInfo, base: RoundInfo, indicator: Indicator | None) -> Words:
    if indicator is None:
        return Words(
            f"{base.name_th} ยังไม่มีผลที่รับรองในส่วนที่ท่านดูได้ จึงใช้ {chosen.name_th} ปีงบประมาณ {chosen.key.fiscal_year}",
            f"The {base.name_en} has no certified results within your sight yet, so the {chosen.name_en} "
            f"of fiscal year {chosen.key.fiscal_year} (B.E.) is used.",
        )
    return Words(
        f"{base.name_th} ไม่ได้ถามตัวชี้วัดนี้หรือยังไม่มีผล จึงใช้ {chosen.name_th} ปีงบประมาณ {chosen.key.fiscal_year}",
        f"The {base.name_en} does not ask for this or has no results yet, so the {chosen.name_en} "
        f"of fiscal year {chosen.key.fiscal_year} (B.E.) is used.",
    )


def _never(told: Understanding, held: tuple[RoundInfo, ...]) -> Words:
    years = sorted({info.key.fiscal_year for info in held})
    named_th = " ".join(
        part
        for part in (
            f"รอบ {told.month} เดือน" if told.month else "",
            f"ปีงบประมาณ {told.fiscal_year}" if told.fiscal_year else "",
        )
        if part
    )
    return Words(
        f"ไม่มีข้อมูลของ{named_th} ที่มีคือปีงบประมาณ {years[0]}–{years[-1]}" if years else "ยังไม่มีรอบรายงาน",
        f"There is no such round; fiscal years {years[0]}–{years[-1]} (B.E.) are held." if years else "No round yet.",
    )


def _not_asked(indicator: Indicator | None) -> Words:
    months = ", ".join(str(month) for month in indicator.months) if indicator else ""
    return Words(
        f"ยังไม่มีผลของตัวชี้วัดนี้ในรอบที่ถามถึง ตัวชี้วัดนี้เก็บในรอบ {months} เดือน",
        f"no result of this indicator in the round asked for; it is asked at {months} months.",
    )
