"""The database keeps the promise: each state that must never be is tried, and refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sanyan.apps.frameworks.models import Framework, FrameworkVersion, Indicator, Round

pytestmark = pytest.mark.django_db

AT = datetime(2025, 6, 1, tzinfo=UTC)
PUBLISHED: dict[str, Any] = {"state": "published", "published_at": AT, "published_by": "ก", "checked_by": "ข"}
RETIRED: dict[str, Any] = PUBLISHED | {"state": "retired", "retired_at": AT, "retired_by": "ก"}


def framework() -> Framework:
    return Framework.objects.create(code="F", name_th="กรอบ")


def version(held: Framework, number: int = 1, **values: Any) -> FrameworkVersion:
    row = {"definition": {"code": "F"}, "authored_by": "ก", "created_at": AT} | values
    return FrameworkVersion.objects.create(framework=held, number=number, **row)


def round_of(held: FrameworkVersion, **values: Any) -> Round:
    row = {
        "fiscal_year": 2568,
        "month": 6,
        "name_th": "รอบ",
        "opens_on": date(2025, 4, 1),
        "data_until": date(2025, 3, 31),
        "due_on": date(2025, 4, 30),
    } | values
    return Round.objects.create(framework=held.framework, version=held, **row)


@pytest.mark.parametrize("values", [{}, PUBLISHED, RETIRED])
def test_each_proper_state_is_accepted(values: dict[str, Any]) -> None:
    assert version(framework(), **values).pk


@pytest.mark.parametrize(
    "values",
    [
        PUBLISHED | {"state": "draft"},
        PUBLISHED | {"published_at": None, "published_by": ""},
        PUBLISHED | {"published_by": ""},
        PUBLISHED | {"published_at": None},
        PUBLISHED | {"checked_by": ""},
        {"published_by": "ก"},
        RETIRED | {"retired_at": None},
        RETIRED | {"retired_by": ""},
        RETIRED | {"retired_at": None, "retired_by": ""},
        RETIRED | {"published_at": None, "published_by": ""},
        {"state": "lost"},
    ],
)
def test_a_state_without_its_dates_and_names_is_refused(values: dict[str, Any]) -> None:
    held = framework()
    with pytest.raises(IntegrityError), transaction.atomic():
        version(held, **values)


@pytest.mark.parametrize("values", [{}, PUBLISHED])
def test_a_framework_has_one_draft_and_one_published_version(values: dict[str, Any]) -> None:
    held = framework()
    version(held, 1, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        version(held, 2, **values)


def test_a_version_number_and_a_framework_code_are_used_once() -> None:
    held = framework()
    version(held, 1, **RETIRED)
    with pytest.raises(IntegrityError), transaction.atomic():
        version(held, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        framework()


@pytest.mark.parametrize("values", [PUBLISHED, RETIRED])
@pytest.mark.parametrize(
    "change",
    [
        {"definition": {"code": "other"}},
        {"number": 7},
        {"state": "draft", "published_at": None, "published_by": "", "retired_at": None, "retired_by": ""},
    ],
)
def test_what_was_published_never_changes(values: dict[str, Any], change: dict[str, Any]) -> None:
    row = version(framework(), **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersion.objects.filter(pk=row.pk).update(**change)
    row.refresh_from_db()
    assert row.definition == {"code": "F"}


def test_a_retired_version_stays_retired() -> None:
    row = version(framework(), **RETIRED)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersion.objects.filter(pk=row.pk).update(state="published")


def test_a_draft_changes_freely_and_a_published_version_can_be_saved_as_it_is() -> None:
    row = version(framework())
    row.definition = {"code": "F", "note": "ใหม่"}
    row.save()
    FrameworkVersion.objects.filter(pk=row.pk).update(**PUBLISHED)
    row.refresh_from_db()
    row.save()
    assert row.definition["note"] == "ใหม่"


def test_an_indicator_code_is_used_once_in_a_version() -> None:
    held = version(framework())
    row: dict[str, Any] = {"version": held, "code": "A", "policy_area": "P", "kind": "number"}
    Indicator.objects.create(position=0, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(position=1, **row)


@pytest.mark.parametrize("values", [{"month": 0}, {"month": 13}, {"opens_on": date(2025, 5, 1)}])
def test_a_round_outside_the_year_or_with_crossed_days_is_refused(values: dict[str, Any]) -> None:
    held = version(framework(), **PUBLISHED)
    with pytest.raises(IntegrityError), transaction.atomic():
        round_of(held, **values)


def test_a_round_exists_once_for_practice_and_once_for_real() -> None:
    held = version(framework(), **PUBLISHED)
    round_of(held)
    round_of(held, is_practice=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        round_of(held)
