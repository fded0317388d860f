"""Whether each number and quote of a written sentence stands in what the sentence cites.

What is checked is where figures and words come from, not whether the sentence follows from them: without weights for
Thai entailment meaning is for a person to judge ("ตรวจคำอ้างแล้ว ยังไม่ตรวจความหมาย"). The scores of citations follow ALCE
(Gao et al. 2023, "Enabling large language models to generate text with citations"), with this check in the place of
its entailment model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanyan.core.rounds import BUDDHIST_ERA
from sanyan.core.signed_documents import Words
from sanyan.core.spans import Span
from sanyan.core.text.quoting import find_quote
from sanyan.core.text.stated_numbers import NumberKind, StatedNumber, plain, same_unit, stated_numbers

_QUOTED = re.compile('[“„«]([^“”„«»]{3,}?)[”»]|"([^"]{3,}?)"')


@dataclass(frozen=True)
class CitedQuote:
    """A quote that a sentence cites: its words, and the passage they are said to be from."""

    passage_id: str
    text: str
    source: str

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the quote stands in its passage; none where it does not."""
        return find_quote(self.text, self.source)

    @property
    def shown(self) -> str:
        """The passage's own characters, "" where the quote is not from it."""
        return " … ".join(span.of(self.source) for span in self.spans)


@dataclass(frozen=True)
class CitedFigure:
    """A figure that a sentence cites: the result of a query. A percentage is 0 to 100; `unit` is what it counts."""

    source_id: str
    value: Decimal | float | date
    is_percent: bool = False
    unit: str = ""


@dataclass(frozen=True)
class CitedSentence:
    """A sentence with all that it cites."""

    text: str
    quotes: tuple[CitedQuote, ...] = ()
    figures: tuple[CitedFigure, ...] = ()


@dataclass(frozen=True)
class ClaimCheck:
    """What of a sentence cannot be traced: numbers as written, and quotes that stand in no cited passage."""

    untraced: tuple[str, ...]
    quotes_not_found: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether everything that can be checked was found."""
        return not self.untraced and not self.quotes_not_found

    def reasons(self) -> tuple[Words, ...]:
        """Each fault as a sentence."""
        numbers = (Words(f"ไม่พบที่มาของตัวเลข {said}", f"The number {said} has no source.") for said in self.untraced)
        quotes = (
            Words(f"คำอ้าง “{said[:80]}” ไม่ตรงกับต้นฉบับ", f"The quote “{said[:80]}” is not in its source.")
            for said in self.quotes_not_found
        )
        return (*numbers, *quotes)


@dataclass(frozen=True)
class CitationScores:
    """Shares 0 to 1 (None of nothing): sentences wholly supported by what they cite, citations that support."""

    recall: float | None
    precision: float | None
    sentences: int
    citations: int


def check_claim(
    sentence: str,
    quotes: Sequence[CitedQuote] = (),
    figures: Sequence[CitedFigure] = (),
    *,
    names: Collection[str] = (),
) -> ClaimCheck:
    """Hold a sentence against its citations.

    Each number, percentage and date must equal one of a cited quote (kind and unit too), or a cited figure rounded to
    the places shown; each cited quote must stand in its passage, and what stands in quotation marks in a cited one.
    `names` (of areas, themes, indicators) may hold numbers and quotation marks of their own; those are not claims.
    """
    bare = _without(names, plain(sentence))
    stands = [quote for quote in quotes if quote.spans]
    missing = [quote.text for quote in quotes if not quote.spans]
    in_marks = [match[1] or match[2] for match in _QUOTED.finditer(bare)]
    missing += [said for said in in_marks if said.strip() and not any(find_quote(said, q.shown) for q in stands)]
    known = [number for quote in stands for number in stated_numbers(quote.shown)]
    untraced = [
        said.written
        for said in stated_numbers(bare)
        if not any(_same(said, other) for other in known) and not any(_rounded(said, figure) for figure in figures)
    ]
    return ClaimCheck(tuple(untraced), tuple(missing))


def citation_scores(sentences: Iterable[CitedSentence], *, names: Collection[str] = ()) -> CitationScores:
    """ALCE's citation recall and precision.

    A sentence is recalled where it cites something and passes `check_claim`. A citation of such a sentence is precise
    where it alone is enough, or where the sentence fails without it; those of other sentences are not.
    """
    held = list(sentences)
    recalled = precise = citations = 0
    for item in held:
        cited: list[CitedQuote | CitedFigure] = [*item.quotes, *item.figures]
        citations += len(cited)
        if not cited or not _passes(item.text, cited, names):
            continue
        recalled += 1
        for place, one in enumerate(cited):
            others = cited[:place] + cited[place + 1 :]
            precise += _passes(item.text, [one], names) or not _passes(item.text, others, names)
    return CitationScores(
        recalled / len(held) if held else None, precise / citations if citations else None, len(held), citations
    )


def _passes(text: str, cited: Sequence[CitedQuote | CitedFigure], names: Collection[str]) -> bool:
    quotes = [item for item in cited if isinstance(item, CitedQuote)]
    figures = [item for item in cited if isinstance(item, CitedFigure)]
    return check_claim(text, quotes, figures, names=names).ok


def _without(names: Collection[str], text: str) -> str:
    for name in sorted({plain(name) for name in names if name.strip()}, key=len, reverse=True):
        text = re.sub(rf"{re.escape(name)}(?![\d]|[.,]\d)", " ; ", text)
    return text


def _same(said: StatedNumber, other: StatedNumber) -> bool:
    if said.kind is NumberKind.NUMBER and other.kind is NumberKind.DATE:
        return (
            not said.unit and str(other.value)[:4].isdigit() and said.value == int(str(other.value)[:4]) + BUDDHIST_ERA
        )
    if said.kind is not other.kind:
        return False
    if said.kind is NumberKind.DATE:
        return str(other.value).startswith(str(said.value)) or str(said.value) == f"-{str(other.value)[4:]}"
    return said.value == other.value and same_unit(said.unit, other.unit)


def _rounded(said: StatedNumber, figure: CitedFigure) -> bool:
    if isinstance(figure.value, date):
        day = figure.value.isoformat()
        return _same(said, StatedNumber(NumberKind.DATE, day, day))
    if said.kind is NumberKind.DATE or (said.kind is NumberKind.PERCENT) != figure.is_percent:
        return False
    exact = Decimal(str(figure.value))
    return (
        isinstance(said.value, Decimal)
        and abs(exact - said.value) * 2 <= said.step
        and same_unit(said.unit, figure.unit)
    )
