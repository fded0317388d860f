"""A card filled from what an area wrote and what it reported, by rules. What nobody wrote stays missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sanyan.core.cases import cues
from sanyan.core.cases.amounts import Amount, AmountKind, amounts, moved
from sanyan.core.cases.cards import (
    PARTS,
    Basis,
    Card,
    CardField,
    Entry,
    Figures,
    Quote,
    SourceText,
    Standing,
    Unused,
    nothing,
)
from sanyan.core.cases.clauses import clauses
from sanyan.core.cases.figures import told_by_figures
from sanyan.core.spans import Span
from sanyan.core.text.values import Stance

MOST_QUOTES = 4  # a part; more is no card but a report
WHOLE_UP_TO = 160  # characters: a longer clause is cut around what was looked for
BEFORE_AMOUNT = 40  # characters of the word that an amount counts
_GIVEN = ("objective", "process", "place", "quantitative", "qualitative", "innovation", "budget", "context", "")
_CONTEXT = PARTS["context"]
_RESULTS = ("quantitative", "qualitative")
_SIZED = ("place", "quantitative", "process", "context")


_CUT = re.compile(r"(?<![0-9๐-๙ ]) +(?![0-9๐-๙ ])")  # a blank between phrases, not one beside a number


@dataclass(frozen=True)
class _Found:
    field: CardField
    quote: Quote
    standing: Standing


def extract_card(sources: Sequence[SourceText], figures: Figures | None = None, *, is_tied: bool = True) -> Card:
    """Fill a card from texts in the order given and from figures. Every quote is an exact substring of its source.

    Stated is what a box of the form asks for or a cue says outright; inferred what only follows from it. Where
    something is stated, what is merely inferred is left out. With `is_tied` False the texts do not speak of the
    figures: what they tell of is then no more than inferred to be behind them. Raise ValueError for two sources of one
    id.
    """
    if len({source.id for source in sources}) != len(sources):
        raise ValueError("each source needs its own id")
    found: list[_Found] = []
    unused: list[Unused] = []
    for source in sources:
        here = list(_read(source))
        found += here
        if not here:
            unused.append(Unused(source.id, _why_unused(source)))
    entries = {field: _entry(field, found) for field in CardField}
    if entries[CardField.MECHANISM].standing is Standing.MISSING:
        entries[CardField.MECHANISM] = _implied(entries[CardField.ENABLERS])
    if not is_tied:
        entries = {field: _untied(entry) for field, entry in entries.items()}
    if figures is not None:
        for field, value in told_by_figures(figures).items():
            entries[field] = Entry(field, value, Standing.STATED, Basis.FIGURES, entries[field].quotes)
    return Card(entries, tuple(unused))


def _entry(field: CardField, found: Sequence[_Found]) -> Entry:
    own = [item for item in found if item.field is field]
    stated = [item for item in own if item.standing is Standing.STATED]
    quotes = _apart([item.quote for item in stated or own])[:MOST_QUOTES]
    if not quotes:
        return nothing(field)
    standing = Standing.STATED if stated else Standing.INFERRED
    return Entry(field, "\n".join(quote.text for quote in quotes), standing, Basis.TEXT, tuple(quotes))


def _apart(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes without those that say again, or lie within, what was quoted before."""
    kept: list[Quote] = []
    for quote in quotes:
        again = any(
            quote.text == other.text or (quote.source == other.source and quote.span.overlaps(other.span))
            for other in kept
        )
        if not again:
            kept.append(quote)
    return kept


def _implied(enablers: Entry) -> Entry:
    """Why it worked, where nobody says because: what they hold to be the factors of success."""
    if enablers.standing is Standing.MISSING:
        return nothing(CardField.MECHANISM)
    return Entry(CardField.MECHANISM, enablers.value, Standing.INFERRED, Basis.TEXT, enablers.quotes)


def _untied(entry: Entry) -> Entry:
    if entry.field in _CONTEXT or entry.standing is not Standing.STATED:
        return entry
    return replace(entry, standing=Standing.INFERRED)


def _why_unused(source: SourceText) -> str:
    if not source.text.strip():
        return "empty"
    return "not-about-a-case" if source.field_key in cues.SILENT else "nothing-recognised"


def _read(source: SourceText) -> Iterator[_Found]:
    if source.field_key in cues.SILENT:
        return
    for clause in clauses(source.text):
        yield from _whole(source, clause)
        yield from _because(source, clause)
        yield from _cued(source, clause)
    if source.field_key in _GIVEN:
        yield from _amounts(source)
        yield from _pairs(source)
    if source.field_key in ("process", ""):
        yield from _actors(source)


