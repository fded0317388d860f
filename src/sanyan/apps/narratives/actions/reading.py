"""Texts of certified reports become passages. Reading again changes nothing: what is the same stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection import queries as collection
from sanyan.apps.collection.queries import CertifiedReport
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.jobs.actions import Progress
from sanyan.apps.narratives.models import Passage, SourceText, TextState
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, NarrativeField
from sanyan.core.text.emptiness import has_content
from sanyan.core.text.intake import TakenIn, take_in
from sanyan.core.text.stances import is_read, stance_of
from sanyan.core.thai.words import normal

REPORTS_AT_ONCE = 20  # in one transaction: a heartbeat must come between two


@dataclass(frozen=True)
class Reading:
    """What a reading did: rounds and reports looked at, texts new, gone and unchanged, passages made."""

    round_ids: frozenset[int]
    reports: int
    new: int
    gone: int
    same: int
    passages: int


@dataclass(frozen=True)
class Place:
    """Where a text stands among reports: of which report, about what, asked by which field or page."""

    submission_id: int
    info: RoundInfo
    organisation: OrganisationInfo
    indicator: Indicator
    field_key: str = ""
    stance: str = "other"
    evidence_file_id: int | None = None
    file_name: str = ""
    page: int | None = None
    how: str = "typed"


def read_certified(
    *, by: Viewer, certification_ids: Collection[int] | None = None, now: datetime, progress: Progress | None = None
) -> Reading:
    """Read the narratives of these certified reports, or of all. Only the product itself does so."""
    only_system(by)
    reports = collection.certified_reports(viewer=SYSTEM, certification_ids=certification_ids)
    totals = [0, 0, 0, 0]
    for start in range(0, len(reports), REPORTS_AT_ONCE):
        batch = reports[start : start + REPORTS_AT_ONCE]
        for at, count in enumerate(_read(by, batch, now)):
            totals[at] += count
        if progress is not None:
            progress(min(start + REPORTS_AT_ONCE, len(reports)), len(reports), "อ่านข้อความในรายงานที่รับรองแล้ว")
    return Reading(frozenset(report.round_id for report in reports), len(reports), *totals)


def store(taken: TakenIn, place: Place, now: datetime) -> tuple[SourceText, list[Passage]]:
    """A source text and its passages as rows, not saved yet."""
    source = SourceText(
        submission_id=place.submission_id,
        round_id=place.info.id,
        organisation_id=place.organisation.id,
        region_id=place.organisation.region_id,
        area_type=place.organisation.area_type,
        indicator_code=place.indicator.code,
        policy_area=place.indicator.policy_area,
        kind=SourceText.Kind.FIELD if place.page is None else SourceText.Kind.PAGE,
        field_key=place.field_key,
        stance=place.stance,
        evidence_file_id=place.evidence_file_id,
        file_name=place.file_name,
        page=place.page,
        how=place.how,
        original=taken.original,
        text=taken.text,
        edits=list(taken.edits),
        hidden=list(taken.hidden),
        personal=list(taken.personal),
        orders=list(taken.orders),
        read_at=now,
    )
    passages = [
        Passage(
            source=source,
            number=number,
            start=item.span.start,
            end=item.span.end,
            text=item.text,
            terms=" ".join(item.terms),
            text_hash=hash_of(item.text),
            says_something=has_content(item.text),
            orders=item.orders,
        )
        for number, item in enumerate(taken.passages)
    ]
    return source, passages


def save(made: Sequence[tuple[SourceText, list[Passage]]]) -> int:
    """Save source texts with their passages and tell every process. Returns how many passages."""
    SourceText.objects.bulk_create([source for source, _ in made], batch_size=200)
    passages = [passage for _, items in made for passage in items]
    for source, items in made:
        for passage in items:
            passage.source = source
    Passage.objects.bulk_create(passages, batch_size=500)
    if made:
        renew_state()
    return len(passages)


def renew_state() -> None:
    """Tell every process that what it holds of texts is old."""
    TextState.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})


def hash_of(text: str) -> str:
    """The hash by which the vector of a text is kept: of its normal form, so that two encodings share one."""
    return hashlib.sha256(normal(text).encode()).hexdigest()


def only_system(by: Viewer) -> None:
    """Texts follow certification by themselves; no person writes them."""
    if not by.system:
        raise NotFoundError


@dataclass(frozen=True)
class _Found:
    """A text of a report; `taken` where it is not held as it is."""

    place: Place
    text: str
    taken: TakenIn | None

    @property
    def key(self) -> tuple[int, str, str]:
        return self.place.submission_id, self.place.indicator.code, self.place.field_key


def _read(by: Viewer, reports: Sequence[CertifiedReport], now: datetime) -> tuple[int, int, int, int]:
    """Taking texts in takes time and comes before the transaction, which holds SQLite's one write lock."""
    ids = [report.submission_id for report in reports]
    before = {key: row.original for key, row in _held(ids, lock=False).items()}
    found = [_looked_at(place, text, before) for place, text in _texts(reports)]
    with transaction.atomic():
        held = _held(ids, lock=True)
        made, same = [], 0
        for item in found:
            row = held.get(item.key)
            if row is not None and row.original in (item.text, item.taken.original if item.taken else item.text):
                del held[item.key]
                same += 1
                continue
            taken = item.taken or take_in(item.text)
            if taken.passages:
                made.append(store(taken, item.place, now))
        gone = [row.pk for row in held.values()]
        SourceText.objects.filter(pk__in=gone).update(gone_at=now)
        passages = save(made)
        if gone and not made:
            renew_state()
        if made or gone:
            detail = {"reports": len(reports), "texts": len(made), "gone": len(gone), "passages": passages}
            trace = Trace("narratives.read", "submission", str(ids[0]), detail=detail)
            record(by=by, trace=trace, now=now)
    return len(made), len(gone), same, passages


