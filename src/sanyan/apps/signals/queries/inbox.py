from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, When

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.apps.signals import access
from sanyan.apps.signals.catalogue import rule_of
from sanyan.apps.signals.models import Signal, SignalMember, Watch
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words

OPEN = ("raised", "acknowledged", "acting")


@dataclass(frozen=True)
class Member:
    """One unit of a signal, with its own figures and whether what was expected of it came true (None: not known)."""

    organisation_id: int
    name_th: str
    name_en: str
    variant: str
    probability: float
    severity: str
    reason: Words
    numbers: Mapping[str, object]
    is_tainted: bool
    expected_of: str
    came_true: bool | None


@dataclass(frozen=True)
class SignalInfo:
    """One signal as lists show it. `place` is "" for the whole system; `members` are those in the viewer's sight,
    `member_count` all; `overdue` says that an open one should have been answered by now."""

    id: int
    rule_code: str
    rule_name: Words
    variant: str
    scope: str
    organisation_id: int | None
    place: Words
    region_code: str
    round_id: int
    round: RoundKey
    seen_round: RoundKey
    is_practice: bool
    indicator_code: str
    probability: float
    severity: str
    rank: int
    reason: Words
    numbers: Mapping[str, object]
    doubts: tuple[Words, ...]
    also: tuple[str, ...]
    state: str
    raised_at: datetime
    seen_at: datetime
    gone_at: datetime | None
    due_on: date
    overdue: bool
    owner_id: int | None
    owner: str
    response: str
    outcome: str
    explanation: str
    closed_at: datetime | None
    closed_by: str
    escalations: int
    members: tuple[Member, ...]
    member_count: int

    @property
    def is_tainted(self) -> bool:
        """Whether the data it rests on is doubted."""
        return bool(self.doubts)


@dataclass(frozen=True)
class SignalFilter:
    """Which signals. `state` is one of them, "open" (the default) or "" for all; `mine` those that wait for the viewer;
    `concerning` those and others that the viewer's own organisations are among; `overdue` open ones whose answer is
    late. The rest narrows by place, rule, indicator and severity ("", None: any).
    """

    state: str = "open"
    mine: bool = False
    concerning: bool = False
    overdue: bool = False
    framework_code: str = ""
    is_practice: bool | None = None
    round_id: int | None = None
    region_code: str = ""
    organisation_id: int | None = None
    rule_code: str = ""
    indicator_code: str = ""
    severity: str = ""
    scope: str = ""


@dataclass(frozen=True)
class SignalCounts:
    """How many signals wait, by what they need."""

    open: int
    mine: int
    urgent: int
    overdue: int
    closed: int


@dataclass(frozen=True)
class WatchInfo:
    """The latest look over a round: when, its counts by name, and what could not be worked out."""

    looked_at: datetime
    counts: Mapping[str, int]
    cannot: tuple[tuple[str, Words], ...]


_AS_KEPT = (
    "id",
    "rule_code",
    "variant",
    "scope",
    "organisation_id",
    "round_id",
    "indicator_code",
    "probability",
    "severity",
    "rank",
    "numbers",
    "state",
    "raised_at",
    "seen_at",
    "gone_at",
    "due_on",
    "owner_id",
    "response",
    "outcome",
    "explanation",
    "closed_at",
    "closed_by",
    "escalations",
)
_BY_SEVERITY = Case(
    *(When(severity=severity, then=rank) for rank, severity in enumerate(Signal.Severity.values)), default=9
)
_BY_STATE = Case(When(state="closed", then=1), default=0)
_BY_SCOPE = Case(
    *(When(scope=scope, then=place) for place, scope in enumerate(("system", "region", "unit"))), default=9
)


def inbox(
    *, viewer: Viewer, today: date, only: SignalFilter, limit: int | None = None, offset: int = 0
) -> tuple[SignalInfo, ...]:
    """Signals in sight: open before closed, the whole system before regions before areas, then the most urgent."""
    rows = _filtered(viewer, today, only).order_by(_BY_STATE, _BY_SCOPE, _BY_SEVERITY, "rank", "pk")
    return described(viewer, rows[offset : None if limit is None else offset + limit], today)


def how_many(*, viewer: Viewer, today: date, only: SignalFilter) -> int:
    """How many signals `inbox` would tell of."""
    return _filtered(viewer, today, only).count()


def counts(*, viewer: Viewer, today: date, only: SignalFilter) -> SignalCounts:
    """How many there are of what the tabs of the inbox show; the filter's state and ownership are left out."""
    narrowed = {**vars(only), "mine": False, "concerning": False}
    every = _filtered(viewer, today, SignalFilter(**{**narrowed, "state": ""}))
    waiting = every.filter(state__in=OPEN)
    mine = _filtered(viewer, today, SignalFilter(**{**narrowed, "state": "open", "mine": True}))
    return SignalCounts(
        open=waiting.count(),
        mine=mine.count(),
        urgent=waiting.filter(severity=Signal.Severity.HIGH).count(),
        overdue=waiting.filter(due_on__lt=today).count(),
        closed=every.filter(state=Signal.State.CLOSED).count(),
    )


