"""Wrong figures put into real panels on purpose, one kind at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sanyan.core.checking.suspicion_figures import usual_decimals
from sanyan.core.stats.panel import BoolArray, FloatArray

SHARE = 0.02
SAME = 1e-6

Slip = Callable[[float, int, np.random.Generator], float | None]


@dataclass(frozen=True)
class Kind:
    """A kind of error. `bar` is the precision to reach; None where none was set."""

    name: str
    words: str
    slip: Slip
    bar: float | None = None


def spoiled(values: FloatArray, kind: Kind, seed: int) -> tuple[FloatArray, BoolArray]:
    """The panel with the share of its figures (any that is there) changed, and which; the rest stays as it is.

    Changed figures keep the decimals that nearly all of the column do with, so that none gives itself away by its
    length. Figures that a slip would leave the same are passed over.
    """
    rng = np.random.default_rng(seed)
    places = np.argwhere(np.isfinite(values))
    decimals = usual_decimals(values[np.isfinite(values)])
    wanted = round(SHARE * len(places))
    changed, hit = values.copy(), np.zeros(values.shape, dtype=bool)
    for unit, time in places[rng.permutation(len(places))].tolist():
        if hit.sum() == wanted:
            break
        figure = kind.slip(float(values[unit, time]), decimals, rng)
        if figure is not None and round(figure, decimals) != values[unit, time]:
            changed[unit, time], hit[unit, time] = round(figure, decimals), True
    return changed, hit


def printed(figure: float, decimals: int) -> str:
    """A figure as it stands in a file: no more decimals than it needs, and no more than so many."""
    for count in range(decimals):
        if abs(round(figure, count) - figure) <= SAME * max(1.0, abs(figure)):
            return f"{figure:.{count}f}"
    return f"{figure:.{decimals}f}"


def swaps(text: str) -> list[float]:
    """What is read where two neighbouring digits that differ are swapped, from the left."""
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    made = []
    for left, right in pairwise(places):
        if text[left] != text[right]:
            made.append(float(text[:left] + text[right] + text[left + 1 : right] + text[left] + text[right + 1 :]))
    return made


def _times(factor: float) -> Slip:
    return lambda figure, _decimals, _rng: figure * factor


def _first_swap(least: float = 0.0) -> Slip:
    def slip(figure: float, decimals: int, _rng: np.random.Generator) -> float | None:
        made = swaps(printed(figure, decimals))[:1]
        return made[0] if made and abs(made[0] - figure) >= least * abs(figure) else None

    return slip


def _any_swap(figure: float, decimals: int, rng: np.random.Generator) -> float | None:
    made = swaps(printed(figure, decimals))
    return float(rng.choice(made)) if made else None


KINDS: Sequence[Kind] = (
    Kind("times_10", "ten times", _times(10), 0.93),
    Kind("tenth", "a tenth", _times(0.1), 0.86),
    Kind("double", "double", _times(2), 0.70),
    Kind("swapped", "first two neighbouring digits that differ swapped", _first_swap(), 0.69),
    Kind("swapped_far", "the same, where it changes the figure by a quarter or more", _first_swap(0.25)),
    Kind("swapped_any", "any two neighbouring digits swapped, be the change ever so small", _any_swap),
    Kind("half", "half", _times(0.5)),
    Kind("hundredth", "a fraction for a percent", _times(0.01)),
    Kind("zero", "0 for no data", _times(0.0)),
    Kind("sign", "a minus sign too many", _times(-1)),
)
