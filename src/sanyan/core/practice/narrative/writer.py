"""Writes the fields of a narrative report from themes, in one area's own habits of style."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sanyan.core.indicators.definitions import Direction, Framework, Indicator
from sanyan.core.indicators.values import Attainment, attainment
from sanyan.core.practice.areas import SECONDARY, PracticeArea
from sanyan.core.practice.history import Figures
from sanyan.core.practice.narrative.grammar import Theme, expand
from sanyan.core.practice.narrative.tails import (
    CLUSTERS,
    COMMON_PROBLEMS,
    COMMON_SUGGESTIONS,
    LESSONS,
    MODEL_LINES,
    OPEN_PROBLEM,
    TAIL_SHARE,
    TAILS,
)
from sanyan.core.practice.narrative.themes_children import CHILD_THEMES, CIVICS
from sanyan.core.practice.narrative.themes_office import OFFICE_THEMES
from sanyan.core.practice.seeding import Dice, stream
from sanyan.core.rounds import RoundKey

THEMES: tuple[Theme, ...] = CHILD_THEMES + OFFICE_THEMES
_MIXED = "STD"  # works offered as models may be on any topic

_MONTHS = (
    "ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม",
    "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
)  # fmt: skip
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

_NEXT = ("จากนั้น", "ต่อมา", "นอกจากนี้ ", "ในระยะถัดมา", "ขณะเดียวกัน ", "", "", "")
_MET = ("บรรลุค่าเป้าหมายของรอบ", "เป็นไปตามเป้าหมายที่กำหนด", "ถึงเป้าหมายของรอบนี้แล้ว")
_NOT_MET = ("ยังไม่ถึงค่าเป้าหมายของรอบ", "ยังต้องเร่งดำเนินการให้ถึงเป้าหมาย", "ซึ่งยังห่างจากเป้าหมายที่ตั้งไว้")
_NEAR = ("ใกล้ถึงค่าเป้าหมายของรอบแล้ว", "เกือบถึงเป้าหมายที่กำหนด", "ห่างจากเป้าหมายเพียงเล็กน้อย")
_BETTER = ("ดีขึ้นจากรอบเดียวกันของปีก่อน", "ดีกว่าปีก่อนในรอบเดียวกัน", "มีแนวโน้มดีขึ้นเมื่อเทียบกับปีที่ผ่านมา")
_WORSE = ("ลดลงจากปีก่อนในรอบเดียวกัน", "ต่ำกว่ารอบเดียวกันของปีก่อน", "น้อยกว่าปีที่ผ่านมา")
_ROSE = ("เพิ่มขึ้นจากรอบเดียวกันของปีก่อน", "สูงกว่าปีที่ผ่านมาในรอบเดียวกัน", "มากกว่าปีก่อน")


@dataclass(frozen=True)
class Known:
    """What the writer may say about one report: its figures now and a year before, by indicator code."""

    framework: Framework
    area: PracticeArea
    round: RoundKey
    now: Mapping[str, Figures]
    before: Mapping[str, Figures]
    schools: int


@dataclass(frozen=True)
class Written:
    """The fields of one narrative, the theme it is on, and the indicators whose figures it quotes."""

    text: Mapping[str, str]
    theme: str
    cited: frozenset[str]


def write(
    indicator: Indicator, known: Known, *, seed: int, deed: str = "", since: str = "", policy_area: str = ""
) -> Written:
    """One narrative answer. `deed` (done since fiscal year `since`, in `policy_area`) is told where it is given."""
    dice = Dice(stream(seed, "text", known.area.code, str(known.round), indicator.code))
    style = _Style.of(known.area, seed)
    topic = _topic(indicator, dice, policy_area, known.area.area_type)
    facts = _facts(known, style, dice)
    cited = [code for code in topic.cites if _number(known, code) is not None]
    pen = _Pen(topic, known, facts, dice, style, cited)
    text: dict[str, str] = {}
    for box in known.framework.narrative_fields:
        made = pen.field(box.key, required=box.required)
        if box.key == "process" and deed:
            made += " " + expand(dice.pick(MODEL_LINES), {"deed": deed, "since": since}, dice)
        made = made.translate(_THAI_DIGITS) if style.thai_digits else made
        if made:
            text[box.key] = _fit(made, box.max_length)
    return Written(text, topic.key, frozenset(cited))


@dataclass(frozen=True)
class _Style:
    """How one office writes, the same in every report: full or short name, numbered points, Thai digits."""

    full_name: bool
    numbered: bool
    run_on: bool
    thai_digits: bool
    clusters: tuple[str, ...]

    @classmethod
    def of(cls, area: PracticeArea, seed: int) -> _Style:
        dice = Dice(stream(seed, "style", area.code), block=16)
        clusters = tuple(dice.some(CLUSTERS, 6))
        return cls(dice.chance(0.2), dice.chance(0.3), dice.chance(0.3), dice.chance(0.12), clusters)


def _topic(indicator: Indicator, dice: Dice, policy_area: str, area_type: str) -> Theme:
    if indicator.policy_area == _MIXED:
        told = [t for t in THEMES if area_type != SECONDARY or t.key != "small_schools"]
        near = [t for t in THEMES if t.policy_area == policy_area] if policy_area else told
        return dice.pick(near or told)
    if indicator.code == "OPP-07":
        return CHILD_THEMES[0]
    if indicator.code == "QUA-08":
        return CIVICS
    return dice.pick([t for t in THEMES if t.policy_area == indicator.policy_area and t is not CIVICS] or THEMES)


def _facts(known: Known, style: _Style, dice: Dice) -> dict[str, str]:
    schools = max(1, known.schools)
    taking_part = max(1, round(schools * (0.35 + 0.6 * dice.uniform())))
    each = (12, 60) if known.area.area_type != SECONDARY else (40, 160)
    return {
        "area": known.area.name_th if style.full_name else short_name(known.area.name_th),
        "year": str(known.round.fiscal_year),
        "n": str(taking_part),
        "total": str(schools),
        "tests": "O-NET" if known.area.area_type == SECONDARY else "NT และ RT",
        "pupils": "ชั้น ม.ปลาย" if known.area.area_type == SECONDARY else "โรงเรียนขยายโอกาส",
        "people": f"{taking_part * dice.between(*each) + dice.between(0, 9):,}",
    }


def short_name(name: str) -> str:
    """An area's name with its kind abbreviated, as offices write it."""
    for full, short in (
        ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", "สพป."),
        ("สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา", "สพม."),
    ):
        if name.startswith(full):
            return short + name.removeprefix(full)
    return name


