"""What an answer is made of: sentences, tables, pictures, quotes, and for every number where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives.queries import PassageHit, PassageInfo
from sanyan.core.asking.understanding import Understanding
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.signed_documents import Words

NOTHING = Words("", "")


@dataclass(frozen=True)
class PageLink:
    """The page that shows the same: the name of its view, what stands in its path, what it is asked."""

    view: str
    args: tuple[object, ...] = ()
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Trace:
    """Where a number comes from: the query that gave it, with its parameters, and the page that shows it."""

    query: str
    round: str
    filters: tuple[tuple[str, str], ...]
    page: PageLink
    indicator: str = ""


@dataclass(frozen=True)
class Num:
    """A number of an answer with its trace. `sort` says how it is written: as a "value" of the indicator, a "change" in
    it, a "count", a "percent" (0-100), a "chance" (0-1) or as a "plain" figure."""

    value: float | None
    sort: str
    trace: Trace
    indicator: Indicator | None = None
    improved: bool | None = None


@dataclass(frozen=True)
class Between:
    """Two bounds of one estimate (80 %)."""

    low: Num
    high: Num


@dataclass(frozen=True)
class State:
    """A word of a table of states (words of the web by that name)."""

    table: str
    code: str


Cell = Num | Between | Words | State | None


@dataclass(frozen=True)
class Line:
    """A sentence with {places} for numbers and names; no number stands in its words."""

    words: Words
    numbers: Mapping[str, Num] = field(default_factory=dict)
    names: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row of a table: what it is about, its page, its cells (None where there is nothing to say)."""

    label: Words
    cells: tuple[Cell, ...]
    page: PageLink | None = None
    group: Words = NOTHING


@dataclass(frozen=True)
class Grid:
    """A table. `note` says how it is ordered or what it leaves out; `more` rows are not shown."""

    title: Words
    columns: tuple[Words, ...]
    rows: tuple[Row, ...]
    note: Words = NOTHING
    more: int = 0
    page: PageLink | None = None


@dataclass(frozen=True)
class Picture:
    """What a chart is drawn from. `kind` is history, comparison, fan or tally; `data` what that kind needs."""

    kind: str
    data: object
    trace: Trace


@dataclass(frozen=True)
class Quotes:
    """What areas wrote, each leading to its source."""

    title: Words
    items: tuple[PassageHit | PassageInfo, ...]
    note: Words = NOTHING
    page: PageLink | None = None


@dataclass(frozen=True)
class Nothing:
    """No answer, and why; `instead` are questions that have one."""

    why: Words
    instead: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Sentences, each with its page."""

    title: Words
    items: tuple[tuple[Line, PageLink | None], ...]


Block = Grid | Picture | Quotes | Nothing | Lines


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen instead of what was understood."""

    value: str
    name: Words


@dataclass(frozen=True)
class Understood:
    """One part of what was understood, with what it can be corrected to. `name` is the field of the correction."""

    name: str
    label: Words
    value: str
    told: Words
    choices: tuple[Choice, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Whether what was understood is among the choices."""
        return any(choice.value == self.value for choice in self.choices)


@dataclass(frozen=True)
class Corrections:
    """What the reader chose instead of what was understood; "" leaves it. `about` is an indicator or policy area,
    `place` an area's or region's code, a part of the country, "p:<province>" or "all", `kind` a type of area, `at` a
    round's id."""

    intent: str = ""
    about: str = ""
    place: str = ""
    kind: str = ""
    at: str = ""


@dataclass(frozen=True)
class Answer:
    """A question answered: the first sentence, what was understood, notes, blocks. `found` is False for "not found"."""

    question: str
    understanding: Understanding
    round: RoundInfo | None
    headline: Line
    understood: tuple[Understood, ...]
    notes: tuple[Words, ...]
    blocks: tuple[Block, ...]
    found: bool


def numbers_of(answer: Answer) -> tuple[Num, ...]:
    """Every number that an answer says, in sentences and tables."""
    held: list[Num] = list(answer.headline.numbers.values())
    for block in answer.blocks:
        if isinstance(block, Lines):
            held += [number for line, _ in block.items for number in line.numbers.values()]
        if isinstance(block, Grid):
            for cell in (cell for row in block.rows for cell in row.cells):
                held += [cell] if isinstance(cell, Num) else [cell.low, cell.high] if isinstance(cell, Between) else []
    return tuple(held)
