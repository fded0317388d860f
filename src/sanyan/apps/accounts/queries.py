"""People and what they may see, read. Here too are the gated ways to an organisation, for the doors."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sanyan.apps.accounts.access import Capability, Viewer, may, require, visible_organisations
from sanyan.apps.accounts.models import Grant, Role, User
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo, TargetGroupInfo
from sanyan.core.errors import NotFoundError

ROLE_NAMES: dict[str, tuple[str, str]] = {
    Role.EXECUTIVE: ("ผู้บริหาร สพฐ.", "OBEC executive"),
    Role.ME_OFFICER: ("เจ้าหน้าที่ติดตามและประเมินผล (สตผ.)", "M&E officer"),
    Role.REGION_DIRECTOR: ("ผู้อำนวยการเขตตรวจราชการ", "Inspection-region director"),
    Role.AREA_OFFICER: ("เจ้าหน้าที่เขตพื้นที่", "Area officer"),
    Role.AREA_DIRECTOR: ("ผู้อำนวยการเขตพื้นที่", "Area director"),
    Role.SCHOOL_STAFF: ("ครูและบุคลากรของโรงเรียน", "School staff"),
    Role.REVIEWER: ("กรรมการหรือผู้ทรงคุณวุฒิ", "Reviewer"),
    Role.PARTICIPANT: ("ผู้ร่วมแสดงความเห็น", "Participant"),
}


@dataclass(frozen=True)
class GrantInfo:
    """A role held, and over what; without an organisation it is over everything."""

    id: int
    role: str
    role_th: str
    role_en: str
    organisation_id: int | None
    organisation_th: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class UserInfo:
    """A person who signs in, with the grants that hold on a day."""

    id: int
    username: str
    display_name: str
    position_th: str
    language: str
    thai_digits: bool
    is_demo: bool
    is_active: bool
    grants: tuple[GrantInfo, ...]


@dataclass(frozen=True)
class Person:
    """Somebody to turn to, by the role that makes them so ("" where looked up by account).

    The address is told to those who send (the system, who manages it) and to the person alone; others read "".
    """

    user_id: int
    name: str
    role: str
    email: str
    language: str


def me(*, viewer: Viewer, on: date) -> UserInfo:
    """The viewer's own account; raise NotFoundError for one that is not a person."""
    found = _described(User.objects.filter(pk=viewer.user_id), on) if viewer.user_id is not None else ()
    if not found:
        raise NotFoundError
    return found[0]


def users(*, viewer: Viewer, on: date) -> tuple[UserInfo, ...]:
    """Everyone who may sign in, by user name; only for those who manage the system."""
    require(viewer=viewer, capability=Capability.MANAGE)
    return _described(User.objects.order_by("username"), on)


def user(*, viewer: Viewer, username: str, on: date) -> UserInfo:
    """One account by user name; only for those who manage the system."""
    require(viewer=viewer, capability=Capability.MANAGE)
    found = _described(User.objects.filter(username=username), on)
    if not found:
        raise NotFoundError(username)
    return found[0]


def people(*, viewer: Viewer, user_ids: Collection[int]) -> dict[int, Person]:
    """Active accounts by id; those who do not manage the system find only themselves."""
    manages = may(viewer=viewer, capability=Capability.MANAGE)
    wanted = {user_id for user_id in user_ids if manages or user_id == viewer.user_id}
    return {user.pk: _person(user, "", viewer) for user in User.objects.filter(pk__in=wanted, is_active=True)}


def people_over(*, viewer: Viewer, organisation_id: int, roles: Collection[str], on: date) -> tuple[Person, ...]:
    """Active people who hold one of these roles over an organisation on a day, directly or through what stands above.

    In the order of `roles` and then by name, each person once. Raise NotFoundError for what the viewer may not see.
    """
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    order = {role: rank for rank, role in enumerate(roles)}
    held = Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        Q(organisation__isnull=True) | Q(organisation_id__in=_standing_above(organisation_id, on)),
        role__in=list(order),
        valid_from__lte=on,
        user__is_active=True,
    ).select_related("user")
    covers: dict[int | None, bool] = {None: True, organisation_id: True}
    found: dict[int, Person] = {}
    for grant in sorted(held, key=lambda grant: order[grant.role]):
        root = grant.organisation_id
        if root is not None and root not in covers:  # the rule of sight has the last word
            covers[root] = organisation_id in organisations.with_descendants(organisation_ids=frozenset({root}))
        if covers[root]:
            found.setdefault(grant.user_id, _person(grant.user, grant.role, viewer))
    return tuple(sorted(found.values(), key=lambda person: (order[person.role], person.name)))