def watch(*, viewer: Viewer, round_id: int) -> WatchInfo | None:
    """The latest look over a round; None where it was never looked over, or the viewer may see nothing."""
    scope = visible_organisations(viewer=viewer)
    row = Watch.objects.filter(round_id=round_id).first() if scope.everything or scope.ids else None
    if row is None:
        return None
    told = tuple((str(item["indicator"]), Words(str(item["th"]), str(item["en"]))) for item in row.cannot)
    return WatchInfo(row.looked_at, {name: int(value) for name, value in row.counts.items()}, told)


def described(viewer: Viewer, rows: QuerySet[Signal], today: date) -> tuple[SignalInfo, ...]:
    """Rows as values, with only the members that the viewer may see."""
    scope = visible_organisations(viewer=viewer)
    members = SignalMember.objects.order_by("-probability", "organisation_id")
    held = list(rows.select_related("round", "seen_round", "owner").prefetch_related(Prefetch("members", members)))
    ids = {row.organisation_id for row in held if row.organisation_id}
    ids |= {member.organisation_id for row in held for member in row.members.all()}
    names = organisations.by_id(ids=ids, on=today)
    return tuple(_described(row, scope.allows, names, today) for row in held)


def _filtered(viewer: Viewer, today: date, only: SignalFilter) -> QuerySet[Signal]:
    rows = access.visible_signals(viewer=viewer)
    if only.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif only.state:
        rows = rows.filter(state=only.state)
    exact: dict[str, object] = {
        "round__framework__code": only.framework_code,
        "round__is_practice": only.is_practice,
        "seen_round_id": only.round_id,
        "rule_code": only.rule_code,
        "indicator_code": only.indicator_code,
        "severity": only.severity,
        "scope": only.scope,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in ("", None)})
    if only.region_code:
        rows = rows.filter(pk__in=_of_organisations(viewer, rows, _in_region(only.region_code, today)))
    if only.organisation_id is not None:
        rows = rows.filter(pk__in=_of_organisations(viewer, rows, {only.organisation_id}))
    if only.overdue:
        rows = rows.filter(state__in=OPEN, due_on__lt=today)
    if only.mine:
        rows = rows.filter(access.answered_by(viewer=viewer))
    if only.concerning:
        own = {grant.organisation_id for grant in viewer.grants if grant.organisation_id is not None}
        among = Q(pk__in=_of_organisations(viewer, rows, own).values("pk"))
        rows = rows.filter(access.answered_by(viewer=viewer) | among)
    return rows


def _of_organisations(viewer: Viewer, rows: QuerySet[Signal], ids: Collection[int]) -> QuerySet[Signal]:
    """Signals about organisations, or that have them among many. Of many only those in sight are asked: else whether a
    signal of the whole system comes up would tell who else is in it."""
    seen = visible_organisations(viewer=viewer)
    members = SignalMember.objects.filter(organisation_id__in=[id_ for id_ in ids if seen.allows(id_)])
    return rows.filter(Q(organisation_id__in=ids) | Q(pk__in=members.values("signal_id")))


def _in_region(code: str, today: date) -> set[int]:
    regions = {region.id for region in organisations.regions(on=today) if region.code == code}
    return regions | {area.id for area in organisations.areas(on=today) if area.region_code == code}


def _described(
    row: Signal, may_see: Callable[[int], bool], names: Mapping[int, OrganisationInfo], today: date
) -> SignalInfo:
    place = names.get(row.organisation_id or 0)
    held = list(row.members.all())
    rule = rule_of(row.rule_code)
    same: dict[str, Any] = {name: getattr(row, name) for name in _AS_KEPT}
    return SignalInfo(
        **same,
        rule_name=rule.name if rule else Words(row.rule_code, row.rule_code),
        place=Words(place.short_th, place.name_en or place.short_th) if place else Words("", ""),
        region_code=place.region_code or (place.code if place.kind == "region" else "") if place else "",
        round=RoundKey(row.round.fiscal_year, row.round.month),
        seen_round=RoundKey(row.seen_round.fiscal_year, row.seen_round.month),
        is_practice=row.round.is_practice,
        reason=Words(row.reason_th, row.reason_en),
        doubts=tuple(Words(str(item["th"]), str(item["en"])) for item in row.doubts),
        also=tuple(row.also),
        overdue=row.state != Signal.State.CLOSED and row.due_on < today,
        owner=(row.owner.display_name or row.owner.username) if row.owner else "",
        members=tuple(_members(held, may_see, names)),
        member_count=len(held),
    )


def _members(
    held: Iterable[SignalMember], may_see: Callable[[int], bool], names: Mapping[int, OrganisationInfo]
) -> Iterable[Member]:
    for member in held:
        if may_see(member.organisation_id):
            name = names[member.organisation_id]
            yield Member(
                organisation_id=member.organisation_id,
                name_th=name.short_th,
                name_en=name.name_en or name.short_th,
                variant=member.variant,
                probability=member.probability,
                severity=member.severity,
                reason=Words(member.reason_th, member.reason_en),
                numbers=member.numbers,
                is_tainted=member.is_tainted,
                expected_of=member.expected_of,
                came_true=member.came_true,
            )
