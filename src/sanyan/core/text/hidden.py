"""What a reader does not see in a text, taken out and told; and sentences that give orders to a machine, pointed at.

Nothing here decides: what is taken out is kept with its place, and a sentence that looks like an order stays where
it is, for a person to look at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from sanyan.core.spans import Span

FEW = 5
_LONE_ZERO_WIDTHS = 1 / 3  # of all characters; Thai pages of the web set one behind each word, which is less

_ZERO_WIDTH = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164"
_ZERO_WIDTH += "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0100-\U000e01ef"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TAG = "\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_UNSEEN = re.compile(
    f"(?P<zero>[{_ZERO_WIDTH}]+)|(?P<way>[{_DIRECTION}]+)|(?P<tag>[{_TAG}]+)|(?P<control>[{_CONTROL}]+)"
)
_OVERRIDES = re.compile("[\u202d\u202e]")


class Unseen(StrEnum):
    """The kinds of character that take no place on a page."""

    ZERO_WIDTH = "zero-width"
    DIRECTION = "direction"
    TAG = "tag"
    CONTROL = "control"


_KINDS = {"zero": Unseen.ZERO_WIDTH, "way": Unseen.DIRECTION, "tag": Unseen.TAG, "control": Unseen.CONTROL}


@dataclass(frozen=True)
class Removed:
    """A run that was taken out: its place in the text as given, and what tag characters spell ("" for others)."""

    span: Span
    kind: Unseen
    spells: str = ""


@dataclass(frozen=True)
class Scrubbed:
    """The text as a reader sees it, what was taken out of it, and the kinds of which there was more than a few."""

    text: str
    removed: tuple[Removed, ...]
    flags: tuple[Unseen, ...]

    def source(self, span: Span) -> Span:
        """The place, in the text as given, of a span of the scrubbed text."""
        last = self._source(max(span.end - 1, span.start))
        return Span(self._source(span.start), last + (span.end > span.start))

    def _source(self, place: int) -> int:
        at = bisect_right(self._starts, place)
        return place + (self._taken[at - 1] if at else 0)

    @cached_property
    def _taken(self) -> list[int]:
        return list(accumulate(each.span.end - each.span.start for each in self.removed))

    @cached_property
    def _starts(self) -> list[int]:
        lengths = [0, *self._taken]
        return [each.span.start - lengths[index] for index, each in enumerate(self.removed)]


def scrub(text: str) -> Scrubbed:
    """`text` without characters that cannot be seen: of no width, turning the direction, tags, controls.

    Line ends, tabs and page ends stay. A kind is flagged where tags or overriding directions occur at all, where
    there are more than FEW of the others, or, for a lone character of no width, where every third is one.
    """
    if text.isascii() and text.isprintable():
        return Scrubbed(text, (), ())
    removed = tuple(_removed(match) for match in _UNSEEN.finditer(text))
    if not removed:
        return Scrubbed(text, (), ())
    return Scrubbed(_UNSEEN.sub("", text), removed, _flags(text, removed))


def _removed(match: re.Match[str]) -> Removed:
    kind = _KINDS[str(match.lastgroup)]
    spells = "".join(chr(ord(each) - 0xE0000) for each in match[0]) if kind is Unseen.TAG else ""
    return Removed(Span(*match.span()), kind, "".join(filter(str.isprintable, spells)))


def _flags(text: str, removed: tuple[Removed, ...]) -> tuple[Unseen, ...]:
    counts = dict.fromkeys(Unseen, 0)
    lone = 0
    for each in removed:
        length = each.span.end - each.span.start
        if each.kind is Unseen.ZERO_WIDTH and length == 1:
            lone += 1
        else:
            counts[each.kind] += length
    flagged = {kind for kind, count in counts.items() if count > FEW}
    if lone > FEW and lone > _LONE_ZERO_WIDTHS * len(text):
        flagged.add(Unseen.ZERO_WIDTH)
    if counts[Unseen.TAG]:
        flagged.add(Unseen.TAG)
    if counts[Unseen.DIRECTION] and _OVERRIDES.search(text):
        flagged.add(Unseen.DIRECTION)
    return tuple(kind for kind in Unseen if kind in flagged)


# Thai is matched with its blanks taken out, so that spacing an order out hides nothing. Every gap is bounded.
_MACHINE = "(?:ai|เอไอ|ปัญญาประดิษฐ์|โมเดล(?:ภาษา)?|แชท?ต?บอ[ตท]|chatgpt|gpt|llm|แบบจำลองภาษา"
_MACHINE += "|ระบบ(?:ai|เอไอ|อัตโนมัติ|ประเมินอัตโนมัติ))"
_IGNORE = "(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ|อย่าสนใจ|ไม่ต้องทำตาม|อย่าทำตาม|มองข้าม|จงลืม|ให้ลืม|โปรดลืม|ลืมคำสั่ง)"
_ORDER = "(?:คำสั่ง|คำแนะนำ|ข้อความ|ข้อกำหนด|กฎ|เกณฑ์|เงื่อนไข|พรอมต์|พร้อมท์|prompt|instruction)"
_BEFORE = "(?:ก่อนหน้า|ข้างต้น|ด้านบน|เดิม|ที่ได้รับ|ที่ผ่านมา|ของระบบ|ระบบ)"
_TOP = "(?:เต็ม|สูงสุด|ระดับสูงสุด|สูงที่สุด|ดีเยี่ยม|ดีที่สุด|100|๑๐๐|10/10|5/5)"
_BID = "(?:จง|โปรด|กรุณา|ขอให้|ต้อง|ให้)"
_THAI_ORDERS = re.compile(
    "|".join(
        (
            f"{_IGNORE}.{{0,24}}?{_ORDER}.{{0,16}}?{_BEFORE}",
            f"(?:ละเว้น|เพิกเฉยต่อ|ไม่ต้องสนใจ|อย่าสนใจ|ลืม){_ORDER}",
            f"{_MACHINE}.{{0,12}}?(?:จง|โปรด|กรุณา)(?:สรุป|ให้|ตอบ|ประเมิน|จัด|รายงาน|เขียน|ละเว้น|เพิกเฉย)",
            f"(?:คำสั่ง|ข้อความ|หมายเหตุ)(?:ถึง|สำหรับ|แก่)?{_MACHINE}",
            f"(?:คุณ|ท่าน|เธอ)(?:คือ|เป็น){_MACHINE}",
            "(?:คุณ|เธอ)(?:คือ|เป็น)ผู้ช่วย",
            f"(?:หาก|ถ้า|เมื่อ)(?:คุณ|ท่าน)?(?:คือ|เป็น){_MACHINE}",
            f"(?:หาก|ถ้า|เมื่อ){_MACHINE}.{{0,10}}?อ่าน",
            f"(?:ถึง|เรียน)?{_MACHINE}(?:ที่|ซึ่ง|ผู้)?(?:กำลัง)?(?:อ่าน|ประมวลผล|ประเมิน)(?:ข้อความ|รายงาน|เอกสาร)(?:ฉบับ)?นี้",
            f"(?<!เกณฑ์)(?<!การ)ให้คะแนน(?:.{{0,24}}?)?{_TOP}",
            "(?:จง|โปรด|กรุณา|ขอให้)(?:จัด|ประเมิน|ตัดสิน|ระบุ|รายงาน|สรุป).{0,24}?(?:ดีเยี่ยม|สูงสุด|ดีที่สุด|ไม่มีปัญหา|ไม่มีความเสี่ยง)",
            "(?:จง|โปรด|กรุณา|ขอให้)(?:สรุป|รายงาน)ว่า",
            f"(?<!ผู้){_BID}?ตอบ(?:กลับ)?(?:แค่|เพียง)?ว่า.{{1,60}}?เท่านั้น",
            f"{_BID}ตอบ(?:กลับ)?(?:แค่|เพียง|ด้วยคำ|เป็นคำ).{{1,60}}?เท่านั้น",
            "ตอบ(?:กลับ|แค่|เพียง)(?:แค่|เพียง)?(?:ด้วย|เป็น)?(?:json)?[{<]",
            "(?:ห้าม|อย่า|ไม่ต้อง)(?:เปิดเผย|บอก|แจ้ง|กล่าวถึง|อ้างถึง|แสดง)(?:คำสั่ง|ข้อความ|พรอมต์)นี้",
            "(?:อย่า|ไม่ต้อง|ห้าม)(?:ตั้ง|ติด|ขึ้น|ยก|แสดง|สร้าง|ออก|ส่ง)(?:ธง|สัญญาณเตือน|คำเตือน|การแจ้งเตือน)",
            "(?:อย่า|ไม่ต้อง|ห้าม)(?:รายงาน|กล่าวถึง|ระบุ|สรุป|แจ้ง|บันทึก)(?:ปัญหา|จุดอ่อน|ข้อบกพร่อง|ความเสี่ยง|ข้อเสีย)",
            "(?:พรอมต์|พร้อมท์|คำสั่ง|ข้อความ)(?:ของ)?ระบบ(?::|ใหม่|คือ)",
            "คำสั่งใหม่:",
            f"(?:สวมบทบาท|แสดงบทบาท|ทำตัว|แสร้ง)(?:เป็น|ว่าเป็น){_MACHINE}",
        )
    ),
    re.IGNORECASE,
)
# In the English patterns a blank stands for one to three blanks of any kind; within [ ] they are written \s.
_SUCH = "(?:(?:all|any|the|your|of|these|those|my|our|every|its|previous|prior|above|earlier|former|system) ){0,6}"
_GIFT = "(?:(?:this|it|us|the|our|me|a|an|report|area|office|submission|document|text|them|as|with) ){0,6}"
_RULES = r"(?:instructions?|prompts?|rules|guidelines|commands?|directions|context)\b"
_SOMEONE = r"(?:ai|assistant|chatbot|llm|gpt|(?:large )?language model|model|evaluator|grader)\b"
_NOT_SUBJECT = "(?! (?:tool|school|course|programme|program|project|curriculum|skill))"
_PERFECT = "(?:full|maximum|max|highest|perfect|top|best|10/10|5/5|100) ?(?:score|marks?|grade|rating|points?)"
_MACHINE_SCRIPT = (
    r"<\|?(?:im_start|im_end|system|endoftext|start_header_id)\|?>|\[/?INST\]|<<SYS>>|###\s?(?:system|instruction)"
)
_ENGLISH_ORDERS = re.compile(
    "|".join(
        (
            f"(?:ignore|disregard|forget|override|bypass|discard) {_SUCH}{_RULES}",
            r"(?:ignore|disregard|forget) (?:everything|anything|all|what) (?:\w{1,12} ){0,3}(?:above|before|said)",
            rf"you are (?:now )?(?:an?|the|no longer) (?:\w{{1,14}} ){{0,2}}{_SOMEONE}",
            rf"(?:if|as|since) (?:you are )?an? (?:ai|llm|(?:large )?language model)\b{_NOT_SUBJECT}",
            r"(?:system|developer)[\s_-]{0,3}(?:prompt|message)\b|\bprompt[\s_-]{0,3}injection\b|\bjailbreak\b",
            _MACHINE_SCRIPT,
            r"(?:\bai ?[:,] ?)?(?:\b(?:decode|obey|follow|run)\b ?(?:and|the|this|following)? ?){0,4}\bbase ?64\b",
            r"\"?role\"?\s?:\s?\"?(?:system|assistant)\b",
            r"(?:new|updated|important|hidden|secret) instructions?\s?:",
            rf"(?:note|message|instructions?|attention|memo)(?:\s?:)? (?:to|for) (?:the |any )?{_SOMEONE}",
            r"\b(?:attention|dear) (?:ai|llm|model|assistant|chatbot)\b",
            r"(?:respond|reply|answer|output|print) (?:with )?(?:only|exactly|just|nothing but|the words?)\b",
            f"(?:give|assign|award|rate|score|grade|mark) {_GIFT}{_PERFECT}",
            r"(?:do not|don't|never|must not) (?:flag|mention|reveal|disclose|report) (?:this|these|any|the|that|it)\b",
            rf"(?:pretend|act) (?:to be|as|like|as if you are) (?:an?|the) (?:{_SOMEONE}|system|administrator)",
        )
    )
    .replace(" ", r"\s{1,3}")
    .replace(r"\s{1,3}?", r"\s{0,3}"),
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")


def looks_like_instruction(text: str) -> tuple[Span, ...]:
    """Where `text` gives orders to a machine, in Thai or English; for a person to look at, never to be dropped.

    `text` is best scrubbed before. Ordinary orders of an office (to follow a rule, to report by a day) are not meant.
    """
    found = [Span(*match.span()) for match in _ENGLISH_ORDERS.finditer(text)]
    blanks = [match.span() for match in _BLANKS.finditer(text)]
    closed = _BLANKS.sub("", text)
    places = _Places(blanks)
    found += [places.span(*match.span()) for match in _THAI_ORDERS.finditer(closed)]
    return _joined(sorted(found))


class _Places:
    """Finds places of a text again after its blanks were taken out."""

    def __init__(self, blanks: list[tuple[int, int]]) -> None:
        taken = [0, *accumulate(end - start for start, end in blanks)]
        self._starts = [start - taken[index] for index, (start, _) in enumerate(blanks)]
        self._taken = taken

    def span(self, start: int, end: int) -> Span:
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, place: int) -> int:
        return place + self._taken[bisect_right(self._starts, place)]


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
