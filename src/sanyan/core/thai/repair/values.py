"""What repair gives back: the text as read, what was changed and why, and where each part stood before."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sanyan.core.spans import Span


class Damage(StrEnum):
    """What had happened to a piece of Thai text."""

    SPLIT_SARA_AM = "split-sara-am"
    DROPPED_SARA_AM = "dropped-sara-am"
    WRONG_LETTER = "wrong-letter"
    MOVED_MARK = "moved-mark"
    STRAY_SPACE = "stray-space"
    GLYPH_AS_SIGN = "glyph-as-sign"
    PRIVATE_USE = "private-use"
    MISSING_MARK = "missing-mark"
    DOUBLED = "doubled"
    DECOMPOSED = "decomposed"
    MIXED_DIGITS = "mixed-digits"
    INVISIBLE = "invisible"
    CONTROL = "control"


@dataclass(frozen=True)
class Edit:
    """One change: `original` characters of the text as given became `repaired` characters of the text as repaired."""

    original: Span
    repaired: Span
    kind: Damage


@dataclass(frozen=True)
class Repaired:
    """A text as given and as repaired. The edits are in order, do not touch the same character, and between them
    the two are equal."""

    original: str
    text: str
    edits: tuple[Edit, ...] = ()

    @property
    def repaired_spans(self) -> tuple[Span, ...]:
        """Where the repaired text differs, for marking; a span is empty where something was only taken away."""
        return tuple(edit.repaired for edit in self.edits)

    def original_span(self, span: Span) -> Span:
        """Where the characters `span` of the repaired text stood in the original.

        A span that cuts an edit is widened to the whole of it. What was taken away at an end of the span is left
        out, but for an empty span that stands on it. Raise ValueError where `span` is not within the text.
        """
        if not 0 <= span.start <= span.end <= len(self.text):
            raise ValueError(f"{span} is not within a text of {len(self.text)} characters")
        if span.start == span.end:
            return Span(self._before(span.start), self._after(span.start))
        return Span(self._after(span.start), max(self._before(span.end), self._after(span.start)))

    @cached_property
    def _starts(self) -> list[int]:
        return [edit.repaired.start for edit in self.edits]

    @cached_property
    def _ends(self) -> list[int]:
        return [edit.repaired.end for edit in self.edits]

    def _before(self, place: int) -> int:
        """The place in the original of the end of what comes before `place`."""
        index = bisect_right(self._starts, place - 1)
        if not index:
            return place
        edit = self.edits[index - 1]
        return edit.original.end + max(place - edit.repaired.end, 0)

    def _after(self, place: int) -> int:
        """The place in the original of the start of what comes after `place`."""
        index = bisect_right(self._ends, place)
        if index == len(self.edits):
            return len(self.original) - (len(self.text) - place)
        edit = self.edits[index]
        return edit.original.start - max(edit.repaired.start - place, 0)
