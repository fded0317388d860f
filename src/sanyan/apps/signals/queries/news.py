from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.signals import access
from sanyan.apps.signals.models import Signal, Watch
from sanyan.apps.signals.queries.inbox import OPEN, SignalInfo, described
from sanyan.core.signed_documents import Words


@dataclass(frozen=True)
class RegionNews:
    """How many new signals are about single areas of one region; `code` is "" where an area has none."""

    code: str
    name: Words
    count: int
    urgent: int


@dataclass(frozen=True)
class SignalNews:
    """What is new since the round before: open signals raised in this round, and what was closed meanwhile.

    `wide` are those of the whole system and of regions; those of areas are counted by region. `closed` counts by
    outcome what people closed, `gone` what the system closed because the data no longer shows it.
    """

    new: int
    wide: tuple[SignalInfo, ...]
    regions: tuple[RegionNews, ...]
    closed: dict[str, int]
    gone: int


def news(*, viewer: Viewer, today: date, info: RoundInfo) -> SignalNews:
    """What has changed among the signals in sight since the round before `info`."""
    visible = access.visible_signals(viewer=viewer)
    raised = visible.filter(round_id=info.id, state__in=OPEN)
    areas = list(raised.filter(scope=Signal.Scope.UNIT).values_list("organisation_id", "severity"))
    wide = raised.exclude(scope=Signal.Scope.UNIT).order_by("-scope", "rank", "pk")
    ended = visible.filter(
        state=Signal.State.CLOSED,
        round__framework__code=info.framework_code,
        round__is_practice=info.is_practice,
        closed_at__gt=_since(info),
    )
    by_people = ended.exclude(closed_by=SYSTEM.name).order_by()
    outcomes = by_people.values_list("outcome").annotate(count=Count("pk"))
    told = described(viewer, wide, today)
    return SignalNews(
        new=len(areas) + len(told),
        wide=told,
        regions=_by_region(areas, today),
        closed=dict(outcomes),
        gone=ended.filter(closed_by=SYSTEM.name).count(),
    )


def _since(info: RoundInfo) -> datetime:
    """When the round before was last looked over; where it never was, when this one opened."""
    before = Watch.objects.filter(round_id=info.previous_id).first() if info.previous_id else None
    return before.looked_at if before else timezone.make_aware(datetime.combine(info.opens_on, time.min))


def _by_region(areas: list[tuple[int, str]], today: date) -> tuple[RegionNews, ...]:
    held = organisations.by_id(ids={organisation_id for organisation_id, _ in areas}, on=today)
    counted: Counter[str] = Counter()
    urgent: Counter[str] = Counter()
    names: dict[str, Words] = {}
    for organisation_id, severity in areas:
        area = held[organisation_id]
        counted[area.region_code] += 1
        urgent[area.region_code] += severity == Signal.Severity.HIGH
        names[area.region_code] = Words(area.region_th, area.region_en or area.region_th)
    ordered = sorted(counted, key=lambda code: (-counted[code], -urgent[code], code))
    return tuple(RegionNews(code, names[code], counted[code], urgent[code]) for code in ordered)
