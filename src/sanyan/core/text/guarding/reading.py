"""Asking a model which themes passages belong to, each with the words that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sanyan.core.spans import Span
from sanyan.core.text.guarding.outcomes import Accepted, Outcome, Reason, Rejected, reason
from sanyan.core.text.guarding.prompts import Masker, Piece, Prompt, prompt_of
from sanyan.core.text.guarding.schemas import ReplyError, closed, list_of, one_of, read_reply, short_text
from sanyan.core.text.quoting import find_quote

VERSION = "reading-1"
MOST_THEMES = 3  # of one passage
LONGEST_QUOTE = 300
_TASK = "For each text choose the themes it speaks of, and copy from it, to the letter, the words that show it."


@dataclass(frozen=True)
class ThemeChoice:
    """A theme that may be chosen; `needs_quote` is false of "other" and "no content"."""

    id: str
    label: str
    needs_quote: bool = True


@dataclass(frozen=True)
class PassageReading:
    """A passage's themes as a model sees them, with the words of the passage that show them (none without a theme)."""

    passage_id: str
    theme_ids: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ReadingRequest:
    """The passages to be read, and the themes to choose from."""

    passages: tuple[Piece, ...]
    themes: tuple[ThemeChoice, ...]

    def prompt(self, *, marker: str, masker: Masker) -> Prompt:
        """The question; see `prompt_of`."""
        themes = "\n".join(f"{theme.id}: {theme.label}" for theme in self.themes)
        return prompt_of(
            self.passages,
            task=_TASK,
            ask=f'Themes:\n{themes}\n\nOne reading for each text. Themes without words to show them get quote "".',
            version=VERSION,
            schema_of=self._schema,
            marker=marker,
            masker=masker,
        )

    def _schema(self, ids: tuple[str, ...]) -> Mapping[str, object]:
        reading = closed(
            {
                "passage": one_of(ids),
                "themes": list_of(one_of([theme.id for theme in self.themes]), least=1, most=MOST_THEMES),
                "quote": short_text(LONGEST_QUOTE),
            }
        )
        return closed({"readings": list_of(reading, least=len(ids), most=len(ids))})


def judge_reading(reply: str, request: ReadingRequest, prompt: Prompt) -> Outcome[tuple[PassageReading, ...]]:
    """What of a reply is believed: all of it or nothing.

    Every passage sent has one reading; ids are ours; each quote stands to the letter in the text that was sent and in
    the passage as it is kept, so that none holds what a mask made.
    """
    try:
        value: Any = read_reply(reply, prompt.schema)
    except ReplyError as error:
        return Rejected((error.why,))
    readings: list[dict[str, Any]] = value["readings"]
    why = [*_repeats(readings, prompt.sent), *(fault for item in readings for fault in _faults(item, request, prompt))]
    if why:
        return Rejected(tuple(why))
    texts = {piece.id: piece.text for piece in request.passages}
    return Accepted(
        tuple(
            PassageReading(item["passage"], tuple(item["themes"]), find_quote(item["quote"], texts[item["passage"]]))
            for item in readings
        )
    )


def judge_of(request: ReadingRequest, prompt: Prompt) -> Callable[[str], Outcome[tuple[PassageReading, ...]]]:
    """`judge_reading` waiting for the reply."""
    return lambda reply: judge_reading(reply, request, prompt)


def _repeats(readings: Sequence[Mapping[str, Any]], sent: Iterable[str]) -> Iterator[Reason]:
    counts = Counter(item["passage"] for item in readings)
    for name in sent:
        if counts[name] != 1:
            said = f"The passage has {counts[name]} readings."
            yield reason("reading-count", f"ข้อความนี้มีคำตอบ {counts[name]} ครั้ง", said, name)


def _faults(item: Mapping[str, Any], request: ReadingRequest, prompt: Prompt) -> Iterator[Reason]:
    name, quote, chosen = item["passage"], item["quote"], item["themes"]
    if len(set(chosen)) != len(chosen):
        yield reason("theme-repeated", "ระบุประเด็นซ้ำ", "A theme is named twice.", name)
    needs = {theme.id for theme in request.themes if theme.needs_quote}
    if needs & set(chosen) and not quote.strip():
        yield reason("quote-missing", "ไม่มีคำอ้างแสดงประเด็น", "No words show the theme.", name)
    if not quote.strip():
        return
    original = next(piece.text for piece in request.passages if piece.id == name)
    if not find_quote(quote, prompt.sent[name]):
        yield reason("quote-not-found", "คำอ้างไม่ตรงกับต้นฉบับ", "The quote is not in the text.", name)
    elif not find_quote(quote, original):
        yield reason("quote-masked", "คำอ้างคร่อมข้อมูลส่วนบุคคลที่ปิดไว้", "The quote holds masked data.", name)
