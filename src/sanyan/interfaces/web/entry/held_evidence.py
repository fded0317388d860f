"""What stands behind each answer of a report, and what may be added."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection.queries import EvidenceFileRow, EvidenceRow, evidence_files, evidence_of_submission
from sanyan.core.forms.answers import FilledEvidence
from sanyan.core.indicators.definitions import Indicator
from sanyan.engines.documents.sniffing import FileKind
from sanyan.interfaces.web import words

ACCEPTED = ",".join(f".{suffix}" for kind in FileKind for suffix in kind.suffixes)


@dataclass(frozen=True)
class HeldEvidence:
    """One piece of evidence and the file attached to it."""

    row: EvidenceRow
    file: EvidenceFileRow | None


def kinds_of(indicator: Indicator) -> tuple[tuple[str, words.Text], ...]:
    """The kinds of evidence that a question takes, in words; all of them where the framework names none."""
    return tuple((code, words.word("evidence", code).text) for code in indicator.evidence or words.EVIDENCE)


def by_indicator(viewer: Viewer, submission_id: int) -> dict[str, list[HeldEvidence]]:
    """The evidence of a submission by the question it stands behind."""
    files = {
        (file.indicator_code, file.evidence_kind, file.title): file
        for file in evidence_files(viewer=viewer, submission_id=submission_id)
    }
    held: dict[str, list[HeldEvidence]] = {}
    for row in evidence_of_submission(viewer=viewer, submission_id=submission_id):
        file = files.get((row.indicator_code, row.kind, row.title))
        held.setdefault(row.indicator_code, []).append(HeldEvidence(row, file))
    return held


@dataclass(frozen=True)
class RefusedEvidence:
    """What was given and could not be kept, to be mended where it was typed, and the error's parts."""

    given: FilledEvidence
    error: dict[str, str]
