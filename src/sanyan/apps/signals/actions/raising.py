from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record, record_all
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.signals.looking import Looked, look
from sanyan.apps.signals.models import Signal, SignalMember, Watch
from sanyan.apps.signals.people import People
from sanyan.apps.signals.telling import tell_new
from sanyan.core.errors import NothingToDoError
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Severity
from sanyan.core.warning.candidates import Candidate
from sanyan.core.warning.novelty import Novelty, Said, Saying, novelty
from sanyan.core.warning.selection import Draft, Scope

SYSTEM_NAME = "ระบบ"
GONE = "ข้อมูลล่าสุดไม่เข้าเกณฑ์การเตือนแล้ว"
GATHERED = "รวมอยู่ในสัญญาณของพื้นที่ที่ใหญ่กว่าแล้ว"
_RANKS = {severity.value: rank for rank, severity in enumerate(Severity)}
_FRESH = (
    "probability",
    "severity",
    "rank",
    "variant",
    "reason_th",
    "reason_en",
    "numbers",
    "doubts",
    "also",
    "seen_at",
    "seen_round",
    "gone_at",
)


@dataclass(frozen=True)
class WatchedRound:
    """What a look over a round changed: of `found` candidates `merged` told of a cell that another told of, `gathered`
    stand within a signal of a region or of all, and each other is one of what follows. `new` and
    `again` signals were raised and `updated` ones are still open; `silent` ones people have dealt with, `beyond` ones
    lie outside the budget, and `cleared` ones are gone from the data."""

    round_id: int
    found: int
    merged: int
    gathered: int
    new: int
    again: int
    updated: int
    silent: int
    beyond: int
    cleared: int
    budget: int


def raise_signals(*, by: Viewer, round_id: int, now: datetime) -> WatchedRound:
    """Look over a round, raise what is new, bring open signals up to date, and clear what the data no longer shows.

    Doing it again changes nothing more. Raise NothingToDoError where a later round was already looked over, or this one
    by a look that began later: its signals would be cleared by older data.
    """
    require(viewer=by, capability=Capability.REVIEW)
    looked = look(viewer=by, round_id=round_id, now=now)
    with transaction.atomic():
        watch = _locked(looked, now)
        _require_latest(looked, watch, now)
        outcome = _Keeper(by, looked, now).keep()
        detail = asdict(outcome)
        watch.looked_at, watch.counts = now, detail
        watch.cannot = [{"indicator": code, "th": words.th, "en": words.en} for code, words in looked.cannot]
        watch.save()
        record(by=by, trace=Trace("signals.look", "round", str(round_id), detail=detail), now=now)
    return outcome


