"""How well a reading of a page stands up: the share of its Thai that is words, as it is and after repair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sanyan.core.thai.text_quality import MISCODED, Verdict, text_quality
from sanyan.core.thai.words import known_words, segment

GOOD_SHARE = 0.96  # of sound text 99 pages in 100 have more
REPAIRED_SHARE = 0.90  # less, even after repair, and the picture of the page may read better
_ENOUGH = 20  # Thai characters; fewer say nothing
_MOST = 6000  # characters that are weighed; a page rarely has more
_DAMAGE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_MISPLACED = re.compile(
    "(?:^|(?<=[\\s0-9A-Za-z]))[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|([\u0e31\u0e34-\u0e3a\u0e47-\u0e4c])\\1|\u0e4d\u0e32",
    re.MULTILINE,
)
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}|[0-9]{2,}")


@dataclass(frozen=True)
class Standing:
    """`share`: of Thai characters in known words of two letters or more, less the damaged; `known`: their number."""

    share: float
    known: int
    thai: int

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks for trying another way of reading."""
        return self.thai < _ENOUGH or self.share >= GOOD_SHARE


def standing(text: str) -> Standing:
    """The standing of a page. Latin letters and numbers count as known, so that English pages stand too."""
    sample = text[:_MOST]
    thai = len(_THAI.findall(sample))
    miscoded = len(MISCODED.findall(sample))
    damage = len(_DAMAGE.findall(sample)) + (miscoded if miscoded > max(thai, 0.2 * len(sample)) else 0)
    known = sum(len(_THAI.findall(word)) for word in segment(sample) if len(word) > 1 and word in known_words())
    misplaced = sum(1 for _ in _MISPLACED.finditer(sample))
    latin = sum(map(len, _LATIN_WORD.findall(sample)))
    share = max(0.0, (known - 2 * misplaced) / (thai + damage)) if thai + damage else 1.0 if latin else 0.0
    return Standing(share, known + latin, thai + damage)


def share_after_repair(text: str) -> float:
    """The share of the Thai of a text layer that is words once repaired; 0 for one beyond repair."""
    as_it_is = standing(text)
    if as_it_is.is_good:
        return max(as_it_is.share, REPAIRED_SHARE)
    quality = text_quality(text)
    return quality.known_share_repaired if quality.verdict in (Verdict.GOOD, Verdict.REPAIRABLE) else 0.0
