from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import actions


def append_certified(*, certification_ids: Collection[int]) -> None:
    """Follow a certification: its answers become facts at once."""
    actions.append_facts(by=SYSTEM, certification_ids=certification_ids, now=timezone.now())