class _Keeper:
    """Keeps one look: matches drafts with the signals there are, and writes what is new."""

    def __init__(self, by: Viewer, looked: Looked, now: datetime) -> None:
        self.by, self.looked, self.now = by, looked, now
        self.info = looked.info
        kind = "practice" if self.info.is_practice else "real"
        self.kin = f"{self.info.framework_code}:{kind}:"
        self.region_ids = {area.code: area.id for area in organisations.regions(on=self.info.data_until)}
        self.people = People(timezone.localdate(now))

    def keep(self) -> WatchedRound:
        latest = self._latest()
        counts = dict.fromkeys(Novelty, 0)
        raised: list[tuple[Signal, Draft]] = []
        beyond = 0
        selection = self.looked.selection
        for draft, within in [*((d, True) for d in selection.raised), *((d, False) for d in selection.beyond)]:
            subject = self._subject(draft)
            held = latest.pop(subject, None)
            what = novelty(_said(held) if held else None, self._saying(draft))
            if what in (Novelty.NEW, Novelty.AGAIN) and not within:
                beyond += 1
                continue
            counts[what] += 1
            if what is Novelty.SAME and held is not None:
                self._bring_up_to_date(held, draft)
            elif what in (Novelty.NEW, Novelty.AGAIN):
                raised.append((self._new(subject, draft, repeats=held), draft))
        self._write(raised)
        cleared = self._clear(row for row in latest.values() if row.state != Signal.State.CLOSED)
        return WatchedRound(
            round_id=self.info.id,
            found=self.looked.found,
            merged=selection.merged,
            new=counts[Novelty.NEW],
            again=counts[Novelty.AGAIN],
            updated=counts[Novelty.SAME],
            silent=counts[Novelty.SILENT],
            gathered=self.looked.found - selection.merged - len(selection.raised) - len(selection.beyond),
            beyond=beyond,
            cleared=cleared,
            budget=selection.budget,
        )

    def _latest(self) -> dict[str, Signal]:
        """The latest signal of every subject of this framework and kind, locked."""
        kin = {"round__framework__code": self.info.framework_code, "round__is_practice": self.info.is_practice}
        rows = Signal.objects.select_for_update(of=("self",)).filter(**kin)
        return {row.subject: row for row in rows.select_related("seen_round").order_by("pk")}

    def _subject(self, draft: Draft) -> str:
        parts = (draft.lead.rule.code, draft.lead.way, draft.scope.value, draft.place, draft.lead.indicator)
        return self.kin + ":".join(parts)

    def _saying(self, draft: Draft) -> Saying:
        return Saying(self.info.key, draft.probability, _RANKS[draft.severity.value], _figure(draft))

    def _new(self, subject: str, draft: Draft, *, repeats: Signal | None) -> Signal:
        rule = draft.lead.rule
        row = Signal(
            subject=subject,
            rule_code=rule.code,
            scope=draft.scope.value,
            organisation_id=self._organisation_id(draft),
            round_id=self.info.id,
            indicator_code=draft.lead.indicator,
            raised_at=self.now,
            due_on=timezone.localdate(self.now) + timedelta(days=rule.due_days[draft.severity]),
            repeats=repeats,
        )
        self._refresh(row, draft)
        near = self.people.answering(row)
        row.owner_id = near[0].user_id if near else None
        return row

    def _refresh(self, row: Signal, draft: Draft) -> None:
        row.variant, row.probability, row.severity = draft.lead.variant, draft.probability, draft.severity.value
        row.rank = draft.rank or row.rank or len(self.looked.selection.raised) + 1
        row.reason_th, row.reason_en = draft.reason.th, draft.reason.en
        row.numbers = {**draft.lead.numbers, "members": len(draft.members), "figure": _figure(draft)}
        doubts = {words.th: words.en for member in draft.members for words in member.doubts}
        row.doubts = [{"th": th, "en": en} for th, en in doubts.items()]
        row.also = sorted({code for member in draft.members for code in member.also})
        row.seen_at, row.seen_round_id, row.gone_at = self.now, self.info.id, None

    def _bring_up_to_date(self, row: Signal, draft: Draft) -> None:
        self._refresh(row, draft)
        row.save(update_fields=_FRESH)
        kept = {member.organisation_id: member for member in row.members.all()}
        for candidate in self._units(draft):
            fresh = self._member(row, candidate)
            held = kept.pop(fresh.organisation_id, None)
            if held is not None and held.expected_of != fresh.expected_of and held.came_true is not None:
                continue  # what was expected then has been held against what came; it stays as it was said
            if held is not None:
                fresh.pk, fresh.came_true, fresh.checked_at = held.pk, held.came_true, held.checked_at
            fresh.save()
        SignalMember.objects.filter(pk__in=[m.pk for m in kept.values() if m.came_true is None]).delete()

    def _write(self, raised: list[tuple[Signal, Draft]]) -> None:
        traces = []
        for row, draft in raised:
            row.save()
            SignalMember.objects.bulk_create([self._member(row, candidate) for candidate in self._units(draft)])
            detail = {"rule": row.rule_code, "indicator": row.indicator_code, "probability": row.probability}
            traces.append(Trace("signals.raise", "signal", str(row.pk), row.organisation_id, detail))
        record_all(by=self.by, traces=traces, now=self.now)
        tell_new(by=self.by, signals=[row for row, _ in raised], people=self.people, info=self.info, now=self.now)

    def _units(self, draft: Draft) -> list[Candidate]:
        """The candidates about a unit of its own; what moved the whole system names none."""
        return [candidate for candidate in draft.members if candidate.unit in self.looked.areas]

    def _member(self, row: Signal, candidate: Candidate) -> SignalMember:
        return SignalMember(
            signal=row,
            organisation_id=self.looked.areas[candidate.unit].id,
            variant=candidate.variant,
            probability=candidate.probability,
            severity=candidate.severity.value,
            reason_th=candidate.reason.th,
            reason_en=candidate.reason.en,
            numbers=dict(candidate.numbers),
            is_tainted=candidate.is_tainted,
            expected_of=str(candidate.numbers.get("ahead") or ""),
        )

    def _organisation_id(self, draft: Draft) -> int | None:
        if draft.scope is Scope.SYSTEM:
            return None
        return self.region_ids[draft.place] if draft.scope is Scope.REGION else self.looked.areas[draft.place].id

    def _clear(self, rows: Iterable[Signal]) -> int:
        """Close what nobody has taken up and the data no longer shows; what somebody works on is only marked."""
        gathered = {
            (draft.lead.rule.code, draft.lead.indicator, member.unit)
            for draft in (*self.looked.selection.raised, *self.looked.selection.beyond)
            if draft.scope is not Scope.UNIT
            for member in draft.members
        }
        codes: Mapping[int, str] = {area.id: code for code, area in self.looked.areas.items()}
        traces, cleared = [], 0
        for row in rows:
            if row.state != Signal.State.RAISED:
                if row.gone_at is None:
                    row.gone_at = self.now
                    row.save(update_fields=["gone_at"])
                continue
            place = (row.rule_code, row.indicator_code, codes.get(row.organisation_id or 0, ""))
            row.state, row.outcome = Signal.State.CLOSED, Signal.Outcome.EXPLAINED
            row.closed_at, row.closed_by = self.now, SYSTEM_NAME
            row.explanation = GATHERED if place in gathered else GONE
            row.gone_at = self.now
            row.save(update_fields=["state", "outcome", "closed_at", "closed_by", "explanation", "gone_at"])
            cleared += 1
            detail = {"outcome": row.outcome, "explanation": row.explanation}
            traces.append(Trace("signals.clear", "signal", str(row.pk), row.organisation_id, detail))
        record_all(by=self.by, traces=traces, now=self.now)
        return cleared


