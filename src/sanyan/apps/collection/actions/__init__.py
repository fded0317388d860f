"""Everything that changes what is collected."""

from sanyan.apps.collection.actions.answers import SavedAnswer, StoredReport, save_answer, store_report
from sanyan.apps.collection.actions.batches import Imported, import_queued, import_workbooks, queue_workbooks
from sanyan.apps.collection.actions.evidence import add_evidence, remove_evidence
from sanyan.apps.collection.actions.evidence_files import add_evidence_file
from sanyan.apps.collection.actions.lifecycle import (
    certify,
    certify_many,
    lock_round,
    mark_appended,
    reopen,
    return_submission,
    submit,
    submit_many,
    withdraw,
)
from sanyan.apps.collection.actions.panels import PanelStored, check_panel, import_panel
from sanyan.apps.collection.actions.rounds import assign
from sanyan.apps.collection.actions.workbooks import (
    ReadWorkbook,
    UploadedFile,
    import_workbook,
    read_workbook,
    store_reading,
    store_readings,
    store_workbook,
)

__all__ = [
    "Imported",
    "PanelStored",
    "ReadWorkbook",
    "SavedAnswer",
    "StoredReport",
    "UploadedFile",
    "add_evidence",
    "add_evidence_file",
    "assign",
    "certify",
    "certify_many",
    "check_panel",
    "import_panel",
    "import_queued",
    "import_workbook",
    "import_workbooks",
    "lock_round",
    "mark_appended",
    "queue_workbooks",
    "read_workbook",
    "remove_evidence",
    "reopen",
    "return_submission",
    "save_answer",
    "store_reading",
    "store_readings",
    "store_report",
    "store_workbook",
    "submit",
    "submit_many",
    "withdraw",
]
