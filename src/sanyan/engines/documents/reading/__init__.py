"""Reads the text of documents as people send them: PDF, Word, PowerPoint, Excel, pictures and plain text."""

from sanyan.engines.documents.reading.reading import read_document
from sanyan.engines.documents.reading.values import (
    DocumentKind,
    HiddenText,
    Hiding,
    How,
    PageText,
    ReadDocument,
    ReadingLimits,
    UnreadPart,
)

__all__ = [
    "DocumentKind",
    "HiddenText",
    "Hiding",
    "How",
    "PageText",
    "ReadDocument",
    "ReadingLimits",
    "UnreadPart",
    "read_document",
]
