"""Thai compounds taken apart: words of the word list that are words of the list put together."""

from __future__ import annotations

from functools import lru_cache

from sanyan.core.thai.words import everyday_words, known_words

LONGEST = 60  # characters; what is longer is a run that the word list does not know
_SHORTEST_PART = 2
_REMEMBERED = 200_000


@lru_cache(maxsize=_REMEMBERED)
def word_parts(word: str) -> tuple[str, ...]:
    """The fewest words that `word` is made of, everyday ones left out; none where it cannot be taken apart.

    การศึกษา gives ศึกษา, โรงเรียน gives โรง and เรียน.
    """
    if not 2 * _SHORTEST_PART <= len(word) <= LONGEST or word.isascii():
        return ()
    words = known_words()
    best: list[tuple[int, int, int] | None] = [None] * (len(word) + 1)  # pieces, minus the shortest, where from
    best[0] = (0, -len(word), 0)
    for end in range(_SHORTEST_PART, len(word) + 1):
        for start in range(end - _SHORTEST_PART + 1):
            before = best[start]
            if before is None or end - start == len(word) or word[start:end] not in words:
                continue
            offered = (before[0] + 1, max(before[1], start - end), start)
            if best[end] is None or offered < best[end]:  # type: ignore[operator]
                best[end] = offered
    return tuple(part for part in _traced(word, best) if part not in everyday_words())


def _traced(word: str, best: list[tuple[int, int, int] | None]) -> list[str]:
    parts: list[str] = []
    end = len(word)
    while end and (found := best[end]) is not None:
        parts.append(word[found[2] : end])
        end = found[2]
    return parts[::-1] if not end else []