def people_over_everything(*, viewer: Viewer, roles: Collection[str], on: date) -> tuple[Person, ...]:
    """Active people who hold one of these roles over everything on a day, in the order of `roles` and then by name."""
    require(viewer=viewer, capability=Capability.SEE)
    order = {role: rank for rank, role in enumerate(roles)}
    held = Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        organisation__isnull=True,
        role__in=list(order),
        valid_from__lte=on,
        user__is_active=True,
    ).select_related("user")
    found: dict[int, Person] = {}
    for grant in sorted(held, key=lambda grant: order[grant.role]):
        found.setdefault(grant.user_id, _person(grant.user, grant.role, viewer))
    return tuple(sorted(found.values(), key=lambda person: (order[person.role], person.name)))


def areas(*, viewer: Viewer, on: date) -> tuple[OrganisationInfo, ...]:
    """The areas a viewer may see, as they stood on a day."""
    scope = visible_organisations(viewer=viewer)
    return organisations.areas(on=on, ids=None if scope.everything else scope.ids)


def target_groups(*, viewer: Viewer) -> tuple[TargetGroupInfo, ...]:
    """Groups of areas drawn for a purpose, for those who may ask any area; nothing for others."""
    if not may(viewer=viewer, capability=Capability.MANAGE):
        return ()
    return organisations.target_groups()


def organisation(*, viewer: Viewer, code: str, on: date) -> OrganisationInfo:
    """One organisation by code, if the viewer may see it; raise NotFoundError alike for none and not allowed."""
    found = organisations.by_code(codes=[code], on=on).get(code)
    if found is None or not visible_organisations(viewer=viewer).allows(found.id):
        raise NotFoundError(code)
    return found


def _standing_above(organisation_id: int, on: date) -> set[int]:
    """An organisation and all above it by either scheme; raise NotFoundError where there is none."""
    level = {organisations.organisation(organisation_id=organisation_id, on=on).id}
    found = set(level)
    while level:
        infos = organisations.by_id(ids=level, on=on).values()
        level = {above for info in infos for above in (info.parent_id, info.region_id) if above} - found
        found |= level
    return found


def _person(user: User, role: str, viewer: Viewer) -> Person:
    told = user.pk == viewer.user_id or may(viewer=viewer, capability=Capability.MANAGE)
    return Person(user.pk, user.display_name or user.username, role, user.email if told else "", user.language)


def _described(rows: Iterable[User], on: date) -> tuple[UserInfo, ...]:
    people = list(rows)
    held: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), user__in=people, valid_from__lte=on
    ).order_by("pk"):
        held.setdefault(grant.user_id, []).append(grant)
    ids = {grant.organisation_id for grants in held.values() for grant in grants if grant.organisation_id}
    names = {key: info.short_th for key, info in organisations.by_id(ids=ids, on=on).items()}
    return tuple(
        UserInfo(
            id=person.pk,
            username=person.username,
            display_name=person.display_name or person.username,
            position_th=person.position_th,
            language=person.language,
            thai_digits=person.thai_digits,
            is_demo=person.is_demo,
            is_active=person.is_active,
            grants=tuple(_grant(grant, names) for grant in held.get(person.pk, [])),
        )
        for person in people
    )


def _grant(grant: Grant, names: dict[int, str]) -> GrantInfo:
    role_th, role_en = ROLE_NAMES[grant.role]
    return GrantInfo(
        id=grant.pk,
        role=grant.role,
        role_th=role_th,
        role_en=role_en,
        organisation_id=grant.organisation_id,
        organisation_th=names.get(grant.organisation_id or 0, ""),
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
    )
