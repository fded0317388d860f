"""What settings.PERIODIC has the worker do from time to time."""

from __future__ import annotations

from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.notifications import actions


def send_due_digests() -> None:
    """Send the digests that are due. Harmless to run in several workers at once, and where mail is off."""
    actions.send_digests(by=SYSTEM, now=timezone.now())
