"""The summary of a round: coverage, results, who needs help first, strengths, data problems, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanyan.core.indicators.values import Attainment, is_improvement
from sanyan.core.reporting.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Sentence,
    Tone,
)
from sanyan.core.reporting.round_facts import IndicatorResult, SummaryInput
from sanyan.core.reporting.round_sources import coverage_source, findings_source, indicator_source, results_source
from sanyan.core.reporting.round_tables import (
    findings_blocks,
    indicator_blocks,
    needs_blocks,
    policy_table,
    region_blocks,
    region_coverage_table,
    strengths_blocks,
)
from sanyan.core.reporting.wording import MISSING, Pen, number


def compose_summary(data: SummaryInput, *, lang: str = "th") -> Document:
    """The summary of a round as blocks, in Thai ("th") or English ("en"); ValueError for another language.

    Every figure cites a source by number. Missing values are "–" with a reason, and nothing is ranked: areas are
    grouped by a stated rule and stand in alphabetical order.
    """
    pen = Pen(lang)
    info = data.round
    blocks = tuple(_blocks(data, pen))
    return Document(
        title=pen.say(
            f"สรุปผล{info.name_th} {pen.year(info.key.fiscal_year)}",
            f"Summary of the {info.name_en}, {pen.year(info.key.fiscal_year)}",
        ),
        subtitle=pen.say(info.framework_name_th, info.framework_name_en),
        lang=lang,
        blocks=(
            *blocks,
            Heading(pen.say("ที่มาของตัวเลข", "Where the figures come from"), key="sources"),
            pen.source_list(),
        ),
        label=pen.say("ข้อมูลฝึกหัด", "Practice data") if info.is_practice else "",
        footer=pen.say(
            f"ข้อมูลถึงวันที่ {pen.day(info.data_until)} · จัดทำเมื่อ {pen.day(info.written_on)} · ชุดข้อมูล {info.facts_version}",
            f"Data to {pen.day(info.data_until)} · Written on {pen.day(info.written_on)} · Facts {info.facts_version}",
        ),
    )


def _blocks(data: SummaryInput, pen: Pen) -> Iterator[Block]:
    yield from _labels(data, pen)
    yield Heading(pen.say("ภาพรวมในหนึ่งหน้า", "At a glance"), key="glance")
    yield _figures(data, pen)
    yield Bullets(tuple(_key_messages(data, pen)))
    yield Heading(pen.say("ความครบถ้วนของข้อมูล", "Coverage"), key="coverage")
    yield Paragraph(tuple(_coverage_sentences(data, pen)))
    if data.regions:
        yield region_coverage_table(data, pen)
    yield Heading(pen.say("ผลตามนโยบาย", "Results by policy area"), key="policy")
    yield Paragraph(tuple(_result_sentences(data, pen)))
    yield policy_table(data, pen)
    yield from indicator_blocks(data, pen)
    yield from region_blocks(data, pen)
    yield from needs_blocks(data, pen)
    yield from strengths_blocks(data, pen)
    yield from findings_blocks(data, pen)


def _labels(data: SummaryInput, pen: Pen) -> Iterator[Block]:
    if data.round.is_practice:
        yield Callout(
            pen.say(
                "ข้อมูลฝึกหัด: ตัวเลขและข้อความทั้งหมดจำลองขึ้นเพื่อการฝึกใช้ระบบ ห้ามนำไปอ้างอิง",
                "Practice data: all figures and texts are simulated for learning the system and must not be quoted.",
            ),
            Tone.PRACTICE,
        )
    if data.round.is_example:
        yield Callout(
            pen.say(
                "กรอบการติดตามที่ใช้เป็นตัวอย่าง ไม่ใช่เอกสารทางการ",
                "The framework used is an example, not an official document.",
            )
        )


@dataclass(frozen=True)
class _Tally:
    """Indicators by attainment and by the way they moved since the same round last year."""

    met: tuple[IndicatorResult, ...]
    near: tuple[IndicatorResult, ...]
    missed: tuple[IndicatorResult, ...]
    better: tuple[IndicatorResult, ...]
    weaker: tuple[IndicatorResult, ...]
    compared: int

    @property
    def judged(self) -> int:
        return len(self.met) + len(self.near) + len(self.missed)


def _tally(data: SummaryInput) -> _Tally:
    def reached(state: Attainment) -> tuple[IndicatorResult, ...]:
        return tuple(item for item in data.indicators if item.attainment is state)

    def moved(better: bool) -> tuple[IndicatorResult, ...]:
        return tuple(
            item
            for item in data.indicators
            if item.value is not None
            and item.compared_with is not None
            and is_improvement(item.direction, round(item.value - item.compared_with, item.decimals)) is better
        )

    compared = sum(item.compared_with is not None for item in data.indicators)
    return _Tally(
        reached(Attainment.MET),
        reached(Attainment.NEAR),
        reached(Attainment.MISSED),
        moved(True),
        moved(False),
        compared,
    )


def _figures(data: SummaryInput, pen: Pen) -> Figures:
    counts, tally = data.coverage, _tally(data)
    covered = (coverage_source(data, pen),)
    results = (results_source(data, pen),)
    out_of = pen.say("จาก {n} ตัวที่ตัดสินได้", "of {n} that can be judged").format(n=tally.judged)
    share = f"{100 * counts.certified / counts.expected:.1f} %" if counts.expected else MISSING
    found = sum(item.count for item in data.findings)
    handled = sum(item.handled for item in data.findings)
    return Figures(
        (
            Figure(
                pen.say("เขตที่รับรองข้อมูลแล้ว", "Areas certified"),
                f"{number(counts.certified)}/{number(counts.expected)}",
                share,
                sources=covered,
            ),
            Figure(pen.say("ตัวชี้วัดถึงเป้า", "Indicators met"), number(len(tally.met)), out_of, Tone.GOOD, results),
            Figure(
                pen.say("ดีขึ้นจากปีก่อน", "Better than last year"),
                number(len(tally.better)),
                pen.say(f"จาก {tally.compared} ตัวที่เทียบได้", f"of {tally.compared} that can be compared"),
                Tone.GOOD,
                results,
            ),
            Figure(
                pen.say("ข้อสังเกตเรื่องข้อมูล", "Data findings"),
                number(found),
                pen.say(f"จัดการแล้ว {number(handled)}", f"{number(handled)} handled"),
                Tone.WATCH,
                (findings_source(data, pen),),
            ),
        )
    )


def _coverage_sentences(data: SummaryInput, pen: Pen) -> Iterator[Sentence]:
    counts, info = data.coverage, data.round
    source = (coverage_source(data, pen),)
    yield Sentence(_certified_text(data, pen), source)
    waiting = [
        pen.say(f"{th} {number(n)} เขต", f"{number(n)} {en}")
        for n, th, en in (
            (counts.submitted, "รอตรวจรับ", "waiting for review"),
            (counts.returned, "ส่งกลับเพื่อเพิ่มเติม", "returned for more"),
            (counts.in_progress, "กำลังกรอก", "in progress"),
            (counts.not_started, "ยังไม่เริ่ม", "not started"),
        )
        if n
    ]
    if waiting:
        yield Sentence(pen.say(f"ที่เหลือ{pen.listed(waiting)}", f"The rest are: {pen.listed(waiting)}."), source)
    if counts.late:
        yield Sentence(
            pen.say(
                f"มี {number(counts.late)} เขตที่ส่งหลังกำหนดหรือยังไม่ได้ส่ง ควรถามว่าต้องการให้ช่วยเรื่องใด",
                f"{number(counts.late)} areas were late or have not handed in yet; ask what help they need.",
            ),
            source,
        )
    yield Sentence(
        pen.say(
            f"ตัวเลขในรายงานนี้นับเฉพาะข้อมูลที่รับรองแล้ว สะสมตั้งแต่ต้นปีงบประมาณถึง {pen.day(info.data_until)} "
            "ข้อมูลที่ยังไม่มีแสดงเป็น “–” ไม่ใช่ศูนย์",
            "Figures count certified data only, cumulative from the start of the fiscal year to "
            f"{pen.day(info.data_until)}. What is missing is shown as “–”, never as zero.",
        )
    )


def _certified_text(data: SummaryInput, pen: Pen) -> str:
    counts, info = data.coverage, data.round
    share = pen.percent(counts.certified, counts.expected)
    return pen.say(
        f"ใน{info.name_th} {pen.year(info.key.fiscal_year)} เขตพื้นที่รับรองข้อมูลแล้ว "
        f"{number(counts.certified)} จาก {number(counts.expected)} เขต ({share})",
        f"In the {info.name_en} of {pen.year(info.key.fiscal_year)}, {number(counts.certified)} of "
        f"{number(counts.expected)} areas have certified their data ({share}).",
    )


def _result_sentences(data: SummaryInput, pen: Pen) -> Iterator[Sentence]:
    tally = _tally(data)
    source = (results_source(data, pen),)
    if tally.judged:
        yield Sentence(
            pen.say(
                f"ตัวชี้วัดที่มีเป้าหมายและมีข้อมูลพอตัดสินมี {tally.judged} ตัว ถึงเป้า {len(tally.met)} ตัว "
                f"ใกล้เป้า {len(tally.near)} ตัว และยังไม่ถึงเป้า {len(tally.missed)} ตัว",
                f"{tally.judged} indicators have a target and enough data: {len(tally.met)} met it, "
                f"{len(tally.near)} are near and {len(tally.missed)} have not met it yet.",
            ),
            source,
        )
    else:
        yield Sentence(
            pen.say("รอบนี้ยังไม่มีตัวชี้วัดที่มีทั้งเป้าหมายและข้อมูลพอตัดสิน", "No indicator has both a target and enough data yet.")
        )
    if tally.compared:
        yield Sentence(
            pen.say(
                f"เมื่อเทียบกับรอบเดียวกันของปีก่อนทั้งระบบ ดีขึ้น {len(tally.better)} ตัว และอ่อนลง {len(tally.weaker)} ตัว "
                f"จาก {tally.compared} ตัวที่เทียบได้",
                f"Against the same round last year, for the whole system, {len(tally.better)} are better and "
                f"{len(tally.weaker)} weaker of {tally.compared} that can be compared.",
            ),
            source,
        )


def _key_messages(data: SummaryInput, pen: Pen) -> Iterator[Sentence]:
    tally = _tally(data)
    yield Sentence(_certified_text(data, pen), (coverage_source(data, pen),))
    yield from list(_result_sentences(data, pen))[:1]
    both = [item for item in tally.missed if item in tally.weaker]
    if both:
        codes = pen.listed([item.code for item in both])
        yield Sentence(
            pen.say(
                f"เรื่องที่ทั้งระบบควรดูก่อน คือตัวชี้วัดที่ยังไม่ถึงเป้าและอ่อนลงจากปีก่อน: {codes}",
                f"For the whole system to look at first, not yet met and weaker than last year: {codes}.",
            ),
            tuple(indicator_source(item, data, pen) for item in both),
        )
    asked = [group for group in data.needs if group.areas]
    many = sum(len(group.areas) for group in asked)
    if asked:
        yield Sentence(
            pen.say(
                f"เขตที่ควรได้รับความช่วยเหลือก่อนมี {many} เขต ({asked[0].rule_th})",
                f"{many} areas should get help first ({asked[0].rule_en}).",
            ),
            (results_source(data, pen),),
        )
    left = sum(max(0, item.count - item.handled) for item in data.findings if item.severity == "error")
    if left:
        yield Sentence(
            pen.say(
                f"ยังมีข้อสังเกตระดับต้องแก้ไขที่ยังไม่ได้จัดการ {number(left)} รายการ ตัวเลขบางตัวอาจเปลี่ยนเมื่อแก้ไขแล้ว",
                f"{number(left)} findings to correct are not handled yet; some figures may change once they are.",
            ),
            (findings_source(data, pen),),
        )
