from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection import access
from sanyan.apps.collection.models import Submission
from sanyan.apps.collection.queries.answers import filled_answers, report_of
from sanyan.apps.collection.queries.progress import expected
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.core.downloads import Download
from sanyan.core.errors import BadInputError
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.forms.workbook_identity import read_identity
from sanyan.engines.documents.excel import OpenedWorkbook
from sanyan.engines.documents.workbooks import FormContext, fill_workbook, open_form


@dataclass(frozen=True)
class RoundForm:
    """The forms of all organisations of a round that the viewer may see."""

    contexts: dict[str, FormContext]
    submissions: dict[str, int]

    def owner_of(self, file_name: str, data: bytes) -> tuple[int, FormContext, OpenedWorkbook]:
        """Whose workbook this is: its submission, its form, and the file opened.

        The workbook says so itself; where it no longer does, its file name begins with the code. Raise BadInputError
        for a file that cannot be opened, or whose owner is not asked in this round.
        """
        opened = open_form(data, file_name=file_name)
        stem = PurePath(file_name).stem
        named = (read_identity(opened.sheets).organisation, stem.partition("_")[0], stem.partition(" ")[0])
        code = next((code for code in named if code in self.contexts), None)
        if code is None:
            raise BadInputError(
                "workbook-owner-unknown",
                "ไม่รู้ว่าเป็นไฟล์ของเขตใด หรือเขตนั้นไม่ได้อยู่ในรอบนี้",
                "It is not clear which area the workbook belongs to, or the area is not asked in this round.",
                next_th="ใช้ไฟล์ที่ดาวน์โหลดจากระบบ หรือตั้งชื่อไฟล์ขึ้นต้นด้วยรหัสเขต เช่น 4001.xlsx",
                next_en="Use a workbook downloaded from the system, or begin its name with the area's code.",
                place=file_name,
            )
        return self.submissions[code], self.contexts[code], opened


def round_form(*, viewer: Viewer, round_id: int) -> RoundForm:
    """The forms of a round, read once for many workbooks."""
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    version = frameworks.framework_version(viewer=viewer, version_id=info.version_id)
    rows = {row.organisation_id: row.submission_id for row in expected(viewer=viewer, round_id=round_id)}
    asked = organisations.by_id(ids=rows, on=info.data_until)
    contexts = {
        item.code: FormContext(
            framework=version.definition,
            version=info.version_number,
            round_key=info.key,
            organisation_code=item.code,
            organisation_name=item.name_th,
            area_type=item.area_type,
            practice=info.is_practice,
        )
        for item in asked.values()
    }
    return RoundForm(contexts, {item.code: rows[item.id] for item in asked.values()})


def form_context(*, viewer: Viewer, submission: Submission) -> FormContext:
    """The form that a submission is filled in on."""
    assignment = submission.assignment
    info = frameworks.round_info(viewer=viewer, round_id=assignment.round_id)
    version = frameworks.framework_version(viewer=viewer, version_id=info.version_id)
    organisation = organisations.organisation(organisation_id=assignment.organisation_id, on=info.data_until)
    return FormContext(
        framework=version.definition,
        version=info.version_number,
        round_key=info.key,
        organisation_code=organisation.code,
        organisation_name=organisation.name_th,
        area_type=organisation.area_type,
        practice=info.is_practice,
    )


def workbook_of(*, viewer: Viewer, submission_id: int) -> Download:
    """An organisation's workbook: what is stored now, and beside it what it reported last round."""
    submission = access.submission(viewer=viewer, id=submission_id)
    context = form_context(viewer=viewer, submission=submission)
    report = report_of(viewer=viewer, submission_id=submission_id)
    last = last_answers(viewer=viewer, submission=submission)
    return Download(
        file_name=f"{context.organisation_code}_{context.round_key}.xlsx",
        data=fill_workbook(context, report=report, last=last),
    )


def blank_workbook(*, viewer: Viewer, submission_id: int) -> Download:
    """The same form without answers."""
    context = form_context(viewer=viewer, submission=access.submission(viewer=viewer, id=submission_id))
    return Download(
        file_name=f"{context.organisation_code}_{context.round_key}_blank.xlsx",
        data=fill_workbook(context, report=None, last={}),
    )


def last_answers(*, viewer: Viewer, submission: Submission) -> dict[str, FilledAnswer]:
    """What the organisation reported in the round before, by indicator."""
    info = frameworks.round_info(viewer=viewer, round_id=submission.assignment.round_id)
    before = (
        Submission.objects.filter(
            assignment__round_id=info.previous_id,
            assignment__organisation_id=submission.assignment.organisation_id,
        ).first()
        if info.previous_id
        else None
    )
    if before is None:
        return {}
    return {answer.indicator: answer for answer in filled_answers(before) if not answer.disaggregation}
