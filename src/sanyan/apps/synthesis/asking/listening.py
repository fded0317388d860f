"""Answers in the words of areas: problems, suggestions, what worked, models to extend. Counts come from queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.cases import queries as cases
from sanyan.apps.cases.queries import CaseFilter, CaseInfo
from sanyan.apps.narratives import queries as narratives
from sanyan.apps.narratives.queries import PassageFilters, ThemeCount
from sanyan.apps.synthesis.asking.context import (
    BY_CODE,
    Context,
    Reply,
    area_words,
    indicator_words,
    not_found,
    region_words,
)
from sanyan.apps.synthesis.asking.parts import (
    Between,
    Block,
    Grid,
    Line,
    Lines,
    Num,
    PageLink,
    Quotes,
    Row,
    Trace,
)
from sanyan.core.asking.concepts import CONCEPTS
from sanyan.core.asking.cues import Intent
from sanyan.core.asking.folding import fold
from sanyan.core.errors import NotFoundError
from sanyan.core.signed_documents import Words
from sanyan.core.text.values import Stance

NAMED = 1.0  # how much must speak for a policy area before texts are narrowed to it
MOST_QUOTES, MOST_THEMES, MOST_CASES = 8, 10, 12
STANCES = {
    Stance.PROBLEM: Words("ปัญหาอุปสรรค", "problems"),
    Stance.SUGGESTION: Words("ข้อเสนอแนะ", "suggestions"),
    Stance.SUCCESS: Words("สิ่งที่ได้ผล", "what worked"),
    Stance.OTHER: Words("ข้อความ", "texts"),
}
_NO_THEMES = Words(
    "ยังไม่มีชุดประเด็นที่รับรอง จึงแสดงข้อความที่ตรงที่สุด ไม่ได้นับว่าพบบ่อยเพียงใด",
    "No theme set is signed off yet, so the closest texts are shown; how common they are is not counted.",
)
_NO_SUCH_THEME = Words(
    "ไม่มีประเด็นที่รับรองแล้วตรงกับเรื่องนี้ จึงแสดงข้อความที่ตรงที่สุด ไม่ได้นับว่าพบบ่อยเพียงใด",
    "No signed theme is about this, so the closest texts are shown; how common they are is not counted.",
)
_ALL_THEMES = Words(
    "ไม่พบประเด็นหรือข้อความที่พูดถึงเรื่องที่ถามโดยตรง จึงแสดงประเด็นทั้งหมดของพื้นที่นี้",
    "No theme and no text speaks of the very topic, so all themes of this place are shown.",
)
_ABOUT = Words(
    "{stance}เรื่อง {topic} ของ{place}: ข้อความที่ตรงที่สุด {count} ตอน จาก {areas} เขต",
    "{stance} about {topic}, {place}: the {count} closest texts, from {areas} areas.",
)
_ALL_ABOUT = Words(
    "{stance}ของ{place}: ข้อความตัวอย่าง {count} ตอน จาก {areas} เขต",
    "{stance}, {place}: {count} texts from {areas} areas.",
)
_NO_TEXT = Words("ไม่มีข้อความของ{place}ที่ท่านดูได้เรื่อง {topic}", "no text of {place} within your sight about {topic}.")


def voices(ctx: Context) -> Reply:
    """What areas wrote with one stance: signed themes by how many areas speak of them, else the closest texts."""
    stance = ctx.told.stance or Stance.OTHER
    filters = _filters(ctx, stance)
    themes, any_signed = _themes(ctx, filters)
    if themes:
        return _by_theme(ctx, stance, themes)
    closest = _closest(ctx, stance, filters, _NO_SUCH_THEME if any_signed else _NO_THEMES)
    if any_signed and not closest.blocks:  # nothing speaks of the topic itself: what else the place speaks of
        whole = _by_theme(ctx, stance, _counted(ctx, filters))
        return replace(whole, notes=(_ALL_THEMES, *whole.notes))
    return closest


def models(ctx: Context) -> Reply:
    """Areas that do well against the odds, published cases, and what areas themselves call innovations."""
    policy = ctx.policy.code if ctx.policy else ctx.indicator.policy_area if ctx.indicator else ""
    grid, trace, count = _outliers(ctx, policy)
    blocks: list[Block] = [*_cases(ctx, policy)]
    blocks += [grid] if grid.rows else []
    quotes = _quotes(ctx, _filters(ctx, Stance.SUCCESS), Words("สิ่งที่เขตเสนอเป็นแบบอย่าง", "What areas offer as models"))
    blocks += [quotes] if quotes else []
    if not blocks:
        return not_found(Words("ยังไม่มีแบบอย่างของ{place}ในเรื่องนี้", "no model of {place} in this yet."), place=ctx.sight)
    line = Line(
        Words(
            "{place} มี {count} เขตที่ทำได้ดีเกินบริบทซ้ำ ๆ น่าไปดูของจริงก่อนต่อยอด",
            "In {place}, {count} areas do well against the odds again and again: worth a visit before extending.",
        ),
        {"count": Num(count, "count", trace)},
        {"place": ctx.sight},
    )
    return Reply(line, tuple(blocks))


def _outliers(ctx: Context, policy: str) -> tuple[Grid, Trace, int]:
    """Areas of the place that do well against the odds, where those numbers come from, and how many they are."""
    codes = set(ctx.group.codes)
    try:
        held = analytics.positive_outliers(viewer=ctx.viewer, round_id=ctx.info.id)
    except NotFoundError:
        held = ()
    kept = [item for item in held if item.area.code in codes]
    if policy:
        kept = [item for item in kept if any(e.indicator.policy_area == policy for e in item.evidence)]
    kept.sort(key=lambda item: (item.area.region_code, item.area.code))
    trace = ctx.trace("positive_outliers", ctx.page("strengths:strengths", policy=policy), policy_area=policy)
    rows = tuple(
        Row(
            area_words(item.area),
            (
                Words(
                    "; ".join(dict.fromkeys(indicator_words(e.indicator).th for e in item.evidence)),
                    "; ".join(dict.fromkeys(indicator_words(e.indicator).en for e in item.evidence)),
                ),
                Num(len({e.fiscal_year for e in item.evidence}), "count", trace),
                Num(item.p_twice, "chance", trace),
            ),
            ctx.page("areas:area", item.area.id, tab="strengths"),
            region_words(item.area),
        )
        for item in kept[:MOST_CASES]
    )
    columns = (Words("ดีเกินบริบทเรื่อง", "Well against the odds in"), Words("กี่ปี", "Years"), Words("มั่นใจ", "How sure"))
    page = ctx.page("strengths:strengths", policy=policy)
    title = Words("เขตที่ทำได้ดีเกินบริบทซ้ำ ๆ", "Areas that do well against the odds, again and again")
    return Grid(title, columns, rows, BY_CODE, max(0, len(kept) - MOST_CASES), page), trace, len(kept)


def _filters(ctx: Context, stance: Stance) -> PassageFilters:
    policy = ctx.policy.code if ctx.policy and ctx.told.subject == ctx.policy.code and not ctx.told.topic else ""
    return PassageFilters(
        round_id=ctx.info.id,
        organisation_ids=None if ctx.group.is_whole else ctx.group.ids,
        policy_area=policy,
        stance=stance.value,
    )


def _themes(ctx: Context, filters: PassageFilters) -> tuple[tuple[ThemeCount, ...], bool]:
    """The signed themes that the question is about, and whether any are signed at all.

    A topic picks themes by their label; one that is a policy area picks what was written under it.
    """
    whole = _counted(ctx, filters)
    if ctx.told.themes:
        return tuple(item for item in whole if item.theme_id in ctx.told.themes), bool(whole)
    policy = _policy_of(ctx)
    if ctx.told.topic and not policy:
        return (), bool(whole)
    return _counted(ctx, replace(filters, policy_area=policy)) if policy else whole, bool(whole)


def _policy_of(ctx: Context) -> str:
    """The policy area that the topic of a question is, where it is one."""
    return next((item.code for item in ctx.told.policy_areas if item.score >= NAMED), "")


def _counted(ctx: Context, filters: PassageFilters) -> tuple[ThemeCount, ...]:
    found = narratives.theme_counts(viewer=ctx.viewer, filters=filters)
    signed = (item for item in found if item.signed and item.areas)
    return tuple(sorted(signed, key=lambda item: (-item.areas, item.theme_id)))


def _by_theme(ctx: Context, stance: Stance, themes: tuple[ThemeCount, ...]) -> Reply:
    page = _search_page(ctx, stance, "")
    trace = ctx.trace("theme_counts", page, stance=stance.value, place=ctx.group.code)
    shown = themes[:MOST_THEMES]
    rows = tuple(
        Row(
            Words(item.label_th, item.label_en or item.label_th),
            (
                Num(item.areas, "count", trace),
                Between(Num(100 * item.low, "percent", trace), Num(100 * item.high, "percent", trace)),
                Num(item.passages, "count", trace),
                Num(item.regions, "count", trace),
            ),
            PageLink("listen:search", (), (("round", str(ctx.info.id)), ("theme", str(item.theme_id)))),
        )
        for item in shown
    )
    columns = (
        Words("เขตที่กล่าวถึง", "Areas"),
        Words("ส่วนของเขตที่เขียน (95 %)", "Share of areas (95 %)"),
        Words("ข้อความ", "Texts"),
        Words("เขตตรวจราชการ", "Regions"),
    )
    first = shown[0]
    line = Line(
        Words(
            "{stance}ของ{place}ที่พบมากคือ {theme} กล่าวถึงใน {areas} จาก {all} เขตที่เขียน",
            "Most spoken of among {stance} of {place}: {theme}, in {areas} of {all} areas that wrote.",
        ),
        {"areas": Num(first.areas, "count", trace), "all": Num(first.areas_reporting, "count", trace)},
        {"stance": STANCES[stance], "place": ctx.group.name, "theme": Words(first.label_th, first.label_en)},
    )
    title = Words("ประเด็นที่รับรองแล้ว", "Signed themes")
    blocks: list[Block] = [Grid(title, columns, rows, page=page)]
    blocks += [
        Quotes(Words(item.label_th, item.label_en), item.quotes[:3], page=row.page)
        for item, row in zip(shown[:3], rows, strict=False)
        if item.quotes
    ]
    return Reply(line, tuple(blocks))


def _closest(ctx: Context, stance: Stance, filters: PassageFilters, note: Words) -> Reply:
    topic = _topic_name(ctx, stance)
    title, policy = Words("ข้อความที่ตรงที่สุด", "The closest texts"), _policy_of(ctx)
    block = _quotes(ctx, replace(filters, policy_area=policy), title) if policy else None
    block = block or _quotes(ctx, filters, title)
    if block is None:
        return not_found(_NO_TEXT, place=ctx.sight, topic=Words(topic, topic))
    trace = _text_trace(ctx, stance, topic)
    areas = {_passage(item) for item in block.items}
    words = _ABOUT if ctx.told.topic or ctx.indicator or ctx.policy else _ALL_ABOUT
    line = Line(
        words,
        {"count": Num(len(block.items), "count", trace), "areas": Num(len(areas), "count", trace)},
        {"stance": STANCES[stance], "topic": Words(topic, topic), "place": ctx.sight},
    )
    return Reply(line, (block,), notes=(note,))


def _quotes(ctx: Context, filters: PassageFilters, title: Words) -> Quotes | None:
    stance = Stance(filters.stance) if filters.stance else Stance.OTHER
    found = narratives.search(viewer=ctx.viewer, question=_topic(ctx, stance), filters=filters, most=MOST_QUOTES)
    hits = tuple(hit for hit in found.hits if _speaks_of(ctx, hit.passage.text))
    if not hits:
        return None
    page = _search_page(ctx, stance, _topic(ctx, stance))
    return Quotes(title, hits, found.note or Words("", ""), page)


def _speaks_of(ctx: Context, text: str) -> bool:
    """Whether a text that was found holds the topic or another way to say it: likeness alone is no answer."""
    said = fold(text)
    ways = {phrase for concept in CONCEPTS if concept.name in ctx.told.topic for phrase in concept.phrases}
    asked = ways | set(ctx.told.topic)
    return not asked or any(fold(phrase) in said for phrase in asked if len(fold(phrase)) > 2)


def _topic(ctx: Context, stance: Stance) -> str:
    words = " ".join(ctx.told.topic)
    if not words and ctx.indicator is not None:
        words = ctx.indicator.name_th
    if not words and ctx.policy is not None:
        words = ctx.policy.name_th
    return words or {Intent.MODELS: "นวัตกรรม แบบอย่าง"}.get(ctx.told.intent, STANCES[stance].th)


def _topic_name(ctx: Context, stance: Stance) -> str:
    """The topic as a sentence names it: its first words."""
    return ", ".join(ctx.told.topic[:1] if ctx.told.topic else [_topic(ctx, stance)])


def _text_trace(ctx: Context, stance: Stance, topic: str) -> Trace:
    page = _search_page(ctx, stance, topic)
    return ctx.trace("search", page, question=topic, stance=stance.value, place=ctx.group.code)


def _search_page(ctx: Context, stance: Stance, topic: str) -> PageLink:
    query = {"q": topic, "stance": stance.value, "region": ctx.group.region_code}
    return ctx.page("listen:search", **{name: value for name, value in query.items() if value})


def _passage(item: object) -> int:
    passage = getattr(item, "passage", item)
    return int(getattr(passage, "organisation_id", 0))


def _cases(ctx: Context, policy: str) -> list[Block]:
    held = _published(ctx.viewer, ctx.today, CaseFilter(policy_area=policy, is_practice=ctx.info.is_practice))
    codes = set(ctx.group.codes)
    items: tuple[tuple[Line, PageLink | None], ...] = tuple(
        (
            Line(
                Words("{title} ({area})", "{title} ({area})"),
                names={"title": Words(item.title, item.title), "area": Words(item.place.short_th, item.place.name_en)},
            ),
            PageLink("cases:case", (item.id,)),
        )
        for item in held
        if item.place.code in codes
    )
    return [Lines(Words("กรณีที่เผยแพร่แล้ว", "Published cases"), items[:MOST_CASES])] if items else []


def _published(viewer: Viewer, today: date, only: CaseFilter) -> tuple[CaseInfo, ...]:
    return cases.library(viewer=viewer, today=today, only=only)
