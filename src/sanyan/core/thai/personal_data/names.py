"""Names of persons behind a title: where the first name ends and whether a family name follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

from sanyan.core.spans import Span
from sanyan.core.thai.personal_data.titles import ENGLISH, TITLE, WEAK_TITLE, is_office
from sanyan.core.thai.words import segment

_LETTERS = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{1,60}")
_BLANK = re.compile(r"(?:[ \t\u00a0]{1,4}|\n(?![ \t\n]))(?=[ก-ฮเ-ไ])")
_OF = re.compile(r"ณ[ \t\u00a0]{1,3}(?=[ก-ฮเ-ไ])")
_RUN = re.compile(r"[^\s\d]{1,120}")
_LONGEST_NAME = 24
_SHORTEST_FIRST, _SHORTEST_FAMILY, _SHORTEST_STOP = 2, 2, 3

# Words that follow a name and are no part of one; told at the start of what follows, longest first.
_NOT_NAMES = """
ผู้อำนวยการ ผู้ช่วย ผู้เชี่ยวชาญ ผู้แทน ผู้ว่า ผู้ตรวจ ผู้บริหาร ผู้ใหญ่บ้าน ผู้ปกครอง ผู้จัด ผู้ประสาน ผู้รับ ผู้ที่
ผู้ซึ่ง ผู้รายงาน ผู้ให้ รองผู้ รองเลขา รองอธิการ รองประธาน รองนายก รองศึกษา รองปลัด เลขาธิการ เลขานุการ ปลัด อธิบดี
อธิการ ประธาน กรรมการ คณะกรรมการ คณะ รัฐมนตรี นายก หัวหน้า ศึกษานิเทศก์ ศึกษาธิการ ตำแหน่ง ครู อาจารย์ นักเรียน
นักวิชาการ นักวิเคราะห์ นักจัดการ เจ้าหน้าที่ เจ้าพนักงาน พนักงาน ลูกจ้าง โรงเรียน สำนัก กระทรวง จังหวัด อำเภอ ตำบล
หมู่ที่ ชั้น อายุ เบอร์ โทร โทรศัพท์ ได้รับ ได้เป็น ได้กล่าว ได้ให้ ได้นำ ได้ ซึ่ง กล่าวว่า กล่าว เปิดเผย ระบุ ชี้แจง
รายงาน เผย บอก เล่า พร้อม พร้อมด้วย พร้อมทั้ง และ หรือ กับ เป็น เดินทาง มอบหมาย มอบ ลงพื้นที่ เข้า ร่วม ออก จาก ที่ ใน
โดย เพื่อ เมื่อ วันที่ ว่า มี นำ จัด ทำ ให้ ถึง ตาม ต่อ ของ ไป มา จะ ยัง ต้อง คือ แล้ว รวม อดีต ข้าราชการ เรียน เกิด
ป่วย ขาด สอบ ชนะ ย้าย เกษียณ ดำรง ปฏิบัติ รักษา ทำหน้าที่ สังกัด แจ้ง ติดตาม นิเทศ ตรวจ เยี่ยม ประชุม ลงนาม ดำเนิน ขอ
ไม่ ทั้ง ช่วย สอน พัฒนา ศิษย์ บิดา มารดา บุตร ภรรยา สามี ครอบครัว ฯลฯ อนุมัติ เสนอ สนับสนุน กำกับ วิทยากร แพทย์ ผอ รอง
ร้อง นั้น นี้ นัก ณ
อาศัย อยู่ เข้าร่วม ร่วมกัน ร่วมกับ ช่วยเหลือ ผ่าน โฆษก ชนะเลิศ เข้ารับ ขึ้น ลง
"""


def find_names(text: str) -> Iterator[Span]:
    """Spans of names, titles included, in order. Words such as the Thai for district officer are no names."""
    starts = _WordStarts(text)
    end = 0
    for match in TITLE.finditer(text):
        if match.start() < end or not starts.holds(match.start()):
            continue
        if is_office(text, match.start()) and not _listed_end(text, match.end()):
            continue
        end = _name_end(text, match.end())
        if end:
            yield Span(match.start(), end)
    for match in WEAK_TITLE.finditer(text):
        weak_end = _listed_end(text, match.end())
        if weak_end and starts.holds(match.start()):
            yield Span(match.start(), weak_end)
    for match in ENGLISH.finditer(text):
        yield Span(*match.span())


class _WordStarts:
    """Tells whether a word starts at a place, cutting only runs of which that is asked, each once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._run = Span(0, 0)
        self._starts: frozenset[int] = frozenset()

    def holds(self, place: int) -> bool:
        if place == 0 or not _LETTERS.match(self._text[place - 1]):
            return True
        return place in self.around(place)

    def around(self, place: int) -> frozenset[int]:
        """The starts of words in the run of letters in which `place` lies, at most 60 before and after it."""
        if not self._run.start <= place < self._run.end - 30:
            start = place
            while start > max(0, place - 60) and _LETTERS.match(self._text[start - 1]):
                start -= 1
            run = _LETTERS.match(self._text, place)
            self._run = Span(start, run.end() if run else place)
            self._starts = frozenset(_starts(self._run.of(self._text), start))
        return self._starts


