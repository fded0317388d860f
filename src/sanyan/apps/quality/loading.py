"""A round as the checks need it, put together from what frameworks, collection and organisations hold."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.core.checking.values import CheckedAnswer, CheckInput, ExpectedReport
from sanyan.core.indicators.definitions import AnswerState, Framework, Kind

NOT_HANDED_IN = frozenset({"not_started", "in_progress"})

Loaded = dict[tuple[str, str], CheckedAnswer]


def round_as_input(*, viewer: Viewer, info: RoundInfo, now: datetime) -> CheckInput:
    """Answers of everyone who handed in, the rounds to compare with, and who was expected.

    Reports still being filled in are left out: a half-typed figure is no finding.
    """
    rows = collection.expected(viewer=viewer, round_id=info.id)
    handed_in = {row.organisation_id for row in rows if row.state not in NOT_HANDED_IN}
    asked = organisations.by_id(ids=[row.organisation_id for row in rows], on=info.data_until)
    expected = {
        str(row.organisation_id): ExpectedReport(
            due_on=row.due_on,
            handed_in_on=timezone.localdate(row.submitted_at) if row.submitted_at else None,
            area_type=asked[row.organisation_id].area_type,
            name_th=asked[row.organisation_id].short_th,
            name_en=asked[row.organisation_id].name_en,
        )
        for row in rows
    }
    answers = _answers(viewer, info.id)
    framework = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    before = None if info.previous_id is None else frameworks.round_info(viewer=viewer, round_id=info.previous_id)
    previous = _answers(viewer, info.previous_id)
    # Running totals start anew each October, so figures are compared within a fiscal year; narratives across.
    goes_on = before is not None and before.key.fiscal_year == info.key.fiscal_year
    return CheckInput(
        framework=framework,
        round=info.key,
        answers={key: answer for key, answer in answers.items() if int(key[0]) in handed_in},
        expected=expected,
        today=timezone.localdate(now),
        previous=previous if goes_on else None,
        last_year=previous if info.last_year_id == info.previous_id else _answers(viewer, info.last_year_id),
        latest={**_texts_before(viewer, framework, info, before), **previous},
    )


def _texts_before(viewer: Viewer, framework: Framework, info: RoundInfo, before: RoundInfo | None) -> Loaded:
    """Answers of the round before the last, where the last did not ask for a narrative that this one asks for."""
    if before is None:
        return {}
    asked_then = {item.code for item in framework.asked(month=before.key.month)}
    asked_now = framework.asked(month=info.key.month)
    skipped = any(item.kind is Kind.NARRATIVE and item.code not in asked_then for item in asked_now)
    return _answers(viewer, before.previous_id) if skipped else {}


def _answers(viewer: Viewer, round_id: int | None) -> Loaded:
    if round_id is None:
        return {}
    return {
        (str(row.organisation_id), row.indicator_code): CheckedAnswer(
            AnswerState(row.state), row.numerator, row.denominator, row.value, row.text
        )
        for row in collection.answers_of_round(viewer=viewer, round_id=round_id)
        if not row.disaggregation
    }
