"""What can be done to texts and themes."""

from sanyan.apps.narratives.actions.copies import mark_copies
from sanyan.apps.narratives.actions.editing import (
    correct_assignment,
    drop_theme,
    keep_theme,
    merge_themes,
    rename_theme,
    split_theme,
)
from sanyan.apps.narratives.actions.embedding import embed_missing
from sanyan.apps.narratives.actions.files import FilesRead, read_files
from sanyan.apps.narratives.actions.proposing import ask_for_themes, propose_themes
from sanyan.apps.narratives.actions.questions import Question
from sanyan.apps.narratives.actions.reading import Reading, read_certified
from sanyan.apps.narratives.actions.rewriting import Rewriting, ask_for_rewriting, rewrite_lessons
from sanyan.apps.narratives.actions.signing import apply_signed, learn, sign_themes

__all__ = [
    "FilesRead",
    "Question",
    "Reading",
    "Rewriting",
    "apply_signed",
    "ask_for_rewriting",
    "ask_for_themes",
    "correct_assignment",
    "drop_theme",
    "embed_missing",
    "keep_theme",
    "learn",
    "mark_copies",
    "merge_themes",
    "propose_themes",
    "read_certified",
    "read_files",
    "rename_theme",
    "rewrite_lessons",
    "sign_themes",
    "split_theme",
]
