"""What an area is strong at and what is to be developed, each with how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import (
    IndicatorStrength,
    OutlierEvidence,
    PolicyStrength,
    PolicyStrengths,
    PositiveOutlier,
    Span,
    StrengthProfile,
)
from sanyan.core.indicators.definitions import Indicator
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.charts.effect import Effect, effect_bar
from sanyan.interfaces.web.figures.indicator import name_of, unit_of
from sanyan.interfaces.web.figures.maps import area_name, region_name
from sanyan.interfaces.web.figures.sentences import between, chance, places_of, points, signed, signed_between

TONES = {"strong": "met", "weak": "help"}
LIKELY = 0.8


@dataclass(frozen=True)
class StrengthRow:
    """A policy area of an area, ready for a row."""

    strength: PolicyStrength
    name: str
    bar: SafeString
    effect: str
    between: str
    sure: str
    years: str
    moved: str
    improved: str


@dataclass(frozen=True)
class ApartRow:
    """An indicator in which an area stands apart: by how much, and how surely, in words."""

    item: IndicatorStrength
    name: str
    apart: str
    sure: str
    rank: str


@dataclass(frozen=True)
class CaseEvidence:
    """One indicator that speaks for a positive outlier, in the years it does."""

    indicator: Indicator
    years: tuple[OutlierEvidence, ...]


@dataclass(frozen=True)
class Case:
    """A positive outlier with what speaks for it, each indicator once."""

    case: PositiveOutlier
    evidence: tuple[CaseEvidence, ...]


def case_rows(found: Sequence[PositiveOutlier]) -> list[Case]:
    """Positive outliers as they are shown: evidence by indicator, then by year."""
    rows = []
    for case in found:
        held: dict[str, list[OutlierEvidence]] = {}
        for item in sorted(case.evidence, key=lambda item: (item.indicator.code, item.fiscal_year)):
            held.setdefault(item.indicator.code, []).append(item)
        rows.append(Case(case, tuple(CaseEvidence(items[0].indicator, tuple(items)) for items in held.values())))
    return rows


def strength_rows(profile: StrengthProfile) -> tuple[StrengthRow, ...]:
    """Every policy area of the profile, in the framework's order."""
    return tuple(strength_row(strength) for strength in profile.policy_areas)


def strength_row(strength: PolicyStrength) -> StrengthRow:
    return StrengthRow(
        strength=strength,
        name=policy_name(strength),
        bar=_bar(strength),
        effect=signed(strength.effect.middle),
        between=signed_between(strength.effect.low80, strength.effect.high80),
        sure=sure_words(strength.p_better),
        years=years_words(strength),
        moved=moved_code(strength),
        improved=chance(strength.p_improved),
    )


def apart_rows(items: Sequence[IndicatorStrength]) -> tuple[ApartRow, ...]:
    """Indicators that stand apart, with what was expected; levels by place have no difference in a unit."""
    return tuple(
        ApartRow(
            item=item,
            name=name_of(item.indicator),
            apart=_apart(item),
            sure=sure_words(item.p_better),
            rank=between(item.rank.low80, item.rank.high80),
        )
        for item in items
    )


def policy_name(strength: PolicyStrength | PolicyStrengths) -> str:
    return formats.digits(strength.name_th) if formats.in_thai() or not strength.name_en else strength.name_en


def sure_words(p_better: float | None) -> str:
    """How sure it is that the area stands on the side it stands on."""
    if p_better is None:
        return formats.MISSING
    return _("มั่นใจ %(chance)s") % {"chance": chance(max(p_better, 1 - p_better))}


def years_words(strength: PolicyStrength) -> str:
    """In how many years it stood on the same side."""
    if not strength.of_rounds or strength.p_better is None:
        return formats.MISSING
    return _("%(rounds)s จาก %(all)s ปี") % {
        "rounds": formats.count(strength.rounds),
        "all": formats.count(strength.of_rounds),
    }


def moved_code(strength: PolicyStrength) -> str:
    """Whether it moved since the same round last year: up, down, or it cannot be told; empty where not known."""
    p = strength.p_improved
    return "" if p is None else "up" if p >= LIKELY else "down" if p <= 1 - LIKELY else "same"


