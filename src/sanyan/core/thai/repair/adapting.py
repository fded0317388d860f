"""Costs fitted to a text: damage that is proven in one place is likelier in the next."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sanyan.core.thai.repair.changes import Change
from sanyan.core.thai.repair.channel import Costs
from sanyan.core.thai.repair.glyphs import ONE_MARK
from sanyan.core.thai.repair.values import Damage

_PRIOR = 60  # opportunities that the usual cost is worth
_DOUBT = 0.7  # of a finding; a single one proves little
_DOUBTFUL_WEIGHT = 0.7  # of a finding that may be a name
_CHEAPEST = 0.5
_BLANKS = re.compile("(?<=[\u0e01-\u0e4e])[ \u00a0]+(?=[\u0e01-\u0e4e])")
_SIGNS = re.compile("(?<=[\u0e01-\u0e4e])[^\\s\u0e01-\u0e5b.](?=[\\s\u0e01-\u0e4e])")


def fitted(costs: Costs, text: str, changes: Sequence[Change]) -> Costs:
    """`costs` with those kinds of damage cheaper that `changes` found in `text`, by how often they were found."""
    found = Counter(change.kind for change in changes)
    sure = Counter(change.kind for change in changes if not change.is_doubtful)
    marks, a = len(ONE_MARK.findall(text)), text.count("\u0e32") + text.count("\u0e33")
    gaps, signs = len(_BLANKS.findall(text)), len(_SIGNS.findall(text))

    def cost(usual: float, kind: Damage, chances: int, *, least: float = _CHEAPEST) -> float:
        count = max(0.0, sure[kind] - _DOUBT, _DOUBTFUL_WEIGHT * found[kind] - 1)
        rate = (count + _PRIOR * math.exp(-usual)) / (max(chances, count) + _PRIOR)
        return min(usual, max(least, round(-2 * math.log(rate)) / 2))

    return replace(
        costs,
        missing=cost(costs.missing, Damage.MISSING_MARK, marks),
        extra=cost(costs.extra, Damage.DOUBLED, marks),
        moved=cost(costs.moved, Damage.MOVED_MARK, marks),
        dropped_am=cost(costs.dropped_am, Damage.DROPPED_SARA_AM, a),
        mai_tho_am=cost(costs.mai_tho_am, Damage.WRONG_LETTER, a),
        am_for_aa=cost(costs.am_for_aa, Damage.WRONG_LETTER, a),
        space=cost(costs.space, Damage.STRAY_SPACE, gaps, least=1),
        twice=cost(costs.twice, Damage.DOUBLED, marks, least=4.5),
        sign=cost(costs.sign, Damage.GLYPH_AS_SIGN, signs),
    )