def _kin(looked: Looked) -> QuerySet[Watch]:
    """The looks over all rounds of this framework and kind."""
    return Watch.objects.filter(
        round__framework__code=looked.info.framework_code, round__is_practice=looked.info.is_practice
    ).order_by("pk")


def _locked(looked: Looked, now: datetime) -> Watch:
    """The look over this round, once nobody else keeps one: of two at once each would raise the same signals."""
    Watch.objects.get_or_create(round_id=looked.info.id, defaults={"looked_at": now})
    held = {row.round_id: row for row in _kin(looked).select_for_update(of=("self",))}
    return held[looked.info.id]


def _require_latest(looked: Looked, watch: Watch, now: datetime) -> None:
    if watch.looked_at > now:
        raise NothingToDoError(
            "signals-looked-meanwhile",
            "มีการดูสัญญาณของรอบนี้ด้วยข้อมูลที่ใหม่กว่าไปแล้วระหว่างนี้",
            "This round was looked over with newer data meanwhile.",
            next_th="เปิดหน้าสัญญาณของรอบนี้",
            next_en="Open the signals of this round.",
        )
    key = looked.info.key
    later = _kin(looked).values_list("round__fiscal_year", "round__month")
    if any(RoundKey(year, month) > key for year, month in later):
        raise NothingToDoError(
            "signals-later-round",
            "มีการดูสัญญาณของรอบที่ใหม่กว่าแล้ว",
            "A later round has been looked over already.",
            next_th="เปิดหน้าสัญญาณของรอบล่าสุด",
            next_en="Open the signals of the latest round.",
        )


def _said(row: Signal) -> Said:
    figure = row.numbers.get("figure")
    return Said(
        round=RoundKey(row.seen_round.fiscal_year, row.seen_round.month),
        probability=row.probability,
        severity_rank=_RANKS[row.severity],
        figure=float(figure) if isinstance(figure, int | float) else None,
        outcome=row.outcome,
    )


def _figure(draft: Draft) -> float | None:
    """The figure whose change is news: a unit's value, how many units share a cause, days or findings."""
    if draft.scope is not Scope.UNIT:
        return float(len(draft.members)) if draft.lead.unit else draft.probability
    numbers = draft.lead.numbers
    for name in ("value", "days", "count"):
        held = numbers.get(name)
        if isinstance(held, int | float):
            return float(held)
    return None
