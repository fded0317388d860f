from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.frameworks import access
from sanyan.apps.frameworks.models import FrameworkVersion, Indicator
from sanyan.core.forms.framework_codec import from_dict, to_dict
from sanyan.core.forms.framework_faults import FrameworkFaultsError
from sanyan.core.forms.framework_validation import errors_of, validate
from sanyan.core.indicators.definitions import Framework


def publish(*, by: Viewer, framework_code: str, now: datetime, checked_by: str = "") -> int:
    """Put the draft in force and retire the version before it; return the id of the version.

    `checked_by` names who checked it, in place of the name in the draft. Raise FrameworkFaultsError with
    every fault, by sheet and cell, where the draft is not ready; nothing is changed then.
    """
    with transaction.atomic():
        draft = access.draft(viewer=by, code=framework_code)
        definition = from_dict(draft.definition)
        if checked_by.strip():
            definition = replace(definition, checked_by=checked_by.strip())
        errors = errors_of(validate(definition, today=timezone.localdate(now)))
        if errors:
            raise FrameworkFaultsError(errors, code="framework-not-ready", place=framework_code)
        before = draft.framework.versions.filter(state=FrameworkVersion.State.PUBLISHED).first()
        if before is not None:
            _retire(before, by, now)
        _put_in_force(draft, definition, by, now)
        detail = {"number": draft.number, "retired": before.number if before else None}
        record(by=by, trace=Trace("frameworks.published", "framework", framework_code, detail=detail), now=now)
    return draft.pk


def retire(*, by: Viewer, framework_code: str, now: datetime) -> None:
    """Take the published version out of force; its rounds and answers stay as they are."""
    with transaction.atomic():
        version = access.published(viewer=by, code=framework_code)
        _retire(version, by, now)
        detail = {"number": version.number}
        record(by=by, trace=Trace("frameworks.retired", "framework", framework_code, detail=detail), now=now)


def _retire(version: FrameworkVersion, by: Viewer, now: datetime) -> None:
    version.state = FrameworkVersion.State.RETIRED
    version.retired_at = now
    version.retired_by = by.name
    version.save(update_fields=["state", "retired_at", "retired_by"])


def _put_in_force(draft: FrameworkVersion, definition: Framework, by: Viewer, now: datetime) -> None:
    draft.definition = to_dict(definition)
    draft.checked_by = definition.checked_by
    draft.state = FrameworkVersion.State.PUBLISHED
    draft.published_at = now
    draft.published_by = by.name
    draft.save()
    framework = draft.framework
    framework.name_th = definition.name_th
    framework.name_en = definition.name_en
    framework.is_example = definition.is_example
    framework.save()
    Indicator.objects.bulk_create(
        Indicator(
            version=draft,
            code=item.code,
            policy_area=item.policy_area,
            kind=item.kind.value,
            position=position,
        )
        for position, item in enumerate(definition.indicators)
    )
