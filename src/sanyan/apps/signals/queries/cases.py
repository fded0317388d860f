from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sanyan.apps.accounts import queries as accounts
from sanyan.apps.accounts.access import Viewer
from sanyan.apps.audit import queries as audit
from sanyan.apps.audit.queries import Deed
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals import access
from sanyan.apps.signals.catalogue import rule_of
from sanyan.apps.signals.models import Signal
from sanyan.apps.signals.people import People
from sanyan.apps.signals.queries.inbox import SignalInfo, described
from sanyan.core.warning.definitions import WarningRule

EARLIER_SHOWN = 8


@dataclass(frozen=True)
class SignalPerson:
    """Somebody who may own a signal, by the role that makes them so."""

    user_id: int
    name: str
    role_th: str
    role_en: str


@dataclass(frozen=True)
class SignalDetail:
    """A signal with the rule behind it, its life, those who may own it, and earlier ones of the same matter."""

    signal: SignalInfo
    round: RoundInfo
    rule: WarningRule | None
    deeds: tuple[Deed, ...]
    owners: tuple[SignalPerson, ...]
    may_answer: bool
    earlier: tuple[SignalInfo, ...]


def signal(*, viewer: Viewer, signal_id: int, today: date) -> SignalDetail:
    """One signal with all that belongs to it; NotFoundError alike for none and not in sight."""
    row = access.signal(viewer=viewer, id=signal_id)
    visible = access.visible_signals(viewer=viewer)
    info = described(viewer, visible.filter(pk=row.pk), today)[0]
    earlier = visible.filter(subject=row.subject, pk__lt=row.pk).order_by("-pk")[:EARLIER_SHOWN]
    answers = access.may_answer(viewer=viewer, held=row)
    return SignalDetail(
        signal=info,
        round=frameworks.round_info(viewer=viewer, round_id=row.round_id),
        rule=rule_of(row.rule_code),
        deeds=audit.deeds(object_type="signal", object_id=str(row.pk)),
        owners=_owners(row, today) if answers else (),
        may_answer=answers,
        earlier=described(viewer, Signal.objects.filter(pk__in=[held.pk for held in earlier]).order_by("-pk"), today),
    )


def _owners(row: Signal, today: date) -> tuple[SignalPerson, ...]:
    names = accounts.ROLE_NAMES
    return tuple(
        SignalPerson(person.user_id, person.name, *names[person.role]) for person in People(today).answering(row)
    )
