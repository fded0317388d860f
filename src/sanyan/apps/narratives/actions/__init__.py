"""What can be done to texts and themes."""

from sanyan.apps.narratives.actions.copies import mark_copies
from sanyan.apps.narratives.actions.embedding import embed_missing
from sanyan.apps.narratives.actions.reading import Reading, read_certified

__all__ = ["Reading", "embed_missing", "mark_copies", "read_certified"]
