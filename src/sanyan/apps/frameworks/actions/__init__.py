"""What can be done to frameworks and rounds. Each is one transaction with its trace."""

from sanyan.apps.frameworks.actions.drafts import (
    SavedDraft,
    discard_draft,
    import_framework_file,
    import_framework_workbook,
    import_framework_yaml,
    save_draft,
)
from sanyan.apps.frameworks.actions.publishing import publish, retire
from sanyan.apps.frameworks.actions.rounds import change_round_state, open_round

__all__ = [
    "SavedDraft",
    "change_round_state",
    "discard_draft",
    "import_framework_file",
    "import_framework_workbook",
    "import_framework_yaml",
    "open_round",
    "publish",
    "retire",
    "save_draft",
]
