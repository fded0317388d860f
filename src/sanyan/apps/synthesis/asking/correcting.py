"""What was understood, said back, and put right by the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.synthesis.asking.context import Context, indicator_words
from sanyan.apps.synthesis.asking.parts import Choice, Corrections, Understood
from sanyan.core.asking.cues import Intent
from sanyan.core.asking.refusals import Reason
from sanyan.core.asking.understanding import TEXT_INTENTS, Understanding
from sanyan.core.asking.vocabulary import Vocabulary
from sanyan.core.asking.zones import BY_CODE, ZONES
from sanyan.core.signed_documents import Words

FIRM = frozenset({Reason.ORDER, Reason.PERSONAL, Reason.JUDGEMENT, Reason.ELSEWHERE})
INTENTS: dict[Intent, Words] = {
    Intent.STRENGTHS: Words("จุดแข็ง", "Strengths"),
    Intent.WEAKNESSES: Words("จุดที่ควรพัฒนา", "To be developed"),
    Intent.VALUE: Words("ค่าของตัวชี้วัด", "A figure"),
    Intent.EXTREMES: Words("กลุ่มสูงและต่ำ", "Groups at the ends"),
    Intent.CHANGE: Words("เปลี่ยนจากปีก่อน", "Change since last year"),
    Intent.TREND: Words("แนวโน้มหลายปี", "Trend over years"),
    Intent.COMPARE: Words("เปรียบเทียบ", "Comparison"),
    Intent.TARGET: Words("การถึงเป้า", "Reaching targets"),
    Intent.PROBLEMS: Words("ปัญหาที่เขตเขียน", "Problems areas wrote of"),
    Intent.SUGGESTIONS: Words("ข้อเสนอของเขต", "Suggestions of areas"),
    Intent.LESSONS: Words("สิ่งที่ได้ผล", "What worked"),
    Intent.MODELS: Words("แบบอย่างที่ควรต่อยอด", "Models to extend"),
    Intent.SIGNALS: Words("สัญญาณเตือน", "Signals"),
    Intent.REPORTING: Words("การส่งรายงาน", "Reporting"),
    Intent.DEFINITION: Words("ความหมายของตัวชี้วัด", "What an indicator means"),
    Intent.FORECAST: Words("คาดการณ์สิ้นปี", "Forecast to year-end"),
    Intent.PROFILE: Words("ภาพรวม", "The whole"),
}
TYPES = {"primary": Words("สพป.", "Primary areas"), "secondary": Words("สพม.", "Secondary areas")}
_ANY = Words("ทั้งหมด", "All")
_NONE = Words("ไม่ระบุ", "Not named")


def corrected(told: Understanding, chosen: Corrections, words: Vocabulary) -> Understanding:
    """An understanding with what the reader chose instead. What is not answered on principle stays so."""
    if told.reason in FIRM or chosen == Corrections(at=chosen.at):
        return told if not chosen.at or told.reason is not None else replace(told, fiscal_year=None, month=None)
    codes = {item.code for item in words.indicators} | {item.code for item in words.policy_areas}
    if chosen.about in codes:
        told = replace(told, subject=chosen.about)
    if chosen.intent in set(INTENTS):
        intent = Intent(chosen.intent)
        told = replace(told, intent=intent, stance=TEXT_INTENTS.get(intent), reason=None)
    elif told.reason is not None and chosen.about in codes:
        told = replace(told, intent=Intent.VALUE, reason=None)
    if chosen.kind in TYPES or chosen.kind == "any":
        told = replace(told, area_type=chosen.kind if chosen.kind in TYPES else "")
    if chosen.at:
        told = replace(told, fiscal_year=None, month=None)
    return _placed(told, chosen.place, words) if chosen.place else told


def _placed(told: Understanding, place: str, words: Vocabulary) -> Understanding:
    bare = replace(told, organisations=(), regions=(), zones=(), provinces=(), own=False)
    known = words.by_code.get(place)
    if place in BY_CODE:
        return replace(bare, zones=(place,))
    if place.startswith("p:"):
        return replace(bare, provinces=(place[2:],))
    if known is not None and known.kind == "region":
        return replace(bare, regions=(place,))
    return replace(bare, organisations=(place,)) if known is not None else bare


def understood_parts(ctx: Context, words: Vocabulary) -> tuple[Understood, ...]:
    """What was understood, in the order that sentences have it, each with what else could be meant."""
    told = ctx.told
    intents = tuple(Choice(intent.value, name) for intent, name in INTENTS.items())
    kinds = (Choice("any", _ANY), *(Choice(code, name) for code, name in TYPES.items()))
    return (
        Understood("intent", Words("ถามถึง", "Asks for"), told.intent.value, INTENTS.get(told.intent, _NONE), intents),
        Understood("about", Words("เรื่อง", "About"), told.subject, _subject(ctx), tuple(_subjects(words))),
        Understood("place", Words("พื้นที่", "Where"), _place_value(told), _place_words(ctx), tuple(_places(ctx, words))),
        Understood(
            "kind", Words("ประเภทเขต", "Type of area"), told.area_type or "any", TYPES.get(told.area_type, _ANY), kinds
        ),
        Understood("at", Words("รอบ", "Round"), str(ctx.info.id), ctx.round_words, _rounds(ctx.viewer, ctx)),
    )


def _subject(ctx: Context) -> Words:
    if ctx.indicator is not None:
        return indicator_words(ctx.indicator)
    if ctx.policy is not None:
        return Words(ctx.policy.name_th, ctx.policy.name_en)
    return Words(", ".join(ctx.told.topic[:3]), ", ".join(ctx.told.topic[:3])) if ctx.told.topic else _NONE


def _subjects(words: Vocabulary) -> Iterable[Choice]:
    for policy in words.policy_areas:
        yield Choice(policy.code, Words(f"ด้าน{policy.name_th}", f"Policy area: {policy.name_en}"))
        for item in words.indicators:
            if item.policy_area == policy.code:
                yield Choice(item.code, Words(f"{item.code} {item.name_th}", f"{item.code} {item.name_en}"))


def _place_value(told: Understanding) -> str:
    if told.places != 1:
        return "" if told.places or told.own else "all"
    named = (*told.organisations, *told.regions, *told.zones, *(f"p:{name}" for name in told.provinces))
    return named[0]


def _place_words(ctx: Context) -> Words:
    names = [group.name for group in ctx.named.groups] or [Words("ทั้งประเทศ", "The whole country")]
    return Words(" · ".join(name.th for name in names), " · ".join(name.en for name in names))


def _places(ctx: Context, words: Vocabulary) -> Iterable[Choice]:
    """Places that can be chosen: everything, parts of the country, regions, and the areas in sight."""
    yield Choice("all", Words("ทั้งประเทศ", "The whole country"))
    if _place_value(ctx.told) == "":
        yield Choice("", _place_words(ctx))
    for zone in ZONES:
        yield Choice(zone.code, Words(zone.th, zone.en))
    for province in ctx.told.provinces:
        yield Choice(f"p:{province}", Words(f"จังหวัด{province}", province))
    ids = {area.code: area.id for area in ctx.named.whole.areas.values()}
    for place in sorted(words.places, key=lambda item: (item.kind != "region", item.code)):
        if place.kind == "region" or ctx.named.scope.allows(ids.get(place.code)):
            yield Choice(place.code, Words(place.short_th, place.name_en or place.short_th))


def _rounds(viewer: Viewer, ctx: Context) -> tuple[Choice, ...]:
    held = frameworks.rounds(viewer=viewer, framework_code=ctx.info.framework_code, is_practice=ctx.info.is_practice)
    return tuple(
        Choice(
            str(info.id),
            Words(f"{info.name_th} {info.key.fiscal_year}", f"{info.name_en}, FY {info.key.fiscal_year} B.E."),
        )
        for info in sorted(held, key=lambda item: (item.key, item.id), reverse=True)
    )
