"""Narratives that say again, word for word or nearly, what another report said."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.checking.definitions import CheckDefinition
from sanyan.core.checking.values import (
    Answers,
    CheckInput,
    FindingDraft,
    Found,
    NotRun,
    finding,
)
from sanyan.core.indicators.definitions import AnswerState, Indicator, Kind
from sanyan.core.indicators.wording import figure, indicator_words
from sanyan.core.signed_documents import Words
from sanyan.core.text.shingling import likeness, wide_hashes

SHINGLE = 8  # characters: longer than most Thai words, shorter than a phrase
SKETCH = 64
ENOUGH_SHARED = 0.6


@dataclass(frozen=True)
class _Text:
    organisation: str
    normal: str
    shingles: NDArray[np.uint64]


class _Kept(dict[int, str]):
    """What each letter becomes, worked out when first met."""

    def __missing__(self, point: int) -> str:
        category = unicodedata.category(chr(point))
        kept = chr(point) if category[0] in "LM" else "0" if category == "Nd" else ""
        self[point] = kept
        return kept


_KEPT = _Kept()


def normalised(text: str) -> str:
    """Letters and marks alone, lower-case, digits as 0: what is left when layout, figures and dates differ."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold().translate(_KEPT))


def shingles(normal: str) -> NDArray[np.uint64]:
    """Distinct hashes of every run of eight characters, sorted; the same on every machine and run."""
    letters = np.frombuffer(normal.encode("utf-32-le"), dtype=np.uint32)
    if len(letters) < SHINGLE:
        return np.unique(letters.astype(np.uint64))
    hashed = wide_hashes(letters, SHINGLE)
    hashed.sort()
    return hashed[np.concatenate(([True], hashed[1:] != hashed[:-1]))]


def check_copied_text(check: CheckDefinition, data: CheckInput) -> Found:
    """Texts that repeat the organisation's own earlier report, or another organisation's of this round."""
    findings: list[FindingDraft] = []
    shared: list[str] = []
    for indicator in data.asked():
        if indicator.kind is not Kind.NARRATIVE:
            continue
        texts = _texts(check, indicator, data.answers)
        for earlier, variant in ((data.latest, "own-previous"), (data.last_year, "own-last-year")):
            findings += _own_repeats(check, indicator, texts, earlier, variant)
        others, handed_out = _from_others(check, data, indicator, texts)
        findings += others
        if handed_out:
            shared.append(indicator.code)
    return Found(_strongest(findings), _handed_out(check, shared))


def _texts(check: CheckDefinition, indicator: Indicator, answers: Answers | None) -> dict[str, _Text]:
    texts = {}
    for (organisation, code), answer in (answers or {}).items():
        if code == indicator.code and answer.state is AnswerState.REPORTED:
            normal = normalised(" ".join(answer.text[key] for key in sorted(answer.text)))
            if len(normal) >= check.number("least_letters", 60):
                texts[organisation] = _Text(organisation, normal, shingles(normal))
    return texts


def _own_repeats(
    check: CheckDefinition, indicator: Indicator, texts: Mapping[str, _Text], before: Answers | None, variant: str
) -> Iterator[FindingDraft]:
    earlier = _texts(check, indicator, before)
    for organisation, text in texts.items():
        if organisation in earlier:
            alike = likeness(text.shingles, earlier[organisation].shingles)
            if alike >= check.number("own_likeness", 0.9):
                words = {**indicator_words(indicator), "alike": figure(100 * alike, decimals=0)}
                yield finding(
                    check,
                    variant=variant,
                    organisation=organisation,
                    indicator=indicator.code,
                    score=0.45 * alike,
                    words=words,
                    numbers={"alike": round(alike, 3)},
                )


def _from_others(
    check: CheckDefinition, data: CheckInput, indicator: Indicator, texts: Mapping[str, _Text]
) -> tuple[list[FindingDraft], bool]:
    alike_to: dict[str, dict[str, float]] = defaultdict(dict)
    for one, other in _candidates(texts):
        alike = likeness(texts[one].shingles, texts[other].shingles)
        if alike >= check.number("likeness", 0.8):
            alike_to[one][other] = alike_to[other][one] = alike
    findings, handed_out = [], False
    for organisation, others in sorted(alike_to.items()):
        if len(others) > check.number("handed_out_to", 5):
            handed_out = True
            continue
        nearest = max(sorted(others), key=lambda other: others[other])
        findings.append(_from_another(check, data, indicator, organisation, nearest, others[nearest]))
    return findings, handed_out


def _from_another(
    check: CheckDefinition, data: CheckInput, indicator: Indicator, organisation: str, nearest: str, alike: float
) -> FindingDraft:
    other = data.expected.get(nearest)
    words = {
        **indicator_words(indicator),
        "alike": figure(100 * alike, decimals=0),
        "other_th": (other.name_th if other else "") or nearest,
        "other_en": (other.name_en or other.name_th if other else "") or nearest,
    }
    return finding(
        check,
        variant="other",
        organisation=organisation,
        indicator=indicator.code,
        score=0.6 * alike,
        words=words,
        numbers={"alike": round(alike, 3), "other": nearest},
    )


def _candidates(texts: Mapping[str, _Text]) -> list[tuple[str, str]]:
    """Pairs worth comparing in full: their 64 smallest hashes, a fair sample of all, are mostly the same.

    Two texts of likeness 0.8 share about 51 of them, give or take 3.
    """
    names = sorted(texts)
    columns: dict[int, int] = {}
    places = [
        (row, columns.setdefault(value, len(columns)))
        for row, name in enumerate(names)
        for value in texts[name].shingles[:SKETCH].tolist()
    ]
    holds = np.zeros((len(names), len(columns)), dtype=np.float32)
    if places:
        holds[tuple(np.array(places).T)] = 1
    holds = holds[:, holds.sum(axis=0) > 1]
    shared = holds @ holds.T
    enough = ENOUGH_SHARED * np.array([min(len(texts[name].shingles), SKETCH) for name in names])
    pairs = np.argwhere(np.triu(shared >= np.minimum.outer(enough, enough), k=1))
    return [(names[one], names[other]) for one, other in pairs.tolist()]


def _strongest(findings: list[FindingDraft]) -> tuple[FindingDraft, ...]:
    """One finding for each text: where it repeats several, the likeness that weighs most."""
    best: dict[tuple[str, str], FindingDraft] = {}
    for found in findings:
        key = (found.organisation, found.indicator)
        if key not in best or found.score > best[key].score:
            best[key] = found
    return tuple(best.values())


def _handed_out(check: CheckDefinition, codes: list[str]) -> tuple[NotRun, ...]:
    if not codes:
        return ()
    words = Words(
        "มีข้อความที่หลายเขตใช้ตรงกันเป็นจำนวนมาก จึงถือเป็นข้อความที่แจกจากส่วนกลาง ไม่ได้นับเป็นการคัดลอก",
        "A text that many areas share is taken as handed out centrally and not counted as copied.",
    )
    return (NotRun(check.code, words, tuple(codes)),)
