from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection import access
from sanyan.apps.collection.models import Submission
from sanyan.apps.collection.queries.answers import filled_answers, report_of
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.core.forms.answers import FilledAnswer
from sanyan.engines.documents.workbooks import FormContext, fill_workbook


@dataclass(frozen=True)
class Download:
    """A file to hand over."""

    file_name: str
    data: bytes


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
