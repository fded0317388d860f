"""A practice world loaded once, through the real door; what came of it is kept as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase

NOW = datetime(2025, 8, 20, 3, 0, tzinfo=UTC)
AREAS, YEARS = 40, 2
DEMO = "4001"


@dataclass(frozen=True)
class Loaded:
    """Rows of the loaded world as plain values. `real` is an ordinary round of the same framework and month."""

    truth: dict[str, Any]
    rounds: tuple[Any, ...]
    answers: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    facts: tuple[Any, ...]
    real: dict[str, Any]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("practice")
    store = import_module("sanyan.apps.analytics.access").fact_store()
    store.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        held = _load(folder)
        transaction.set_rollback(True)
    store.clear()
    return held


def _load(folder: Path) -> Loaded:
    practice = import_module("sanyan.apps.practice.actions")
    quality = import_module("sanyan.apps.quality.actions")
    frameworks = import_module("sanyan.apps.frameworks.queries")
    by = import_module("sanyan.apps.accounts.access").SYSTEM
    plan = practice.PracticePlan(areas=AREAS, years=YEARS)
    with TestCase.captureOnCommitCallbacks(execute=True):
        practice.prepare(by=by, now=NOW)
        practice.load_practice(by=by, plan=plan, folder=folder, now=NOW, progress=lambda *_: None)
    rounds = frameworks.rounds(viewer=by)
    for info in rounds:
        quality.check_round(by=by, round_id=info.id, now=NOW)  # the worker's work
    return Loaded(
        truth=json.loads((folder / "truth.json").read_text(encoding="utf-8")),
        rounds=tuple(rounds),
        answers=tuple(_answers()),
        findings=tuple(_findings()),
        facts=tuple(import_module("sanyan.apps.analytics.access").fact_store().facts()),
        real=_real_round(by, rounds[0].framework_code),
    )


def _answers() -> Any:
    """Every stored answer with its area, its round and whether it was asked."""
    models = import_module("sanyan.apps.collection.models")
    asked_of = import_module("sanyan.apps.collection.queries.asked").asked_of
    by = import_module("sanyan.apps.accounts.access").SYSTEM
    ids = list(models.Submission.objects.values_list("pk", flat=True))
    asked = {key: {item.code for item in items} for key, items in asked_of(viewer=by, submission_ids=ids).items()}
    for row in models.Answer.objects.select_related("submission__assignment__organisation", "indicator"):
        assignment = row.submission.assignment
        yield {
            "area": assignment.organisation.code,
            "round": assignment.round_id,
            "state": row.submission.state,
            "indicator": row.indicator.code,
            "asked": row.indicator.code in asked[row.submission_id],
            "origin": row.origin,
            "numerator": row.numerator,
            "denominator": row.denominator,
            "value": row.value,
        }


def _findings() -> Any:
    models = import_module("sanyan.apps.quality.models")
    for row in models.Finding.objects.select_related("organisation", "round"):
        yield {
            "area": row.organisation.code,
            "round": f"{row.round.fiscal_year}-{row.round.month:02d}",
            "check": row.check_code,
            "indicator": row.indicator_code,
            "numbers": row.numbers,
        }


def _real_round(by: Any, framework_code: str) -> dict[str, Any]:
    """What an ordinary round of the demo area holds, when nobody has answered in it."""
    loading = import_module("sanyan.apps.practice.actions.loading")
    actions, frameworks, collection, organisations, analytics, quality = (
        import_module(f"sanyan.apps.{name}")
        for name in (
            "frameworks.actions",
            "frameworks.queries",
            "collection.actions",
            "organisations.queries",
            "analytics.queries",
            "quality.queries",
        )
    )
    key = loading.LAST_ROUND
    actions.open_round(
        by=by, framework_code=framework_code, key=key, opens_on=key.data_until, due_on=NOW.date(), now=NOW
    )
    info = frameworks.find_round(viewer=by, framework_code=framework_code, key=key, is_practice=False)
    area = organisations.by_code(codes=[DEMO], on=key.data_until)[DEMO]
    collection.assign(by=by, round_id=info.id, organisation_ids=[area.id], due_on=info.due_on, now=NOW)
    overview = analytics.overview(viewer=by, round_id=info.id, today=NOW.date())
    profile = analytics.area_profile(viewer=by, organisation_id=area.id, round_id=info.id, today=NOW.date())
    rows = [row.figure for section in profile.sections for row in section.figures]
    return {
        "is_practice": info.is_practice,
        "areas": [item.area.code for item in overview.standings],
        "reported": sum(figure.reported for policy in overview.policy_areas for figure in policy.figures),
        "values": [figure.value for figure in rows if figure.value is not None],
        "last_year": [figure.last_year for figure in rows if figure.last_year is not None],
        "history": {code: points for code, points in profile.history.items() if points},
        "findings": len(quality.findings(viewer=by, round_id=info.id)),
    }
