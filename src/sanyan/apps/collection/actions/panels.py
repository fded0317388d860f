"""Panels of units x periods x indicators, from any file whose columns a mapping explains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection import access
from sanyan.apps.collection.actions.answers import EDITABLE, GivenReport, Provenance, StoredReport, store_reports
from sanyan.apps.collection.actions.lifecycle import certify_many, reopen_many, submit_many
from sanyan.apps.collection.actions.rounds import assign
from sanyan.apps.collection.models import Answer, Submission
from sanyan.apps.collection.models import PanelMapping as SavedMapping
from sanyan.apps.frameworks import actions as framework_actions
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.jobs.actions import Progress
from sanyan.apps.organisations import actions as organisation_actions
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.actions import OrganisationRow
from sanyan.core.errors import BadInputError, Fault, NothingToDoError
from sanyan.core.forms.answer_validation import faults_of
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.forms.panel import PanelMapping, PanelReading, PanelRow, framework_from_panel
from sanyan.core.indicators.definitions import AnswerState, Framework, RoundPlan
from sanyan.core.rounds import RoundKey

HAND_IN_DAYS = timedelta(days=45)
REVIEW_AFTER = timedelta(days=365)
REOPENED = "นำเข้าข้อมูลชุดใหม่ / a newer panel was imported"


@dataclass(frozen=True)
class PanelStored:
    """What an import did. Every row of the reading is among created, changed, unchanged or `faults`."""

    framework: str
    rounds: tuple[str, ...]
    organisations_created: int
    reports: int
    created: int
    changed: int
    unchanged: int
    faults: tuple[Fault, ...]


def import_panel(
    *,
    by: Viewer,
    mapping: PanelMapping,
    reading: PanelReading,
    file_name: str,
    now: datetime,
    progress: Progress = lambda *_: None,
) -> PanelStored:
    """Store a panel: its framework, units and rounds where they are new, then its values, certified.

    The mapping is remembered under its framework's code. Raise BadInputError when the reading holds no row.
    """
    require(viewer=by, capability=Capability.MANAGE)
    _need_rows(reading, file_name)
    by = replace(by, system=True)  # whoever may import may also hand in and certify what the panel holds
    definition = _framework(by, mapping, reading, now)
    created = _organisations(by, mapping, reading, now)
    known, faults = _known_rows(mapping, reading.rows, definition, _ids(mapping, reading.rows))
    keys = sorted({row.key for row in known})
    totals = _Totals()
    for number, key in enumerate(keys, start=1):
        info = _round(by, definition.code, key, now)
        ours = [row for row in known if row.key == key]
        totals.add(_store_round(by, info, definition, mapping, ours, file_name, now))
        progress(number, len(keys), str(key))
    _remember(by, mapping, definition.code, file_name, now)
    return PanelStored(
        framework=definition.code,
        rounds=tuple(str(key) for key in keys),
        organisations_created=created,
        reports=totals.reports,
        created=totals.created,
        changed=totals.changed,
        unchanged=totals.unchanged,
        faults=(*reading.faults, *faults),
    )


def check_panel(
    *, by: Viewer, mapping: PanelMapping, reading: PanelReading, file_name: str, now: datetime
) -> tuple[Fault, ...]:
    """Dry run: the faults that `import_panel` would tell, and the errors it would raise. Nothing is stored."""
    require(viewer=by, capability=Capability.MANAGE)
    _need_rows(reading, file_name)
    wanted = _wanted(by, mapping, reading, now)
    definition = _published(by, wanted) or wanted
    units = {mapping.organisation_code(row.unit) for row in reading.rows}
    known = units if mapping.organisations.create else _ids(mapping, reading.rows)
    return (*reading.faults, *_known_rows(mapping, reading.rows, definition, known)[1])


def _need_rows(reading: PanelReading, file_name: str) -> None:
    if reading.rows:
        return
    raise BadInputError(
        "panel-empty",
        "ไม่พบข้อมูลที่นำเข้าได้ในไฟล์นี้",
        "The file holds no row that can be imported.",
        next_th="ตรวจการจับคู่คอลัมน์ แล้วลองตรวจแบบไม่บันทึกอีกครั้ง",
        next_en="Check the mapping of columns and try a dry run.",
        place=file_name,
    )


@dataclass
class _Totals:
    reports: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, stored: Sequence[StoredReport]) -> None:
        self.reports += len(stored)
        self.created += sum(len(item.created) for item in stored)
        self.changed += sum(len(item.changed) for item in stored)
        self.unchanged += sum(len(item.unchanged) for item in stored)


def _framework(by: Viewer, mapping: PanelMapping, reading: PanelReading, now: datetime) -> Framework:
    """The published framework of the mapping; made from the mapping, or extended to new years, where needed."""
    wanted = _wanted(by, mapping, reading, now)
    published = _published(by, wanted)
    if published is not None:
        return _with_years(by, published, wanted, now)
    framework_actions.save_draft(by=by, definition=wanted, now=now)
    framework_actions.publish(by=by, framework_code=wanted.code, now=now)
    return wanted


def _wanted(by: Viewer, mapping: PanelMapping, reading: PanelReading, now: datetime) -> Framework:
    return framework_from_panel(
        mapping,
        reading,
        owner=mapping.owner or by.name,
        authored_by=by.name,
        checked_by=by.name,
        next_review=now.date() + REVIEW_AFTER,
    )


def _published(by: Viewer, wanted: Framework) -> Framework | None:
    """The framework in force under that code, None where there is none yet. Raise where it lacks an indicator."""
    if wanted.code not in {item.code for item in frameworks.frameworks(viewer=by)}:
        return None
    published = frameworks.find_version(viewer=by, framework_code=wanted.code).definition
    lacking = {item.code for item in wanted.indicators} - {item.code for item in published.indicators}
    if lacking:
        raise BadInputError(
            "panel-indicator-unknown",
            f"กรอบ {wanted.code} ไม่มีตัวชี้วัด {', '.join(sorted(lacking))}",
            f"Framework {wanted.code} has no indicator {', '.join(sorted(lacking))}.",
            next_th="เพิ่มตัวชี้วัดในกรอบแล้วเผยแพร่ หรือแก้การจับคู่คอลัมน์",
            next_en="Add it to the framework and publish, or correct the mapping.",
        )
    return published


def _with_years(by: Viewer, published: Framework, wanted: Framework, now: datetime) -> Framework:
    years = tuple(sorted({*published.fiscal_years, *wanted.fiscal_years}))
    plans: dict[int, RoundPlan] = {plan.month: plan for plan in (*wanted.rounds, *published.rounds)}
    extended = replace(published, fiscal_years=years, rounds=tuple(plans[month] for month in sorted(plans)))
    if extended == published:
        return published
    framework_actions.save_draft(by=by, definition=extended, now=now)
    framework_actions.publish(by=by, framework_code=extended.code, now=now)
    return extended


def _organisations(by: Viewer, mapping: PanelMapping, reading: PanelReading, now: datetime) -> int:
    if not mapping.organisations.create:
        return 0
    under = mapping.organisations.under or mapping.framework
    units = {
        mapping.organisation_code(row.unit): OrganisationRow(
            code=mapping.organisation_code(row.unit),
            kind=mapping.organisations.kind,
            name_th=row.unit_name or row.unit,
            short_th=row.unit_name or row.unit,
            parent_code=under,
            region_code=_region_code(mapping, row.region),
        )
        for row in reading.rows
    }
    regions = {
        code: OrganisationRow(code=code, kind="region", name_th=row.region, short_th=row.region, parent_code=under)
        for row in reading.rows
        if (code := _region_code(mapping, row.region))
    }
    name = mapping.framework_th or under
    office = OrganisationRow(code=under, kind="office", name_th=name, short_th=name[:120])
    parents = [office] if not organisations.by_code(codes=[under], on=timezone.localdate(now)) else []
    result = organisation_actions.import_organisations(
        by=by, rows=[*parents, *regions.values(), *units.values()], now=now
    )
    return len(result.created)


def _region_code(mapping: PanelMapping, region: str) -> str:
    return f"{mapping.organisations.prefix}region-{region}"[:40] if region else ""


def _known_rows(
    mapping: PanelMapping, rows: Sequence[PanelRow], definition: Framework, registered: Collection[str]
) -> tuple[list[PanelRow], list[Fault]]:
    """Rows whose unit is registered and whose value can be kept, and a fault for each of the others."""
    known: list[PanelRow] = []
    faults: list[Fault] = []
    for row in rows:
        if mapping.organisation_code(row.unit) not in registered:
            faults.append(
                Fault(
                    "unit-unknown",
                    f"ไม่รู้จักหน่วยงาน {row.unit}",
                    f"Unit {row.unit} is not registered.",
                    next_th="เพิ่มหน่วยงานในทะเบียน หรือให้การจับคู่สร้างหน่วยงานใหม่",
                    next_en="Register it, or let the mapping create units.",
                    cell=row.cell,
                    subject=row.unit,
                )
            )
            continue
        wrong = faults_of(definition.indicator(row.indicator), _answer(row), scale=definition.scale)
        faults += [replace(fault, cell=row.cell, subject=row.unit) for fault in wrong]
        if not any(fault.is_error for fault in wrong):
            known.append(row)
    return known, faults


def _ids(mapping: PanelMapping, rows: Sequence[PanelRow]) -> dict[str, int]:
    """Ids of the registered units by code, whenever they were open."""
    codes = {mapping.organisation_code(row.unit) for row in rows}
    return {
        code: item.id
        for code, item in organisations.by_code(codes=codes, on=max(row.key for row in rows).data_until).items()
    }


def _answer(row: PanelRow) -> FilledAnswer:
    return FilledAnswer(
        row.indicator, AnswerState.REPORTED, numerator=row.numerator, denominator=row.denominator, value=row.value
    )


def _round(by: Viewer, code: str, key: RoundKey, now: datetime) -> RoundInfo:
    info = frameworks.find_round(viewer=by, framework_code=code, key=key)
    if info is None:
        framework_actions.open_round(
            by=by,
            framework_code=code,
            key=key,
            opens_on=key.data_until,
            due_on=max(key.data_until + HAND_IN_DAYS, timezone.localdate(now)),
            now=now,
        )
        info = frameworks.find_round(viewer=by, framework_code=code, key=key)
    assert info is not None
    return info


def _store_round(
    by: Viewer,
    info: RoundInfo,
    definition: Framework,
    mapping: PanelMapping,
    rows: Sequence[PanelRow],
    file_name: str,
    now: datetime,
) -> list[StoredReport]:
    ids = _ids(mapping, rows)
    answers: dict[int, list[FilledAnswer]] = defaultdict(list)
    for row in rows:
        answers[ids[mapping.organisation_code(row.unit)]].append(_answer(row))
    provenance = Provenance(Answer.Origin.PANEL, file_name[:200])
    with transaction.atomic():
        assign(by=by, round_id=info.id, organisation_ids=answers.keys(), due_on=info.due_on, now=now)
        submissions = access.submissions_for_change(viewer=by, round_id=info.id, organisation_ids=answers.keys())
        changing = _open_for_change(by, submissions, answers, now)
        reports = [GivenReport(row, answers[row.assignment.organisation_id], provenance) for row in changing]
        stored = store_reports(by=by, reports=reports, now=now)
        handed = {row.pk: now for row in changing}
        if handed:
            submit_many(by=by, submitted_at=handed, leave_unanswered=True, origin=Answer.Origin.PANEL)
            certify_many(by=by, submission_ids=list(handed), now=now)
    same = [
        StoredReport((), (), tuple(answer.indicator for answer in answers[row.assignment.organisation_id]))
        for row in submissions
        if row.pk not in handed
    ]
    return [*stored, *same]


def _open_for_change(
    by: Viewer, submissions: Sequence[Submission], answers: Mapping[int, Sequence[FilledAnswer]], now: datetime
) -> list[Submission]:
    """Submissions that would change, opened again where they were certified; the others are left alone."""
    held: dict[tuple[int, str], tuple[float | None, ...]] = {
        (row[0], row[1]): row[2:]
        for row in Answer.objects.filter(submission__in=submissions, state="reported").values_list(
            "submission_id", "indicator__code", "numerator", "denominator", "value"
        )
    }
    changing = [
        row
        for row in submissions
        if row.state in EDITABLE
        or any(not _is_held(held, row, answer) for answer in answers[row.assignment.organisation_id])
    ]
    closed = [row for row in changing if row.state not in EDITABLE]
    if any(row.state == Submission.State.SUBMITTED for row in closed):
        raise NothingToDoError(
            "panel-meets-submitted",
            "มีรายงานที่ส่งแล้วรอรับรองอยู่ในรอบนี้ จึงนำเข้าทับไม่ได้",
            "A report of this round waits to be certified and cannot be overwritten.",
            next_th="รับรองหรือส่งกลับรายงานนั้นก่อน",
            next_en="Certify or return it first.",
        )
    reopen_many(by=by, rows=closed, comment=REOPENED, now=now)
    return changing


def _is_held(held: Mapping[tuple[int, str], tuple[float | None, ...]], row: Submission, answer: FilledAnswer) -> bool:
    was = held.get((row.pk, answer.indicator))
    if was is None:
        return False
    given = (answer.numerator, answer.denominator)
    return was[:2] == given and (answer.value is None or was[2] == answer.value)


def _remember(by: Viewer, mapping: PanelMapping, code: str, file_name: str, now: datetime) -> None:
    with transaction.atomic():
        SavedMapping.objects.update_or_create(
            name=code, defaults={"mapping": mapping.to_dict(), "saved_at": now, "saved_by": by.name}
        )
        trace = Trace("collection.import_panel", "framework", code, detail={"file": file_name})
        record(by=by, trace=trace, now=now)