def _starts(run: str, start: int) -> Iterator[int]:
    for word in segment(run):
        yield start
        start += len(word)


def _name_end(text: str, start: int) -> int:
    """Where the name that begins at `start` ends, 0 where none does."""
    run = _LETTERS.match(text, start)
    if run is None:
        return 0
    first_end = _first_end(run.group(), start)
    first = text[start:first_end]
    if len(first) < _SHORTEST_FIRST or (first not in first_names() and _stop_length(first) >= _SHORTEST_STOP):
        return 0
    if first_end < run.end():  # the name runs on into a sentence
        return first_end
    return _family_end(text, first_end) or first_end


def _first_end(run: str, start: int) -> int:
    if run in first_names() or len(run) <= _SHORTEST_FIRST:
        return start + len(run)
    cut = _before_stop(run)
    longest = next((size for size in range(min(len(cut), _LONGEST_NAME), 2, -1) if cut[:size] in first_names()), 0)
    if longest and len(cut) - longest > 0 and (len(cut) > 12 or cut != run) and not _mark_follows(cut, longest):
        return start + longest
    return start + (len(cut) if len(cut) <= _LONGEST_NAME else longest)


def _mark_follows(run: str, size: int) -> bool:
    return size < len(run) and not ("ก" <= run[size] <= "ฮ" or "เ" <= run[size] <= "ไ")


def _before_stop(run: str) -> str:
    """The part of the run before a word that is no part of a name; all of it where there is none."""
    place = 0
    words = segment(run)
    for index, word in enumerate(words):
        if index and place >= 2 and ((word in _stops() and len(word) > 2) or word in ("ได้", "เป็น", "และ")):
            return run[:place]
        place += len(word)
    return run


def _family_end(text: str, first_end: int) -> int:
    blank = _BLANK.match(text, first_end)
    if blank is None:
        return 0
    of = _OF.match(text, blank.end())
    start = of.end() if of else blank.end()
    run = _LETTERS.match(text, start)
    if run is None:
        return 0
    family = run.group()
    if family not in family_names():
        if not of and _stop_length(family):
            return 0
        family = _before_inner_stop(family)
    if not _SHORTEST_FAMILY <= len(family) <= _LONGEST_NAME or TITLE.match(text, start):
        return 0
    return start + len(family)


def _before_inner_stop(family: str) -> str:
    """The family name at the start of a run that may go on into a sentence."""
    for size in range(min(len(family), _LONGEST_NAME), 2, -1):
        if family[:size] in family_names() and _stop_length(family[size:]):
            return family[:size]
    place = 0
    for index, word in enumerate(segment(family)):
        if index and place > 2 and len(word) > 3 and word in _stops():
            return family[:place]
        place += len(word)
    return family


def _stop_length(run: str) -> int:
    """The length of the words at the start of `run` that are no name, 0 where it may be a name."""
    first = next(iter(segment(run)), "")
    if first in _stops():
        return len(first)
    return next((len(stop) for stop in _long_stops() if run.startswith(stop)), 0)


def _listed_end(text: str, start: int) -> int:
    run = _LETTERS.match(text, start)
    if run is None or len(run.group()) < 3 or run.group() not in first_names():
        return 0
    blank = _BLANK.match(text, run.end())
    family = _LETTERS.match(text, blank.end()) if blank else None
    return family.end() if family and family.group() in family_names() else 0


@cache
def first_names() -> frozenset[str]:
    """Given names of a public list (PyThaiNLP's, bundled)."""
    return frozenset(thai_male_names()) | frozenset(thai_female_names())


@cache
def family_names() -> frozenset[str]:
    """Family names of a public list (PyThaiNLP's, bundled)."""
    return frozenset(thai_family_names())


@cache
def _stops() -> frozenset[str]:
    return frozenset(_NOT_NAMES.split())


@cache
def _long_stops() -> tuple[str, ...]:
    return tuple(sorted((stop for stop in _stops() if len(stop) > 4), key=len, reverse=True))
