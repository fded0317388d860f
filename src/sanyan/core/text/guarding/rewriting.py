"""Asking a model to word drafted sentences better, and to do nothing else.

A model is given sentences that are already true, never the reports behind them, and each of its sentences must keep
what the drafted one says: the same numbers, quotes and names, as many negations, hardly a new word. What fails is not
shown; the drafted sentence stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sanyan.core.text.claims import CitedSentence, check_claim
from sanyan.core.text.guarding.outcomes import Accepted, Outcome, Reason, Rejected, reason
from sanyan.core.text.guarding.prompts import Masker, Piece, Prompt, prompt_of
from sanyan.core.text.guarding.schemas import ReplyError, closed, list_of, one_of, read_reply, short_text
from sanyan.core.text.stated_numbers import plain, stated_numbers
from sanyan.core.thai.words import content_terms, segment

VERSION = "rewriting-1"
LONGEST_SENTENCE = 1_200
MOST_NEW_TERMS = 0.2  # of a sentence's content terms
LEAST_KEPT_TERMS = 0.6
LEAST_THAI = 0.6  # of a sentence's letters
_LONGER = 1.5
_TASK = "Word each sentence better in official, kind Thai. Keep its meaning, all numbers, names and quotes in “ ”."
_QUOTED = re.compile("“[^“”]*”")
_FOREIGN = re.compile(r"https?:|www\.|@\w|[<>{}\\`|*#]|\]\(|[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_NEGATIONS = frozenset(("มิ", "มิได้", "ยังไม่", "ขาด", "ขาดแคลน", "ไร้", "ปราศจาก", "งด", "ห้าม"))


@dataclass(frozen=True)
class RewriteRequest:
    """Drafted sentences by id; `names` are all names (areas, themes) that must not appear where they did not stand."""

    sentences: Mapping[str, CitedSentence]
    names: Collection[str] = ()

    def prompt(self, *, marker: str, masker: Masker) -> Prompt:
        """The question; see `prompt_of`."""
        return prompt_of(
            [Piece(name, sentence.text) for name, sentence in self.sentences.items()],
            task=_TASK,
            ask="One sentence for each text, with its id.",
            version=VERSION,
            schema_of=_schema,
            marker=marker,
            masker=masker,
        )


def judge_rewrite(reply: str, request: RewriteRequest, prompt: Prompt) -> Outcome[Mapping[str, str]]:
    """The new sentences by id, or every reason why they are not used: all or nothing."""
    try:
        value: Any = read_reply(reply, prompt.schema)
    except ReplyError as error:
        return Rejected((error.why,))
    rows: list[dict[str, str]] = value["sentences"]
    counts = Counter(row["id"] for row in rows)
    why = [
        reason("sentence-count", f"ประโยคนี้มีคำตอบ {counts[name]} ครั้ง", f"The sentence has {counts[name]} answers.", name)
        for name in prompt.sent
        if counts[name] != 1
    ]
    for row in rows:
        why += rewrite_faults(row["text"], request.sentences[row["id"]], names=request.names, place=row["id"])
    return Rejected(tuple(why)) if why else Accepted({row["id"]: row["text"].strip() for row in rows})


def judge_of(request: RewriteRequest, prompt: Prompt) -> Callable[[str], Outcome[Mapping[str, str]]]:
    """`judge_rewrite` waiting for the reply."""
    return lambda reply: judge_rewrite(reply, request, prompt)


def rewrite_faults(
    text: str, drafted: CitedSentence, *, names: Collection[str] = (), place: str = ""
) -> Iterator[Reason]:
    """Why `text` may not stand in for a drafted sentence; nothing where it may."""
    old = drafted.text
    if not text.strip() or len(text) > _LONGER * len(old) + 20:
        yield reason("rewrite-length", "ประโยคว่างหรือยาวเกินไป", "The sentence is empty or much longer.", place)
    if (
        _FOREIGN.search(text)
        or not set(_LATIN.findall(text)) <= set(_LATIN.findall(old))
        or thai_share(text) < LEAST_THAI
    ):
        yield reason("rewrite-language", "ไม่ใช่ข้อความภาษาไทยล้วน", "It is not plain Thai text.", place)
    check = check_claim(text, drafted.quotes, drafted.figures, names=_held(names, old))
    if not check.ok or _numbers(text) != _numbers(old):
        yield reason("rewrite-numbers", "ตัวเลขไม่ตรงกับร่าง", "The numbers are not those of the draft.", place)
    if sorted(_QUOTED.findall(text)) != sorted(_QUOTED.findall(old)):
        yield reason("rewrite-quotes", "คำอ้างไม่ตรงกับร่าง", "The quotes are not those of the draft.", place)
    if set(_held(names, text)) - set(_held(names, old)):
        yield reason("rewrite-names", "มีชื่อที่ไม่มีในร่าง", "It holds a name that the draft does not.", place)
    if _negations(text) != _negations(old):
        yield reason("rewrite-negation", "คำปฏิเสธไม่ตรงกับร่าง", "The negations are not those of the draft.", place)
    new_terms, old_terms = set(content_terms(text)), set(content_terms(old))
    if len(new_terms - old_terms) > MOST_NEW_TERMS * len(new_terms):
        yield reason("rewrite-new-words", "มีเนื้อหาใหม่เกินจากร่าง", "It says more than the draft.", place)
    if len(new_terms & old_terms) < LEAST_KEPT_TERMS * len(old_terms):
        yield reason("rewrite-lost-words", "เนื้อหาของร่างหายไป", "It says less than the draft.", place)


def thai_share(text: str) -> float:
    """The share of Thai letters among all letters of a text; 0 where there is none."""
    letters = [character for character in text if character.isalpha()]
    return sum("\u0e01" <= character <= "\u0e4e" for character in letters) / len(letters) if letters else 0.0


def _schema(ids: tuple[str, ...]) -> Mapping[str, object]:
    row = closed({"id": one_of(ids), "text": short_text(LONGEST_SENTENCE)})
    return closed({"sentences": list_of(row, least=len(ids), most=len(ids))})


def _held(names: Collection[str], text: str) -> list[str]:
    made = plain(text)
    return [name for name in names if name.strip() and re.search(rf"{re.escape(plain(name))}(?!\d)", made)]


def _numbers(text: str) -> Counter[tuple[str, str]]:
    return Counter((number.kind.value, str(number.value)) for number in stated_numbers(text))


def _negations(text: str) -> int:
    return sum(word in _NEGATIONS or word.startswith("ไม่") for word in segment(_QUOTED.sub(" ", text)))
