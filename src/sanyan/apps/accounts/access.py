"""Who is asking, what they may see, and what they may do. The only scope rule of the product lives here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from sanyan.apps.accounts.models import Grant, Role, User
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import NotAllowedError, NotFoundError

M = TypeVar("M", bound=Model)


class Capability(StrEnum):
    """What can be done to an organisation's data, or (without an organisation) to the system."""

    SEE = "see"
    ANSWER = "answer"
    CERTIFY = "certify"
    RESPOND = "respond"
    REVIEW = "review"
    MANAGE = "manage"


CAPABILITIES: dict[str, frozenset[Capability]] = {
    Role.EXECUTIVE: frozenset({Capability.SEE}),
    Role.ME_OFFICER: frozenset(
        {Capability.SEE, Capability.ANSWER, Capability.RESPOND, Capability.REVIEW, Capability.MANAGE}
    ),
    Role.REGION_DIRECTOR: frozenset({Capability.SEE, Capability.RESPOND}),
    Role.AREA_OFFICER: frozenset({Capability.SEE, Capability.ANSWER, Capability.RESPOND}),
    Role.AREA_DIRECTOR: frozenset({Capability.SEE, Capability.ANSWER, Capability.CERTIFY, Capability.RESPOND}),
    Role.SCHOOL_STAFF: frozenset({Capability.SEE, Capability.ANSWER}),
    Role.REVIEWER: frozenset({Capability.SEE}),
    Role.PARTICIPANT: frozenset(),
}


@dataclass(frozen=True)
class HeldGrant:
    """A role over an organisation and all below it; None stands for everything."""

    role: str
    organisation_id: int | None


@dataclass(frozen=True)
class Viewer:
    """Whoever asks or acts. `system` is the product itself (set-up, worker, practice data)."""

    user_id: int | None
    name: str
    grants: tuple[HeldGrant, ...] = ()
    system: bool = False

    def has(self, *roles: str) -> bool:
        """Whether any of these roles is held, wherever."""
        return any(grant.role in roles for grant in self.grants)


SYSTEM = Viewer(user_id=None, name="ระบบ", system=True)


@dataclass(frozen=True)
class Scope:
    """A set of organisations: everything, or these ids."""

    everything: bool
    ids: frozenset[int] = frozenset()

    def allows(self, organisation_id: int | None) -> bool:
        """Whether the organisation lies within."""
        return self.everything or organisation_id in self.ids

    def filter(self, rows: QuerySet[M], field: str = "organisation_id") -> QuerySet[M]:
        """Rows whose organisation lies within."""
        return rows if self.everything else rows.filter(Q(**{f"{field}__in": self.ids}))


def viewer_for(user: Any, *, on: date) -> Viewer:
    """The viewer behind a signed-in user, with the grants that hold on a day; no grants for anyone else."""
    if not isinstance(user, User) or not user.is_active:
        return Viewer(user_id=None, name="-")
    held = Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), user=user, valid_from__lte=on
    ).values_list("role", "organisation_id")
    return Viewer(
        user_id=user.pk,
        name=user.display_name or user.username,
        grants=tuple(HeldGrant(role, organisation) for role, organisation in held),
    )


def viewer_by_id(*, user_id: int | None, on: date) -> Viewer:
    """The viewer for whom a job runs, with the grants of today; without grants where no such account is left."""
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    return viewer_for(user, on=on)


def organisations_where(*, viewer: Viewer, capability: Capability) -> Scope:
    """Organisations over which the viewer holds a capability."""
    if viewer.system:
        return Scope(everything=True)
    roots: set[int] = set()
    for grant in viewer.grants:
        if capability in CAPABILITIES.get(grant.role, frozenset()):
            if grant.organisation_id is None:
                return Scope(everything=True)
            roots.add(grant.organisation_id)
    return Scope(everything=False, ids=organisations.with_descendants(organisation_ids=frozenset(roots)))


def visible_organisations(*, viewer: Viewer) -> Scope:
    """The one rule of sight: what a viewer may see is what their grants cover."""
    return organisations_where(viewer=viewer, capability=Capability.SEE)


def may(*, viewer: Viewer, capability: Capability, organisation_id: int | None = None) -> bool:
    """Whether the viewer holds a capability over an organisation, or over everything where none is named."""
    scope = organisations_where(viewer=viewer, capability=capability)
    return scope.everything if organisation_id is None else scope.allows(organisation_id)


def require(*, viewer: Viewer, capability: Capability, organisation_id: int | None = None) -> None:
    """Raise NotFoundError for what is out of sight, NotAllowedError for what may be seen but not done."""
    if may(viewer=viewer, capability=capability, organisation_id=organisation_id):
        return
    if not may(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id):
        raise NotFoundError
    raise NotAllowedError(
        "not-allowed",
        "บัญชีของท่านดูได้ แต่ไม่มีสิทธิ์ทำรายการนี้",
        "Your account may see this but not do it.",
        next_th="ติดต่อผู้ดูแลระบบของ สตผ. หากควรมีสิทธิ์นี้",
        next_en="Ask the M&E bureau's administrator if you should be able to.",
    )
