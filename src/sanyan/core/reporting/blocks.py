"""What a report is made of, before it becomes a page, a Word file or slides. All blocks are frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """How a column's cells stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Tone(StrEnum):
    """What a callout or a figure is for; never shown by colour alone."""

    NOTE = "note"
    GOOD = "good"
    WATCH = "watch"
    HELP = "help"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Sentence:
    """Text with the numbers of the sources that its figures come from; `[1][4]` is written after it."""

    text: str
    sources: tuple[int, ...] = ()

    def __str__(self) -> str:
        marks = "".join(f"[{number}]" for number in self.sources)
        return f"{self.text} {marks}" if marks else self.text


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (section) or 2 (part of a section); `key` is stable, for links."""

    text: str
    level: int = 1
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Sentences read together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Bullets:
    """A list without an order of merit."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True)
class Column:
    """A table column; `width` is its share of the table's width against the other columns."""

    title: str
    align: Align = Align.LEFT
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """Rows of text cells, as many as there are columns. `sources` covers every figure in it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a row that does not fit the columns."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row has {len(row)} cells for {len(self.columns)} columns")


@dataclass(frozen=True)
class Figure:
    """One number to see first, already written out, with what it counts."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.NOTE
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figures:
    """A row of figures."""

    items: tuple[Figure, ...]


@dataclass(frozen=True)
class Callout:
    """Something the reader must not miss, such as that the data is for practice."""

    text: str
    tone: Tone = Tone.NOTE


@dataclass(frozen=True)
class Source:
    """Where figures come from, said so that a reader can open it. `number` is what `[1]` points to."""

    number: int
    text: str
    indicator: str = ""
    round: str = ""


@dataclass(frozen=True)
class SourceList:
    """Every source of the document, in the order of its numbers."""

    items: tuple[Source, ...]


Block = Heading | Paragraph | Bullets | Table | Figures | Callout | SourceList


@dataclass(frozen=True)
class Document:
    """A whole report. `lang` is "th" or "en"; `label` is the practice label, empty for real data."""

    title: str
    subtitle: str
    lang: str
    blocks: tuple[Block, ...]
    label: str = ""
    footer: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources listed anywhere in the document."""
        return tuple(item for block in self.blocks if isinstance(block, SourceList) for item in block.items)


def cited(document: Document) -> frozenset[int]:
    """Numbers of all sources that any block refers to."""
    found: set[int] = set()
    for block in document.blocks:
        match block:
            case Paragraph(sentences=held) | Bullets(items=held):
                found.update(number for sentence in held for number in sentence.sources)
            case Table():
                found.update(block.sources)
            case Figures():
                found.update(number for figure in block.items for number in figure.sources)
            case _:
                pass
    return frozenset(found)