def _whole(source: SourceText, clause: Span) -> Iterator[_Found]:
    """The clause as what its box asks for; of running text as what its first cue tells."""
    words = clause.of(source.text)
    box = cues.BOXES.get(source.field_key)
    if box is not None:
        field, standing = box
        plain = {CardField.PROBLEM: cues.PROBLEM, CardField.TRANSFER: cues.CONDITION}.get(field)
        if plain is not None and plain.search(words):
            standing = Standing.STATED
        yield _Found(field, _quote(source, clause), standing)
    elif source.field_key == "":
        running = next((field for pattern, field in cues.RUNNING if pattern.search(words)), None)
        if running is not None:
            yield _Found(running, _quote(source, clause), Standing.INFERRED)


def _because(source: SourceText, clause: Span) -> Iterator[_Found]:
    """Why it worked: a cause told outright, though not where the box asks for trouble."""
    if source.stance in (Stance.PROBLEM, Stance.SUGGESTION) or source.field_key in ("objective", "context"):
        return
    if cue := cues.BECAUSE.search(clause.of(source.text)):
        yield _Found(CardField.MECHANISM, _around(source, clause, cue.start()), Standing.STATED)


def _cued(source: SourceText, clause: Span) -> Iterator[_Found]:
    words = clause.of(source.text)
    if cue := cues.WORKLOAD.search(words):
        yield _Found(CardField.WORKLOAD, _around(source, clause, cue.start()), Standing.STATED)
    if source.field_key in ("quantitative", "qualitative") and (cue := cues.COMPARED.search(words)):
        yield _Found(CardField.COMPARISON, _around(source, clause, cue.start()), Standing.STATED)


def _amounts(source: SourceText) -> Iterator[_Found]:
    for amount in amounts(source.text):
        told, phrase = _amount_field(source, amount), _phrase(source.text, amount.span)
        if told is not None and not (told[0] is CardField.SIZE and phrase.of(source.text).startswith("จาก")):
            yield _Found(told[0], _quote(source, phrase), told[1])


def _amount_field(source: SourceText, amount: Amount) -> tuple[CardField, Standing] | None:
    """Which part an amount belongs to. Money that came in is no cost; money without a word for it only may be one."""
    if amount.kind is AmountKind.BAHT:
        near = source.text[max(0, amount.span.start - 2 * BEFORE_AMOUNT) : amount.span.start]
        if cues.SPENT.search(near) or source.field_key == "budget":
            return CardField.COST, Standing.STATED
        wanted = source.field_key in ("process", "objective") and not cues.INCOME.search(near)
        return (CardField.COST, Standing.INFERRED) if wanted else None
    if amount.kind in (AmountKind.PEOPLE, AmountKind.SCHOOLS):
        return (CardField.SIZE, Standing.STATED) if source.field_key in _SIZED else None
    if source.field_key in _RESULTS:  # days that were saved are no dose
        return None
    return (CardField.HOURS if amount.kind is AmountKind.HOURS else CardField.DOSE), Standing.STATED


def _pairs(source: SourceText) -> Iterator[_Found]:
    for pair in moved(source.text):
        quote = _quote(source, pair.span)
        yield _Found(CardField.BASELINE, quote, Standing.STATED)
        if source.field_key != "quantitative":  # there the whole clause stands already
            yield _Found(CardField.OUTCOME, quote, Standing.STATED)


def _actors(source: SourceText) -> Iterator[_Found]:
    """Who did it: one who opens a clause is named as doing it; one within it may only have been there."""
    opens = {clause.start for clause in clauses(source.text)}
    for found in cues.ACTORS.finditer(source.text):
        span = Span(*found.span())
        leads = span.start in opens or source.text[: span.start].endswith((" ", "โดย")) or found[0].startswith("ร่วมกับ")
        stated = leads and source.field_key == "process"
        yield _Found(CardField.WHO, _quote(source, span), Standing.STATED if stated else Standing.INFERRED)


def _around(source: SourceText, clause: Span, at: int) -> Quote:
    """The clause, or of a long one the phrases (Thai sets a blank between them) around a place in it."""
    if clause.end - clause.start <= WHOLE_UP_TO:
        return _quote(source, clause)
    here = clause.start + at
    cuts = [clause.start, *(found.end() + clause.start for found in _CUT.finditer(clause.of(source.text))), clause.end]
    place = max(index for index, cut in enumerate(cuts) if cut <= here)
    start, end = cuts[max(0, place - 1)], cuts[min(place + 2, len(cuts) - 1)]
    while end > start and source.text[end - 1] == " ":
        end -= 1
    return _quote(source, Span(start, end))


def _phrase(text: str, amount: Span) -> Span:
    """An amount with the word that it counts, where that stands close before it."""
    end = amount.start
    while end > 0 and text[end - 1] == " ":
        end -= 1
    start = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
    return Span(start, amount.end) if 0 < end - start <= BEFORE_AMOUNT else amount


def _quote(source: SourceText, span: Span) -> Quote:
    return Quote(source.id, span, span.of(source.text))
