from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.collection import queries as collection
from sanyan.apps.quality import queries as quality


@dataclass(frozen=True)
class Counts:
    """How much is in the system, practice and real together."""

    areas: int
    files: int
    answers: int
    facts: int
    findings: int


def counts(*, viewer: Viewer) -> Counts:
    """What a run has made or found."""
    held = collection.counts(viewer=viewer)
    return Counts(
        areas=held.organisations,
        files=held.workbooks,
        answers=held.answers,
        facts=analytics.fact_count(viewer=viewer),
        findings=quality.finding_count(viewer=viewer),
    )
