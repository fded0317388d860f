"""Repair from end to end."""

from __future__ import annotations

from functools import lru_cache

from sanyan.core.thai.repair.adapting import fitted
from sanyan.core.thai.repair.changes import Change, Draft
from sanyan.core.thai.repair.channel import Costs
from sanyan.core.thai.repair.decoding import Reader
from sanyan.core.thai.repair.glyphs import STEPS, SUSPECT
from sanyan.core.thai.repair.numbers import mixed_digits
from sanyan.core.thai.repair.spacing import with_blanks
from sanyan.core.thai.repair.stripping import unstripped
from sanyan.core.thai.repair.values import Repaired

CAREFUL = Costs(
    missing=16,
    extra=18,
    moved=7,
    wrong_mark=17,
    split_am=3,
    dropped_am=8,
    lost_am=12,
    mai_tho_am=6,
    am_for_aa=7,
    space=12,
    line_end=16,
    space_at_mark=0.5,
    sign=7,
    unknown=7,
    loose=10,
    twice=9,
    strange=3,
)
_ROUNDS = 3


def repair(text: str) -> Repaired:
    """`text` as it was most likely meant."""
    draft = Draft(text)
    if SUSPECT.search(text):
        for step in STEPS:
            draft.change(step(draft.text))
    draft.change(mixed_digits(draft.text))
    draft.change(unstripped(draft.text, CAREFUL))
    draft.change(_read(draft.text))
    return draft.done()


def _read(text: str) -> list[Change]:
    changes = list(_reader(CAREFUL).changes(text))
    costs = CAREFUL
    for _ in range(_ROUNDS):
        better = fitted(CAREFUL, text, changes) if changes else costs
        if better == costs:
            break
        costs = better
        changes = list(_reader(costs).changes(text))
    sure = [change for change in changes if not change.is_doubtful] if costs == CAREFUL else changes
    return with_blanks(text, sure)


@lru_cache(maxsize=8)
def _reader(costs: Costs) -> Reader:
    return Reader(costs)
