"""The registry, read. Below accounts: callers ask `accounts.access` first what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from sanyan.apps.organisations.aliases import normalised
from sanyan.apps.organisations.models import Alias, Organisation, TargetGroup, Tie
from sanyan.core.errors import NotFoundError

T = TypeVar("T")

AREA_TYPE_NAMES: dict[str, tuple[str, str]] = {
    "primary": ("สพป.", "Primary areas"),
    "secondary": ("สพม.", "Secondary areas"),
}
IDS_A_QUERY = 5_000  # SQLite may be built to take no more than 32,766 parameters


@dataclass(frozen=True)
class OrganisationInfo:
    """An organisation as it stood on a day; `region_*` is empty where no inspection region held then."""

    id: int
    code: str
    kind: str
    area_type: str
    name_th: str
    name_en: str
    short_th: str
    provinces: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    schools: int | None
    note: str
    parent_id: int | None
    region_id: int | None
    region_code: str
    region_th: str
    region_en: str
    closed_on: date | None


@dataclass(frozen=True)
class TargetGroupInfo:
    """A drawn group: the members by id with the stratum each came from, and how the draw was made."""

    id: int
    name_th: str
    purpose_th: str
    size: int
    seed: int
    method: dict[str, object]
    drawn_at: datetime
    drawn_by: str
    members: dict[int, str]


def with_descendants(*, organisation_ids: frozenset[int]) -> frozenset[int]:
    """These organisations and all that stand below them today, by either scheme.

    Follows open ties level by level and remembers nothing between calls: sight must never lag behind a move.
    An area costs one small query and a region two; schools have nothing below them, so they are not asked.
    """
    found = set(organisation_ids)
    level = found
    while level:
        below: set[int] = set()
        for ids in _chunks(level):
            children = Tie.objects.filter(parent_id__in=ids, valid_to__isnull=True)
            for child_id, kind in children.values_list("child_id", "child__kind"):
                if child_id not in found:
                    found.add(child_id)
                    if kind != Organisation.Kind.SCHOOL:
                        below.add(child_id)
        level = below
    return frozenset(found)


def organisation(*, organisation_id: int, on: date) -> OrganisationInfo:
    """One organisation, open or closed; raise NotFoundError where there is none."""
    found = by_id(ids=frozenset({organisation_id}), on=on)
    if organisation_id not in found:
        raise NotFoundError
    return found[organisation_id]


def areas(*, on: date, ids: frozenset[int] | None = None) -> tuple[OrganisationInfo, ...]:
    """Areas open on a day in order of code, all or those among `ids`."""
    return _listed(Organisation.Kind.AREA, on=on, ids=ids)


def regions(*, on: date) -> tuple[OrganisationInfo, ...]:
    """Inspection regions open on a day in order of code; R00 is Bangkok, looked after by the centre."""
    return _listed(Organisation.Kind.REGION, on=on, ids=None)


def offices(*, on: date) -> tuple[OrganisationInfo, ...]:
    """Offices open on a day in order of code: OBEC itself."""
    return _listed(Organisation.Kind.OFFICE, on=on, ids=None)


def schools(*, on: date, ids: frozenset[int] | None = None) -> tuple[OrganisationInfo, ...]:
    """Schools open on a day in order of code, all or those among `ids`."""
    return _listed(Organisation.Kind.SCHOOL, on=on, ids=ids)


def by_id(*, ids: Iterable[int], on: date) -> dict[int, OrganisationInfo]:
    """Organisations by id, open or closed, with their ties as of a day; unknown ids are left out."""
    wanted = set(ids)
    rows = [row for chunk in _chunks(wanted) for row in Organisation.objects.filter(pk__in=chunk)]
    return {info.id: info for info in _described(rows, on=on)}


def by_code(*, codes: Iterable[str], on: date) -> dict[str, OrganisationInfo]:
    """Organisations by their own code (not by alias), open or closed; unknown codes are left out."""
    wanted = set(codes)
    rows = [row for chunk in _chunks(wanted) for row in Organisation.objects.filter(code__in=chunk)]
    return {info.code: info for info in _described(rows, on=on)}


def find_by_name(*, text: str, on: date) -> tuple[OrganisationInfo, ...]:
    """Organisations that go by a name or code on a day, however it is spaced or written, in order of code.

    More than one means that the text does not tell them apart; the caller asks rather than guesses.
    """
    named = Q(kind=Alias.Kind.NAME, normalised=normalised(text, Alias.Kind.NAME))
    coded = Q(kind=Alias.Kind.CODE, normalised=normalised(text, Alias.Kind.CODE))
    found = (
        Alias.objects.filter(named | coded)
        .exclude(normalised="")
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    )
    ids = found.values_list("organisation_id", flat=True)
    return tuple(sorted(by_id(ids=ids, on=on).values(), key=lambda info: info.code))


def target_groups() -> tuple[TargetGroupInfo, ...]:
    """Target groups, the latest draw first."""
    return tuple(
        TargetGroupInfo(
            id=group.pk,
            name_th=group.name_th,
            purpose_th=group.purpose_th,
            size=group.size,
            seed=group.seed,
            method=dict(group.method),
            drawn_at=group.drawn_at,
            drawn_by=group.drawn_by,
            members={member.organisation_id: member.stratum for member in group.members.all()},
        )
        for group in TargetGroup.objects.order_by("-drawn_at", "-pk").prefetch_related("members")
    )


def target_group(*, group_id: int) -> TargetGroupInfo:
    """One target group; raise NotFoundError where there is none."""
    for group in target_groups():
        if group.id == group_id:
            return group
    raise NotFoundError


def _listed(kind: str, *, on: date, ids: frozenset[int] | None) -> tuple[OrganisationInfo, ...]:
    rows = _open_on(Organisation.objects.filter(kind=kind), on)
    if ids is not None:
        rows = rows.filter(pk__in=ids) if len(ids) <= IDS_A_QUERY else rows
    return _described([row for row in rows.order_by("code") if ids is None or row.pk in ids], on=on)


def _open_on(rows: QuerySet[Organisation], on: date) -> QuerySet[Organisation]:
    return rows.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=on)).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    )


def _described(rows: list[Organisation], *, on: date) -> tuple[OrganisationInfo, ...]:
    """Join the ties of a day to rows. A school stands in the inspection region of its area."""
    parents = _parents(Tie.Scheme.ADMINISTRATIVE, {row.pk for row in rows}, on)
    region_of = _parents(Tie.Scheme.INSPECTION, {row.pk for row in rows} | set(parents.values()), on)
    regions_by_id = {row.pk: row for row in Organisation.objects.filter(kind=Organisation.Kind.REGION)}
    described = []
    for row in rows:
        parent_id = parents.get(row.pk)
        region_id = region_of.get(row.pk) or region_of.get(parent_id or 0)
        described.append(_info(row, parent_id, regions_by_id.get(region_id or 0)))
    return tuple(described)


def _parents(scheme: str, ids: set[int], on: date) -> dict[int, int]:
    held = Tie.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), scheme=scheme, valid_from__lte=on)
    return {
        child: parent
        for chunk in _chunks(ids)
        for child, parent in held.filter(child_id__in=chunk).values_list("child_id", "parent_id")
    }


def _info(row: Organisation, parent_id: int | None, region: Organisation | None) -> OrganisationInfo:
    return OrganisationInfo(
        id=row.pk,
        code=row.code,
        kind=row.kind,
        area_type=row.area_type,
        name_th=row.name_th,
        name_en=row.name_en,
        short_th=row.short_th,
        provinces=tuple(row.provinces),
        latitude=row.latitude,
        longitude=row.longitude,
        schools=row.schools,
        note=row.note,
        parent_id=parent_id,
        region_id=region.pk if region else None,
        region_code=region.code if region else "",
        region_th=region.name_th if region else "",
        region_en=region.name_en if region else "",
        closed_on=row.closed_on,
    )


def _chunks(values: Iterable[T]) -> list[list[T]]:
    rows = list(values)
    return [rows[start : start + IDS_A_QUERY] for start in range(0, len(rows), IDS_A_QUERY)]
