"""What comes out of a document that was read: pages with their text, what was hidden in them, what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.signed_documents import Words


class DocumentKind(StrEnum):
    """What a file is by its content. XLSX stands for every workbook that the workbook reader takes."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    IMAGE = "image"
    TEXT = "text"


class How(StrEnum):
    """How the text of a page was come by: as characters of the file, or read off its picture."""

    TEXT = "text"
    OCR = "ocr"


class Hiding(StrEnum):
    """Why a text is not seen by who opens the document."""

    MARKED = "marked-hidden"
    COLOUR = "colour-of-the-page"
    TINY = "tiny"
    NO_INK = "no-ink"
    OFF_PAGE = "off-page"
    SLIDE = "hidden-slide"
    SHEET = "hidden-sheet"
    ROW = "hidden-row"
    COLUMN = "hidden-column"
    UNSEEN = "unseen-characters"


@dataclass(frozen=True)
class HiddenText:
    """A text taken out of a page because nobody sees it there. For unseen characters, what they spell."""

    text: str
    why: Hiding


@dataclass(frozen=True)
class PageText:
    """One page, slide or sheet. `layer` is the text of the file itself where the reading off the picture was better."""

    number: int
    text: str
    how: How = How.TEXT
    name: str = ""
    hidden: tuple[HiddenText, ...] = ()
    layer: str = ""


@dataclass(frozen=True)
class UnreadPart:
    """A part that could not be read, why, and what to do."""

    place: Words
    code: str
    words: Words
    next_step: Words


@dataclass(frozen=True)
class ReadDocument:
    """All pages that were read, all parts that were not, and what a reader should know of the file."""

    kind: DocumentKind
    sha256: str
    pages: tuple[PageText, ...]
    unread: tuple[UnreadPart, ...] = ()
    notes: tuple[Words, ...] = ()

    @property
    def hidden(self) -> tuple[HiddenText, ...]:
        """What was hidden, of all pages."""
        return tuple(each for page in self.pages for each in page.hidden)


@dataclass(frozen=True)
class ReadingLimits:
    """How much is read. Bytes of the file and of memory of a program; seconds of one program run, of reading one page
    off its picture and of all of them; pixels of a picture; cells of a workbook; characters of all pages."""

    bytes: int = 50 * 1024 * 1024
    pages: int = 300
    characters: int = 5_000_000
    pixels: int = 60_000_000
    cells: int = 300_000
    seconds: float = 120
    ocr_seconds: float = 90
    ocr_seconds_in_all: float = 3600
    memory: int = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True)
class Reading:
    """The pages of one reader, before the document is put together."""

    pages: tuple[PageText, ...]
    unread: tuple[UnreadPart, ...] = ()
    notes: tuple[Words, ...] = ()