def profile_answer(profile: StrengthProfile) -> str:
    """The profile in one sentence."""
    strong = [policy_name(item) for item in profile.policy_areas if item.word == "strong"]
    weak = [policy_name(item) for item in profile.policy_areas if item.word == "weak"]
    if not strong and not weak:
        known = any(item.p_better is not None for item in profile.policy_areas)
        return _("ยังไม่มีด้านใดต่างจากที่คาดตามบริบทอย่างชัดเจน") if known else _("ข้อมูลยังไม่พอให้บอกจุดเด่นในรอบนี้")
    told = []
    if strong:
        told.append(_("เด่นเรื่อง %(names)s") % {"names": ", ".join(strong)})
    if weak:
        told.append(_("ควรพัฒนาเรื่อง %(names)s") % {"names": ", ".join(weak)})
    return " · ".join(told)


def strengths_answer(found: Sequence[PolicyStrengths]) -> str:
    """How many areas stand out somewhere, and how many are to develop something."""
    strong = {item.area.id for policy in found for item in policy.strong}
    weak = {item.area.id for policy in found for item in policy.weak}
    compared = max((policy.compared for policy in found), default=0)
    if not compared:
        return _("รอบนี้ยังไม่มีเขตที่เทียบกันได้")
    return _("%(strong)s เขตเด่นกว่าที่บริบททำให้คาดอย่างน้อยหนึ่งด้าน %(weak)s เขตมีอย่างน้อยหนึ่งด้านที่ควรพัฒนา") % {
        "strong": formats.count(len(strong)),
        "weak": formats.count(len(weak)),
    }


def strengths_table(found: Sequence[PolicyStrengths], *, source: str) -> Chart:
    """Everything on the page as a table to download."""
    rows = [
        (
            policy_name(policy),
            area_name(item.area),
            region_name(item.area),
            str(words.word("strength", item.strength.word).text),
            *_figures(item.strength.effect),
            chance(item.strength.p_better),
            years_words(item.strength),
        )
        for policy in found
        for item in (*policy.strong, *policy.weak)
    ]
    return Chart(
        key="strengths",
        title=_("เขตใดเด่นเรื่องใด"),
        svg=SafeString(""),
        source=source,
        header=(
            _("ด้าน"),
            _("เขต"),
            _("เขตตรวจราชการ"),
            _("สรุป"),
            _("ต่างจากที่คาด (เท่าของความต่างปกติ)"),
            _("ต่าง ต่ำ (80 %)"),
            _("ต่าง สูง (80 %)"),
            _("ต่าง ต่ำ (95 %)"),
            _("ต่าง สูง (95 %)"),
            _("โอกาสดีกว่าที่คาด"),
            _("ปีที่อยู่ข้างเดียวกัน"),
        ),
        rows=tuple(rows),
    )


def _figures(span: Span) -> tuple[str, ...]:
    """An effect and its bounds, each a figure of its own for a spreadsheet."""
    bounds = (span.middle, span.low80, span.high80, span.low95, span.high95)
    return tuple(formats.number(value, 2) for value in bounds)


def _bar(strength: PolicyStrength) -> SafeString:
    span = strength.effect
    if span.middle is None or span.low80 is None or span.high80 is None or span.low95 is None or span.high95 is None:
        return SafeString("")
    said = _("%(name)s: %(effect)s เท่าของความต่างปกติ (80 %%: %(between)s) · %(word)s") % {
        "name": policy_name(strength),
        "effect": signed(span.middle),
        "between": signed_between(span.low80, span.high80),
        "word": words.word("strength", strength.word).text,
    }
    return effect_bar(
        Effect(
            middle=span.middle,
            low80=span.low80,
            high80=span.high80,
            low95=span.low95,
            high95=span.high95,
            tone=TONES.get(strength.word, "soft"),
            title=said,
        )
    )


def _apart(item: IndicatorStrength) -> str:
    span = item.difference
    if span.middle is None:
        return ""
    unit = points(item.indicator) if formats.is_percent_unit(unit_of(item.indicator)) else ""
    places = places_of(item.indicator)
    written = f"{signed(span.middle, places)} ({signed_between(span.low80, span.high80, places)})"
    return f"{written} {unit}".strip()