def _held(submission_ids: Sequence[int], *, lock: bool) -> dict[tuple[int, str, str], SourceText]:
    """The live texts of reports by report, indicator and field."""
    rows = SourceText.objects.select_for_update() if lock else SourceText.objects.all()
    live = rows.filter(submission_id__in=submission_ids, kind=SourceText.Kind.FIELD, gone_at__isnull=True)
    return {(row.submission_id, row.indicator_code, row.field_key): row for row in live}


def _looked_at(place: Place, text: str, before: Mapping[tuple[int, str, str], str]) -> _Found:
    held = before.get((place.submission_id, place.indicator.code, place.field_key))
    return _Found(place, text, None if held == text else take_in(text))


def _texts(reports: Sequence[CertifiedReport]) -> Iterator[tuple[Place, str]]:
    infos = {id: frameworks.round_info(viewer=SYSTEM, round_id=id) for id in {report.round_id for report in reports}}
    for round_id, info in infos.items():
        of_round = [report for report in reports if report.round_id == round_id]
        framework = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id).definition
        areas = organisations.by_id(ids=[report.organisation_id for report in of_round], on=info.data_until)
        for report in of_round:
            yield from _of_report(report, info, framework, areas)


def _of_report(
    report: CertifiedReport, info: RoundInfo, framework: Framework, areas: Mapping[int, OrganisationInfo]
) -> Iterator[tuple[Place, str]]:
    fields: dict[str, NarrativeField] = {item.key: item for item in framework.narrative_fields if is_read(item)}
    for answer in report.answers:
        if answer.state != AnswerState.REPORTED or answer.disaggregation:
            continue
        for key, text in answer.text.items():
            if key in fields and isinstance(text, str) and text.strip():
                yield (
                    Place(
                        submission_id=report.submission_id,
                        info=info,
                        organisation=areas[report.organisation_id],
                        indicator=framework.indicator(answer.indicator_code),
                        field_key=key,
                        stance=stance_of(fields[key]).value,
                    ),
                    text,
                )
