"""Whether a signal says anything that was not said before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.rounds import RoundKey

WORTH_SAYING = 0.15  # a probability that rose by this much is new information


class Novelty(StrEnum):
    """What to do with a draft: raise it, bring the open signal up to date, raise it again, or say nothing."""

    NEW = "new"
    SAME = "same"
    AGAIN = "again"
    SILENT = "silent"


@dataclass(frozen=True)
class Said:
    """The latest signal of the same rule, indicator and place: when it spoke, how sure it was, the figure it rested
    on, and how it ended ("" while it is open)."""

    round: RoundKey
    probability: float
    severity_rank: int
    figure: float | None
    outcome: str = ""


@dataclass(frozen=True)
class Saying:
    """What would be said now, in the same terms."""

    round: RoundKey
    probability: float
    severity_rank: int
    figure: float | None


def novelty(said: Said | None, saying: Saying) -> Novelty:
    """Whether a draft is news.

    Nothing said before: NEW. Still open: SAME, whatever the figures do; the open signal is brought up to date. Closed,
    in a later round with new figures, or in the same round with a changed figure and clearly more probability or a
    higher severity (rank 0 is the highest): AGAIN. Otherwise SILENT: people have dealt with it. What was closed as a
    false alarm or explained comes back only when it has become clearly stronger.
    """
    if said is None:
        return Novelty.NEW
    if not said.outcome:
        return Novelty.SAME
    changed = said.figure != saying.figure
    stronger = saying.probability >= said.probability + WORTH_SAYING or saying.severity_rank < said.severity_rank
    if not changed:
        return Novelty.SILENT
    if said.outcome in ("false_alarm", "explained") or saying.round == said.round:
        return Novelty.AGAIN if stronger else Novelty.SILENT
    return Novelty.AGAIN if saying.round > said.round else Novelty.SILENT
