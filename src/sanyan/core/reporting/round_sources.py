"""The numbered sources that a round's summary cites: what was counted, from how many reports, which facts."""

from __future__ import annotations

from sanyan.core.indicators.definitions import Rollup
from sanyan.core.reporting.round_facts import IndicatorResult, SummaryInput
from sanyan.core.reporting.wording import Pen, number


def coverage_source(data: SummaryInput, pen: Pen) -> int:
    """The source of who handed in what."""
    expected = number(data.coverage.expected)
    text = pen.say(
        f"ทะเบียนการส่งรายงาน {_round_name(data, pen)} เขตที่ต้องรายงาน {expected} เขต",
        f"Register of reports, {_round_name(data, pen)}: {expected} areas expected",
    )
    return pen.source("coverage", text, round_key=str(data.round.key))


def results_source(data: SummaryInput, pen: Pen) -> int:
    """The source of counts over indicators."""
    info = data.round
    text = pen.say(
        f"ผลรวมทั้งประเทศของตัวชี้วัด {len(data.indicators)} ตัว กรอบ {info.framework_code} รุ่น {info.framework_version} "
        f"จากรายงานที่รับรองแล้ว {number(data.coverage.certified)} ฉบับ ชุดข้อมูล {info.facts_version}",
        f"National results of {len(data.indicators)} indicators, framework {info.framework_code} version "
        f"{info.framework_version}, from {number(data.coverage.certified)} certified reports, "
        f"facts {info.facts_version}",
    )
    return pen.source("results", text, round_key=str(info.key))


def indicator_source(item: IndicatorResult, data: SummaryInput, pen: Pen) -> int:
    """The source of one indicator's figures: round, parts, how many reports, facts version."""
    parts = ""
    if item.numerator is not None and item.denominator is not None and item.rollup is Rollup.RATIO:
        parts = pen.say(
            f" ตัวตั้งรวม {number(item.numerator)} ตัวหารรวม {number(item.denominator)}",
            f", sums {number(item.numerator)} / {number(item.denominator)}",
        )
    elif item.rollup is Rollup.MEAN:
        parts = pen.say(" ค่าเฉลี่ยของเขต", ", mean of areas")
    if item.last_year is not None:
        before = data.round.key.same_last_year
        parts += pen.say(f" เทียบกับรอบ {before}", f", compared with round {before}")
    text = pen.say(
        f"{item.code} รอบ {data.round.key}{parts} จากรายงานที่รับรองแล้ว {number(item.reported)} ฉบับ "
        f"ไม่มีค่า {number(item.missing)} ฉบับ ชุดข้อมูล {data.round.facts_version}",
        f"{item.code}, round {data.round.key}{parts}, from {number(item.reported)} certified reports, "
        f"{number(item.missing)} without a value, facts {data.round.facts_version}",
    )
    return pen.source(f"indicator {item.code}", text, indicator=item.code, round_key=str(data.round.key))


def findings_source(data: SummaryInput, pen: Pen) -> int:
    """The source of what the checks found."""
    return pen.source(
        "findings",
        pen.say(
            f"ผลการตรวจสอบคุณภาพข้อมูล {_round_name(data, pen)} ชุดข้อมูล {data.round.facts_version}",
            f"Data quality checks, {_round_name(data, pen)}, facts {data.round.facts_version}",
        ),
        round_key=str(data.round.key),
    )


def _round_name(data: SummaryInput, pen: Pen) -> str:
    year = pen.year(data.round.key.fiscal_year)
    return pen.say(f"{data.round.name_th} {year}", f"{data.round.name_en}, {year}")
