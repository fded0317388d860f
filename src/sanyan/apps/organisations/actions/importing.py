"""Many organisations at once: the registry that ships, or a file of a site. Doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sanyan.apps.audit import actions as audit
from sanyan.apps.audit.actions import Actor, Trace
from sanyan.apps.organisations import aliases, registry, sheets
from sanyan.apps.organisations.checking import checked
from sanyan.apps.organisations.models import Alias, Organisation, Tie
from sanyan.apps.organisations.registry import HOLDS_FROM, OrganisationRow
from sanyan.core.errors import Fault

FIELDS = ("name_th", "short_th", "name_en", "area_type", "latitude", "longitude", "schools", "note")


@dataclass(frozen=True)
class Change:
    """An organisation and the parts of it that differ from what was kept."""

    code: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class ImportResult:
    """Every row of the input is in one of these: its code, or the reason it was left out."""

    created: tuple[str, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[str, ...]
    faults: tuple[Fault, ...]
    dry_run: bool


@dataclass
class _Work:
    created: dict[str, None] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)


def load_registry(*, by: Actor, now: datetime) -> ImportResult:
    """Bring in OBEC, the inspection regions and the 245 areas that ship with the product."""
    return import_organisations(by=by, rows=registry.shipped(), now=now)


def import_file(*, by: Actor, data: bytes, file_name: str, dry_run: bool, now: datetime) -> ImportResult:
    """Bring in a CSV or Excel file of organisations; raise BadInputError when it is no such file."""
    rows, faults = sheets.read_rows(data, file_name=file_name)
    result = import_organisations(by=by, rows=rows, dry_run=dry_run, now=now)
    return ImportResult(result.created, result.changed, result.unchanged, (*faults, *result.faults), result.dry_run)


def import_organisations(
    *,
    by: Actor,
    rows: Iterable[OrganisationRow],
    now: datetime,
    dry_run: bool = False,
    valid_from: date = HOLDS_FROM,
) -> ImportResult:
    """Create what is new, change what differs, leave the rest; a bad row is listed and keeps no other row out.

    Ties of new organisations hold from `valid_from`; a known one that stands elsewhere is moved as of today.
    """
    work = _Work()
    with transaction.atomic():
        kept = Organisation.objects.in_bulk(field_name="code")
        good, faults = checked(rows, known={code: row.kind for code, row in kept.items()})
        _write_organisations(good, kept, work)
        _write_ties(good, kept, work, valid_from=valid_from, today=timezone.localdate(now))
        _write_aliases(good, kept, work)
        audit.record_all(by=by, traces=_traces(work, kept), now=now)
        transaction.set_rollback(dry_run)
    touched = {*work.created, *work.changed}
    return ImportResult(
        created=tuple(work.created),
        changed=tuple(Change(code, tuple(parts)) for code, parts in work.changed.items()),
        unchanged=tuple(row.code for row in good if row.code not in touched),
        faults=tuple(faults),
        dry_run=dry_run,
    )


def _write_organisations(rows: Sequence[OrganisationRow], kept: dict[str, Organisation], work: _Work) -> None:
    new = [_new(row) for row in rows if row.code not in kept]
    differing = []
    for row in rows:
        if row.code in kept and (parts := _differences(kept[row.code], row)):
            work.changed[row.code] = parts
            differing.append(kept[row.code])
    Organisation.objects.bulk_create(new, batch_size=500)
    if differing:
        Organisation.objects.bulk_update(differing, [*FIELDS, "provinces"], batch_size=200)
    kept.update({organisation.code: organisation for organisation in new})
    work.created.update(dict.fromkeys(organisation.code for organisation in new))


def _new(row: OrganisationRow) -> Organisation:
    return Organisation(
        code=row.code,
        kind=row.kind,
        provinces=list(row.provinces),
        **{name: getattr(row, name) for name in FIELDS if name != "short_th"},
        short_th=row.short_th or row.name_th[:120],
    )


def _differences(organisation: Organisation, row: OrganisationRow) -> list[str]:
    """Set what the row gives and the organisation lacks or has otherwise; the names of those parts."""
    given = {name: getattr(row, name) for name in FIELDS} | {"provinces": list(row.provinces)}
    parts = []
    for name, value in given.items():
        if value not in ("", None, []) and value != getattr(organisation, name):
            setattr(organisation, name, value)
            parts.append(name)
    return parts


def _write_ties(
    rows: Sequence[OrganisationRow],
    kept: dict[str, Organisation],
    work: _Work,
    *,
    valid_from: date,
    today: date,
) -> None:
    open_ties = {(tie.child_id, tie.scheme): tie for tie in Tie.objects.filter(valid_to__isnull=True)}
    new: list[Tie] = []
    for row in rows:
        wanted = ((Tie.Scheme.ADMINISTRATIVE, row.parent_code), (Tie.Scheme.INSPECTION, row.region_code))
        for scheme, code in wanted:
            if not code:
                continue
            child, parent = kept[row.code], kept[code]
            tie = open_ties.get((child.pk, scheme))
            if tie is None:
                new.append(Tie(child=child, parent=parent, scheme=scheme, valid_from=valid_from))
            elif tie.parent_id != parent.pk:
                new.append(_moved(tie, parent, today))
            else:
                continue
            if row.code not in work.created:
                work.changed.setdefault(row.code, []).append(scheme.value)
    Tie.objects.bulk_create([tie for tie in new if tie.pk is None], batch_size=500)


def _moved(tie: Tie, parent: Organisation, today: date) -> Tie:
    """Close a tie today and open the next; one that began today only changes its parent."""
    if tie.valid_from >= today:
        tie.parent = parent
        tie.save(update_fields=["parent"])
        return tie
    tie.valid_to = today
    tie.save(update_fields=["valid_to"])
    return Tie(child_id=tie.child_id, parent=parent, scheme=tie.scheme, valid_from=today)


def _write_aliases(rows: Sequence[OrganisationRow], kept: dict[str, Organisation], work: _Work) -> None:
    lacking = aliases.missing((kept[row.code], row) for row in rows)
    Alias.objects.bulk_create([alias for found in lacking.values() for alias in found], batch_size=500)
    for code in lacking:
        if code not in work.created:
            work.changed.setdefault(code, []).append("aliases")


def _traces(work: _Work, kept: dict[str, Organisation]) -> list[Trace]:
    parts_of: dict[str, list[str]] = {code: [] for code in work.created} | work.changed
    return [
        Trace(
            "organisations.import_changed" if code in work.changed else "organisations.import_created",
            "organisation",
            str(kept[code].pk),
            kept[code].pk,
            {"code": code, "parts": parts},
        )
        for code, parts in parts_of.items()
    ]