class _Pen:
    """Holds what one narrative needs while its fields are written."""

    def __init__(
        self, topic: Theme, known: Known, facts: dict[str, str], dice: Dice, style: _Style, cited: list[str]
    ) -> None:
        self.topic, self.known, self.facts, self.dice, self.style, self.cited = topic, known, facts, dice, style, cited

    def field(self, key: str, *, required: bool) -> str:
        """The text of one box, empty where this area leaves it open."""
        special: dict[str, Callable[[], str]] = {
            "title": self._title,
            "alignment": self._alignment,
            "period": self._period,
            "place": self._place,
            "objective": lambda: self._points("objective", (1, 2)),
            "process": lambda: self._points("process", (2, 4), ordered=True),
            "quantitative": self._quantitative,
            "qualitative": lambda: self._points("qualitative", (1, 2)),
            "success_factors": self._success,
            "problem": self._problem,
            "suggestion": lambda: self._points("suggestion", (1, 2), extra=COMMON_SUGGESTIONS),
            "innovation": self._innovation,
            "images": lambda: f"ภาพกิจกรรม {self.dice.between(2, 6)} ภาพ พร้อมคำบรรยาย (ข้อมูลฝึกหัด)",
            "self_eval": lambda: "ใช่" if self.dice.chance(0.85) else "ไม่ใช่",
        }
        if key in special:
            return special[key]()
        return self._points("process", (1, 2), ordered=True) if required else ""

    def _lines(
        self, key: str, count: tuple[int, int], *, ordered: bool = False, extra: Sequence[str] = ()
    ) -> list[str]:
        pool = list(self.topic.clauses.get(key, ()))
        if extra and self.dice.chance(0.3):
            pool.append(self.dice.pick(extra))
        chosen = self.dice.some(pool, self.dice.between(*count))
        if ordered:
            chosen = [line for line in pool if line in chosen]
        tails = self.dice.some(TAILS.get(key, ()), len(chosen))
        return [self._say(line, tails.pop() if tails else "") for line in chosen]

    def _say(self, line: str, tail: str) -> str:
        """One clause, often with where, since when or who said so; the school cluster and month are new each time."""
        if tail and self.dice.chance(TAIL_SHARE):
            line = f"{line} {tail}"
        last = self.known.round.month
        local = {"cluster": self.dice.pick(self.style.clusters), "month": _MONTHS[self.dice.between(0, last - 1)]}
        return expand(line, self.facts | local, self.dice)

    def _points(self, key: str, count: tuple[int, int], *, ordered: bool = False, extra: Sequence[str] = ()) -> str:
        return self._join(self._lines(key, count, ordered=ordered, extra=extra), steps=ordered)

    def _join(self, lines: list[str], *, steps: bool = False) -> str:
        if len(lines) < 2:
            return lines[0] if lines else ""
        if self.style.numbered:
            return " ".join(f"{i}) {line}" for i, line in enumerate(lines, 1))
        if not steps:
            return (" และ" if self.style.run_on else " ").join(lines)
        return lines[0] + "".join(f" {self.dice.pick(_NEXT)}{line}" for line in lines[1:])

    def _title(self) -> str:
        return expand(self.dice.pick(self.topic.clauses["title"]), self.facts, self.dice)

    def _alignment(self) -> str:
        names = {area.code: area.name_th for area in self.known.framework.policy_areas}
        name = names.get(self.topic.policy_area, "นโยบายและจุดเน้นของ สพฐ.")
        return f"{self.dice.pick(('สอดคล้องกับนโยบายด้าน', 'ตอบจุดเน้นด้าน', 'นโยบายและจุดเน้น: '))}{name}"

    def _period(self) -> str:
        last = self.known.round.month
        first = self.dice.between(0, max(0, min(3, last - 2)))
        year = self.known.round.fiscal_year
        start, end = (year - 1 if m < 3 else year for m in (first, last - 1))
        if self.dice.chance(0.3):
            return f"ไตรมาสที่ {first // 3 + 1} - {(last - 1) // 3 + 1} ปีงบประมาณ {year}"
        return f"{_MONTHS[first]} {start} - {_MONTHS[last - 1]} {end}"

    def _place(self) -> str:
        n = self.facts["n"]
        return self.dice.pick(
            (
                f"สถานศึกษาในสังกัด {self.facts['area']} จำนวน {n} แห่ง",
                f"ห้องประชุม {self.facts['area']} และสถานศึกษา {n} แห่ง",
                f"กลุ่มโรงเรียนในสังกัด รวม {n} โรงเรียน",
            )
        )

    def _quantitative(self) -> str:
        lines = self._lines("quantitative", (1, 1))
        for code in self.cited:
            figure = self.known.now[code]
            line = self.dice.pick(self.topic.clauses[f"cite {code}"])
            facts = self.facts | {
                "num": _plain(figure.numerator),
                "den": _plain(figure.denominator),
                "value": _value_text(self.known, code),
            }
            lines.append(f"{expand(line, facts, self.dice)} {self._verdict(code)}".strip())
        return self._join(lines)

    def _verdict(self, code: str) -> str:
        """How a quoted figure stands to its target and to last year, in the words of the direction it moved."""
        item = self.known.framework.indicator(code)
        value, before = _number(self.known, code), _worth(item, self.known.before.get(code))
        reached = attainment(item, value=value, target=item.target_in(self.known.round.month), last_year=before)
        if reached is not Attainment.UNKNOWN and self.dice.chance(0.6):
            return self.dice.pick({Attainment.MET: _MET, Attainment.NEAR: _NEAR}.get(reached, _NOT_MET))
        if value is None or before is None or abs(value - before) < 0.5 * 10**-item.decimals:
            return ""
        if (value > before) == (item.direction is Direction.HIGHER):
            return self.dice.pick(_BETTER)
        return self.dice.pick(_ROSE if value > before else _WORSE)

    def _success(self) -> str:
        lines = self._lines("success_factors", (1, 1))
        if self.dice.chance(0.5):
            lines.append(expand(self.dice.pick(LESSONS), self.facts, self.dice))
        return " ".join(lines)

    def _problem(self) -> str:
        if self.dice.chance(0.05):
            return self.dice.pick(("ไม่มี", "-", "ไม่พบปัญหาที่เป็นอุปสรรคสำคัญ"))
        made = self._points("problem", (1, 2), extra=COMMON_PROBLEMS)
        return made if self.style.numbered else self.dice.pick(OPEN_PROBLEM) + made

    def _innovation(self) -> str:
        return self._points("innovation", (1, 1)) if self.dice.chance(0.7) else ""


def _worth(item: Indicator, figure: Figures | None) -> float | None:
    if figure is None:
        return None
    if figure.numerator is not None and figure.denominator:
        return figure.numerator / figure.denominator * item.per
    return figure.value


def _number(known: Known, code: str) -> float | None:
    figure = known.now.get(code)
    return _worth(known.framework.indicator(code), figure) if figure is not None else None


def _value_text(known: Known, code: str) -> str:
    item = known.framework.indicator(code)
    value = _number(known, code)
    return "" if value is None else f"{value:,.{item.decimals if item.decimals else 0}f}"


def _plain(amount: float | None) -> str:
    if amount is None:
        return ""
    return f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.2f}"


def _fit(text: str, limit: int | None) -> str:
    """Cut at the last space within the limit, as a person would who fills a box that is too small."""
    if limit is None or len(text) <= limit:
        return text
    cut = text[:limit]
    return cut[: cut.rfind(" ")].rstrip() if " " in cut else cut
