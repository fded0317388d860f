"""What can be read of rounds, submissions and answers."""

from sanyan.apps.collection.queries.answers import (
    AnswerRow,
    EvidenceRow,
    answers_of_organisations,
    answers_of_round,
    doubts_about,
    evidence_of_submission,
    report_of,
    revisions_of,
)
from sanyan.apps.collection.queries.asked import asked_of, unanswered
from sanyan.apps.collection.queries.certifications import (
    CertifiedReport,
    LatestCertification,
    certified_reports,
    latest_certifications,
    unappended,
)
from sanyan.apps.collection.queries.counts import CollectionCounts, counts
from sanyan.apps.collection.queries.evidence_files import (
    CertifiedFile,
    EvidenceContent,
    EvidenceFileRow,
    evidence_file_content,
    evidence_files,
    files_of_certified,
)
from sanyan.apps.collection.queries.imports import ImportView, import_view, imports_of_round
from sanyan.apps.collection.queries.panels import RememberedMapping, panel_mappings
from sanyan.apps.collection.queries.progress import (
    ExpectedRow,
    RoundProgress,
    expected,
    round_progress,
    rounds_with_results,
    submission_row,
)
from sanyan.apps.collection.queries.workbooks import blank_workbook, workbook_of

__all__ = [
    "AnswerRow",
    "CertifiedFile",
    "CertifiedReport",
    "CollectionCounts",
    "EvidenceContent",
    "EvidenceFileRow",
    "EvidenceRow",
    "ExpectedRow",
    "ImportView",
    "LatestCertification",
    "RememberedMapping",
    "RoundProgress",
    "answers_of_organisations",
    "answers_of_round",
    "asked_of",
    "blank_workbook",
    "certified_reports",
    "counts",
    "doubts_about",
    "evidence_file_content",
    "evidence_files",
    "evidence_of_submission",
    "expected",
    "files_of_certified",
    "import_view",
    "imports_of_round",
    "latest_certifications",
    "panel_mappings",
    "report_of",
    "revisions_of",
    "round_progress",
    "rounds_with_results",
    "submission_row",
    "unanswered",
    "unappended",
    "workbook_of",
]
