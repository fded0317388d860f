"""What every kind of answer starts from, and the small parts that all of them say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaRef, ComparedArea, IndicatorComparison
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.synthesis.asking.parts import Between, Block, Cell, Line, Num, PageLink, Row, Trace
from sanyan.apps.synthesis.asking.places import Group, Named
from sanyan.core.asking.understanding import Understanding
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Framework, Indicator, PolicyArea
from sanyan.core.signed_documents import Words

MOST_ROWS = 20


@dataclass(frozen=True)
class Context:
    """One question on its way to an answer."""

    viewer: Viewer
    told: Understanding
    info: RoundInfo
    framework: Framework
    named: Named
    today: date
    indicator: Indicator | None = None
    policy: PolicyArea | None = None

    @property
    def group(self) -> Group:
        """The one place that the question is about."""
        return self.named.one

    @property
    def sight(self) -> Words:
        """The place as sentences name it that count areas: of some places only a part is in the reader's sight."""
        name = self.group.name
        if all(self.named.scope.allows(area.id) for area in self.group.areas.values()):
            return name
        if not self.named.groups:
            return Words("เขตที่ท่านดูได้", "The areas within your sight")
        return Words(f"{name.th} (เฉพาะเขตที่ท่านดูได้)", f"{name.en} (areas within your sight)")

    def page(self, view: str, *args: object, **query: str) -> PageLink:
        """A page on the round of the answer."""
        return PageLink(view, args, (("round", str(self.info.id)), *query.items()))

    def trace(self, query: str, page: PageLink, **filters: str) -> Trace:
        """Where numbers of one query come from."""
        told = (("framework", self.info.framework_code), ("practice", str(self.info.is_practice)), *filters.items())
        code = self.indicator.code if self.indicator else ""
        return Trace(query, str(self.info.key), told, page, code)

    @property
    def round_words(self) -> Words:
        """The round as sentences name it."""
        key = self.info.key
        return Words(
            f"{self.info.name_th} ปีงบประมาณ {key.fiscal_year}", f"{self.info.name_en}, FY {key.fiscal_year} B.E."
        )


@dataclass(frozen=True)
class Reply:
    """What one kind of answer says. Not `found`: there is nothing to show, and the headline says why."""

    headline: Line
    blocks: tuple[Block, ...] = ()
    found: bool = True
    notes: tuple[Words, ...] = field(default=())


def indicator_words(indicator: Indicator) -> Words:
    """An indicator by name."""
    return Words(indicator.name_th, indicator.name_en or indicator.name_th)


def area_words(area: AreaRef) -> Words:
    """An area by its short name."""
    return Words(area.short_th, area.name_en or area.short_th)


def region_words(area: AreaRef) -> Words:
    """The inspection region of an area."""
    return Words(area.region_th, area.region_en or area.region_th)


def not_found(words: Words, **names: Words) -> Reply:
    """ "Not found", with the reason."""
    return Reply(Line(Words(f"ไม่พบข้อมูล: {words.th}", f"No data found: {words.en}"), names=names), found=False)


def comparison_of(ctx: Context, indicator: Indicator) -> IndicatorComparison | None:
    """The fair comparison of areas in an indicator; None where they are not compared on it."""
    try:
        held = analytics.indicator_comparison(viewer=ctx.viewer, round_id=ctx.info.id, code=indicator.code)
    except NotFoundError:
        return None
    return held if held.used else None


def in_place(ctx: Context, items: Iterable[ComparedArea]) -> list[ComparedArea]:
    """Areas in sight that stand in the places of the question, in order of region and code."""
    codes = {code for group in (ctx.named.groups or (ctx.named.whole,)) for code in group.codes}
    kept = [item for item in items if item.area is not None and item.area.code in codes]
    return sorted(kept, key=lambda item: (item.area.region_code, item.area.code) if item.area else ("", ""))


def bounds(low: float | None, high: float | None, trace: Trace, indicator: Indicator, sort: str = "value") -> Cell:
    """An interval, or nothing where it is not known."""
    if low is None or high is None:
        return None
    return Between(Num(low, sort, trace, indicator), Num(high, sort, trace, indicator))


LIKELY = Words("ช่วงที่น่าจะเป็น (80 %)", "Likely interval (80 %)")
BY_CODE = Words("เรียงตามเขตตรวจราชการและรหัสเขต ไม่ใช่อันดับ", "In order of region and code, not of rank.")
LEVEL_COLUMNS = (
    Words("ค่าที่รายงาน", "Reported"),
    LIKELY,
    Words("คาดตามบริบท", "Expected by context"),
    Words("อันดับน่าจะอยู่ระหว่าง", "Rank probably between"),
)


def compared_row(ctx: Context, item: ComparedArea, held: IndicatorComparison) -> Row:
    """One area of a comparison: its figure, its interval, what was expected, its interval of ranks."""
    area = item.area
    assert area is not None  # callers keep only areas in sight
    page = ctx.page("areas:area", area.id)
    trace = ctx.trace(
        "indicator_comparison", ctx.page("indicators:compare", held.indicator.code), indicator=held.indicator.code
    )
    unit = None if held.by_place else held.indicator
    return Row(
        label=area_words(area),
        group=region_words(area),
        page=page,
        cells=(
            Num(item.own, "value", trace, held.indicator) if item.own is not None else None,
            bounds(item.level.low80, item.level.high80, trace, held.indicator) if unit else None,
            Num(item.expected, "value", trace, held.indicator) if unit and item.expected is not None else None,
            bounds(item.rank.low80, item.rank.high80, trace, held.indicator, "count"),
        ),
    )
