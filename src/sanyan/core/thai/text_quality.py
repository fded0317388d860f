"""The gate that text from a file passes: is it good Thai, can it be repaired, or must it be read from the picture?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.signed_documents import Words
from sanyan.core.thai.repair import repair
from sanyan.core.thai.words import known_words, segment

SAMPLE = 6_000  # characters that are read word by word, in three places of a longer text
_FEWEST = 30  # Thai letters; the words of fewer say little
_KNOWN_AT_LEAST = 0.75  # share of Thai letters within words, after repair; sound text has 0.9 and more
_READS_WELL = 0.9  # share of Thai letters within words at which no letter seems lost
_LOST_AT_MOST = 0.02  # share of characters that came through as unreadable
_CHANGED_AT_MOST = 0.002  # share of characters that repair changes in text that is still called good
_THAI = re.compile("[\u0e01-\u0e4e]")
_LETTER = re.compile(r"[^\W\d_]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LOST = re.compile("[\ufffd\x00]")
MISCODED = re.compile("[\u00a1-\u00fb]")  # what Thai of Windows-874 looks like when it is read as Latin
_VOWELS, _TONES = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d", "\u0e48-\u0e4b"
_DOUBLED = re.compile(
    f"([{_VOWELS}{_TONES}\u0e4c])\\1|[{_TONES}]{{2}}|[{_VOWELS}]{{2}}|\u0e40\u0e40|\u0e33[\u0e32\u0e33]"
)
_LEADING = re.compile(f"(?<![\u0e01-\u0e4e])[{_VOWELS}{_TONES}\u0e4c\u0e33]")


class Verdict(StrEnum):
    """What is to be done with a text."""

    GOOD = "good"
    REPAIRABLE = "repairable"
    NEEDS_OCR = "needs-ocr"
    NO_TEXT = "no-text"


@dataclass(frozen=True)
class TextQuality:
    """What a text shows of damage, and what follows from it.

    Counts are of characters; `thai_share` is of letters, `known_share` of Thai letters that stand in words of the
    dictionary, as given, and `known_share_repaired` the same after repair (1 where there is no Thai).
    """

    verdict: Verdict
    reasons: tuple[Words, ...]
    characters: int
    control: int
    nul: int
    private_use: int
    lost: int
    doubled_marks: int
    leading_marks: int
    thai_share: float
    known_share: float
    known_share_repaired: float
    changed_share: float


def text_quality(text: str, *, least_letters: int = 1) -> TextQuality:
    """Judge `text`; a text with fewer letters than `least_letters` counts as none, such as that of a scanned page.

    Words are looked up in a sample where the text is long; characters are counted in all of it.
    """
    letters, thai = len(_LETTER.findall(text)), len(_THAI.findall(text))
    sample = _sample(text)
    repaired = repair(sample)
    changed = sum(
        max(edit.original.end - edit.original.start, edit.repaired.end - edit.repaired.start) for edit in repaired.edits
    )
    counted = {
        "characters": len(text),
        "control": len(_CONTROL.findall(text)),
        "nul": text.count("\x00"),
        "private_use": len(_PRIVATE.findall(text)),
        "lost": len(_LOST.findall(text)),
        "doubled_marks": sum(1 for _ in _DOUBLED.finditer(text)),
        "leading_marks": sum(1 for _ in _LEADING.finditer(text)),
    }
    shares = {
        "thai_share": min(1.0, thai / max(letters, thai)) if thai else 0.0,
        "known_share": _known_share(sample),
        "known_share_repaired": _known_share(repaired.text),
        "changed_share": changed / len(sample) if sample else 0.0,
    }
    verdict, reasons = _judged(counted, shares, letters + thai, thai, len(MISCODED.findall(text)), least_letters)
    return TextQuality(verdict=verdict, reasons=tuple(reasons), **counted, **shares)  # type: ignore[arg-type]


def _judged(
    counted: dict[str, int], shares: dict[str, float], letters: int, thai: int, latin1: int, least_letters: int
) -> tuple[Verdict, list[Words]]:
    if letters < max(1, least_letters):
        return Verdict.NO_TEXT, [Words("ไม่พบตัวอักษรที่อ่านได้", "No letters were found.")]
    bad = list(_beyond_repair(counted, shares, letters, thai, latin1))
    if bad:
        return Verdict.NEEDS_OCR, bad
    signs = [words for name, words in _SIGNS.items() if counted[name]]
    if shares["changed_share"] > _CHANGED_AT_MOST:
        signs.append(
            Words(
                f"ระบบซ่อมตัวอักษรร้อยละ {100 * shares['changed_share']:.1f}",
                f"Repair changes {100 * shares['changed_share']:.1f} % of the characters.",
            )
        )
    return (Verdict.REPAIRABLE, signs) if signs else (Verdict.GOOD, [])


_SIGNS = {
    "nul": Words("มีอักขระว่าง (NUL) ปนอยู่", "It holds NUL characters."),
    "control": Words("มีอักขระควบคุมปนอยู่", "It holds control characters."),
    "private_use": Words("มีรหัสเฉพาะของแบบอักษรปนอยู่", "It holds codes private to a font."),
    "doubled_marks": Words("มีสระหรือวรรณยุกต์ซ้อนกัน", "Marks stand twice on a letter."),
    "leading_marks": Words("มีสระหรือวรรณยุกต์ที่ไม่มีพยัญชนะ", "Marks stand on no letter."),
}


def _beyond_repair(
    counted: dict[str, int], shares: dict[str, float], letters: int, thai: int, latin1: int
) -> list[Words]:
    reasons = []
    lost = counted["lost"] if shares["known_share_repaired"] < _READS_WELL else counted["lost"] - counted["nul"]
    if lost > _LOST_AT_MOST * counted["characters"]:
        reasons.append(Words("มีตัวอักษรที่อ่านไม่ออกจำนวนมาก", "Many characters came through unreadable."))
    if latin1 > 0.3 * letters and latin1 > thai:
        reasons.append(Words("ข้อความไทยถูกอ่านด้วยรหัสภาษาอื่น", "Thai was read in the code of another language."))
    if thai >= _FEWEST and shares["known_share_repaired"] < _KNOWN_AT_LEAST:
        known = 100 * shares["known_share_repaired"]
        reasons.append(
            Words(
                f"พบคำในพจนานุกรมเพียงร้อยละ {known:.0f} แม้ซ่อมแล้ว",
                f"Only {known:.0f} % is made of known words, even after repair.",
            )
        )
    return reasons


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    part, middle = SAMPLE // 3, len(text) // 2
    return "\n".join((text[:part], text[middle : middle + part], text[-part:]))


def _known_share(text: str) -> float:
    known = of_all = 0
    words = known_words()
    for word in segment(text):
        letters = len(_THAI.findall(word))
        of_all += letters
        known += letters if len(word) > 1 and word in words else 0
    return known / of_all if of_all else 1.0
