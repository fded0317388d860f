"""Changes to a text, made one set after another, with every character traced to the text as given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sanyan.core.spans import Span
from sanyan.core.thai.repair.values import Damage, Edit, Repaired

_KINDS = list(Damage)


@dataclass(frozen=True)
class Change:
    """Characters `start` to `end` of a text become `made`."""

    start: int
    end: int
    made: str
    kind: Damage
    is_doubtful: bool = False


class Draft:
    """A text under repair. Each character is one of the original or a made one; what was taken away has its reason."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self._traces = list(range(len(original)))  # a place in the original, or -1 - the number of a kind of damage
        self._removed: dict[int, Damage] = {}

    def change(self, changes: Iterable[Change]) -> None:
        """Make a set of changes told in places of the present text; of two that overlap, the earlier is made."""
        texts: list[str] = []
        traces: list[int] = []
        place = 0
        for change in sorted(changes, key=lambda change: (change.start, change.end)):
            small = _without_equal_ends(self.text, change)
            if small is None or small.start < place:
                continue
            texts += (self.text[place : small.start], small.made)
            traces += self._traces[place : small.start]
            traces += [-1 - _KINDS.index(small.kind)] * len(small.made)
            for trace in self._traces[small.start : small.end]:
                if trace >= 0:
                    self._removed[trace] = small.kind
            place = small.end
        if texts:
            self.text = "".join((*texts, self.text[place:]))
            self._traces = traces + self._traces[place:]

    def done(self) -> Repaired:
        """The text as repaired so far, with its edits."""
        edits: list[Edit] = []
        before = made_from = 0  # the next place of the original; where made characters began
        kind: Damage | None = None
        for place, trace in enumerate([*self._traces, len(self.original)]):
            if trace < 0:
                kind = kind or _KINDS[-1 - trace]
                continue
            if trace > before or made_from < place:
                kind = kind or self._removed[before]
                edits.append(Edit(Span(before, trace), Span(made_from, place), kind))
            before, made_from, kind = trace + 1, place + 1, None
        return Repaired(self.original, self.text, tuple(edits))


def _without_equal_ends(text: str, change: Change) -> Change | None:
    old, new = text[change.start : change.end], change.made
    if old == new:
        return None
    most = min(len(old), len(new))
    head = next((place for place in range(most) if old[place] != new[place]), most)
    most -= head
    tail = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    return Change(change.start + head, change.end - tail, new[head : len(new) - tail], change.kind)
