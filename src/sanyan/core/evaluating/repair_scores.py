"""How much nearer repair brings damaged texts to what they should say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True)
class RepairScores:
    """Errors of many texts together.

    `characters` are those of the right texts; errors are the least insertions, deletions and substitutions of code
    points between a text and the right one, both exactly as they are: nothing is normalised first.
    """

    pairs: int
    characters: int
    errors_before: int
    errors_after: int
    worse: int
    changed_clean: int
    clean: int

    @property
    def cer_before(self) -> float | None:
        """Errors for each right character before repair; None where the right texts are empty."""
        return self.errors_before / self.characters if self.characters else None

    @property
    def cer_after(self) -> float | None:
        """Errors for each right character after repair; None where the right texts are empty."""
        return self.errors_after / self.characters if self.characters else None

    @property
    def cut(self) -> float | None:
        """The share of errors that repair took away; None where there were none."""
        return 1 - self.errors_after / self.errors_before if self.errors_before else None

    @property
    def worse_share(self) -> float | None:
        """The share of texts with more errors after repair than before; None where there are no texts."""
        return self.worse / self.pairs if self.pairs else None


def score_repairs(triples: Iterable[tuple[str, str, str]]) -> RepairScores:
    """The errors of texts given as (broken, repaired, right). A pair is clean where broken and right are equal."""
    pairs = characters = before = after = worse = changed = clean = 0
    for broken, repaired, right in triples:
        was = Levenshtein.distance(broken, right)
        now = Levenshtein.distance(repaired, right)
        pairs += 1
        characters += len(right)
        before += was
        after += now
        worse += now > was
        clean += broken == right
        changed += broken == right and repaired != right
    return RepairScores(pairs, characters, before, after, worse, changed, clean)
