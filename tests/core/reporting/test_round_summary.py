"""The summary says what the figures say, cites a source for each, and never ranks or turns missing into zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.indicators.definitions import Direction, Rollup
from sanyan.core.indicators.values import Attainment
from sanyan.core.reporting.blocks import Align, Bullets, Callout, Column, Document, Heading, Paragraph, Table, cited
from sanyan.core.reporting.round_facts import (
    AreaNeed,
    AreaStrength,
    AttainmentCounts,
    CoverageCounts,
    FindingCount,
    FindingExample,
    IndicatorResult,
    NeedGroup,
    PolicyAreaResult,
    RegionCoverage,
    RegionValue,
    RoundInfo,
    SummaryInput,
)
from sanyan.core.reporting.round_summary import compose_summary
from sanyan.core.reporting.wording import Pen, alphabetical, number, with_thai_digits
from sanyan.core.rounds import RoundKey


def result(code: str, **more: object) -> IndicatorResult:
    options: dict[str, object] = {
        "policy_area": code[:3],
        "name_th": f"ตัวชี้วัด {code}",
        "name_en": f"Indicator {code}",
        "unit_th": "ร้อยละ",
        "unit_en": "percent",
        "direction": Direction.HIGHER,
        "rollup": Rollup.RATIO,
        "value": 91.3,
        "numerator": 913.0,
        "denominator": 1000.0,
        "target": 100.0,
        "attainment": Attainment.MISSED,
        "last_year": 90.6,
        "reported": 181,
        "missing": 2,
    }
    return IndicatorResult(code=code, **(options | more))  # type: ignore[arg-type]


def summary_input() -> SummaryInput:
    info = RoundInfo(
        key=RoundKey(2568, 9),
        name_th="รอบ 9 เดือน",
        name_en="9-month round",
        framework_code="EXAMPLE",
        framework_version=2,
        framework_name_th="กรอบตัวอย่าง",
        framework_name_en="Example framework",
        data_until=date(2025, 6, 30),
        written_on=date(2025, 7, 20),
        facts_version="v12",
        is_practice=True,
    )
    east = ("9", "เขตตรวจราชการที่ 9", "Region 9")
    need = AreaNeed("1", "สพป.เชียงราย เขต 1", "Chiang Rai 1", east[1], east[2], ("SAF-01", "OPP-02"), 12)
    return SummaryInput(
        round=info,
        coverage=CoverageCounts(245, 231, 8, 3, 2, 1, 6),
        regions=(RegionCoverage(*east, CoverageCounts(10, 9, 1)),),
        policy_areas=(
            PolicyAreaResult("SAF", "ความปลอดภัย", "Safety", AttainmentCounts(1, 0, 1, 0), AttainmentCounts(1, 1, 0, 0)),
            PolicyAreaResult("OPP", "โอกาส", "Opportunity", AttainmentCounts(0, 0, 0, 1)),
        ),
        indicators=(
            result("SAF-01", by_region=(RegionValue(*east, 88.0, Attainment.MISSED, 90.0),)),
            result("SAF-02", attainment=Attainment.MET, direction=Direction.LOWER, value=3.0, last_year=4.0),
            result("OPP-01", rollup=Rollup.SUM, value=19_449.0, last_year=28_711.0, last_year_reported=183, decimals=0),
            result("OPP-04", value=None, numerator=None, denominator=None, attainment=Attainment.UNKNOWN, reported=0),
        ),
        needs=(
            NeedGroup(
                "ควรช่วยก่อน", "First", "ยังไม่ถึงเป้า 2 ตัวขึ้นไป", "2 or more", (need, replace(need, name_th="สพป.ชลบุรี เขต 1"))
            ),
        ),
        strengths=(AreaStrength("2", "สพป.ตราด", "Trat", "SAF", 3, 4, 2),),
        findings=(
            FindingCount("jump", "ค่าเปลี่ยนมาก", "Jump", "warning", 40, 31),
            FindingCount("part", "ตัวตั้งเกิน", "Part", "error", 12, 11, 3),
        ),
        examples=(FindingExample("สพป.ชลบุรี เขต 1", "Chon Buri 1", "SAF-01", "ตัวตั้ง 104 ตัวหาร 100", "104 of 100"),),
    )


def texts(document: Document) -> str:
    lines = []
    for block in document.blocks:
        match block:
            case Paragraph(sentences=held) | Bullets(items=held):
                lines += [str(sentence) for sentence in held]
            case Heading() | Callout():
                lines.append(block.text)
            case Table():
                lines += [column.title for column in block.columns]
                lines += [cell for row in block.rows for cell in row]
                lines += [block.caption, *block.notes]
            case _:
                pass
    return "\n".join(lines)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_it_opens_with_how_many_areas_have_certified() -> None:
    said = texts(compose_summary(summary_input()))
    assert "ในรอบ 9 เดือน ปีงบประมาณ 2568 เขตพื้นที่รับรองข้อมูลแล้ว 231 จาก 245 เขต (ร้อยละ 94.3) [1]" in said
    assert "ส่งกลับเพื่อเพิ่มเติม 3 เขต" in said


def test_the_english_stands_beside_with_the_same_figures() -> None:
    said = texts(compose_summary(summary_input(), lang="en"))
    assert "In the 9-month round of fiscal year 2568 B.E., 231 of 245 areas have certified their data (94.3 %)." in said
    thai = compose_summary(summary_input())
    assert len(thai.blocks) == len(compose_summary(summary_input(), lang="en").blocks)
    with pytest.raises(ValueError, match="fr"):
        compose_summary(summary_input(), lang="fr")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_cited_number_is_in_the_list_and_every_source_is_cited(lang: str) -> None:
    document = compose_summary(summary_input(), lang=lang)
    listed = {source.number for source in document.sources}
    assert cited(document) == listed == set(range(1, len(listed) + 1))
    for source in document.sources:
        if source.indicator:
            assert source.indicator in source.text
            assert "2568-09" in source.text
            assert "v12" in source.text


def test_each_table_of_figures_has_a_source() -> None:
    assert all(table.sources for table in tables(compose_summary(summary_input())))


def test_a_missing_value_is_a_dash_with_a_reason_and_never_zero() -> None:
    rows = {row[0].split()[0]: row for table in tables(compose_summary(summary_input())) for row in table.rows}
    row = rows["OPP-04"]
    assert row[1] == "–"
    assert row[3] == "ยังตัดสินไม่ได้"
    assert "OPP-04 “–”: ยังไม่มีเขตใดรายงานค่าในรอบนี้" in texts(compose_summary(summary_input()))


def test_changes_are_told_in_the_good_direction() -> None:
    rows = {row[0].split()[0]: row for table in tables(compose_summary(summary_input())) for row in table.rows}
    assert rows["SAF-01"][5] == "ดีขึ้น 0.7"
    assert rows["SAF-02"][5] == "ดีขึ้น 1.0"


def test_a_sum_over_another_number_of_areas_is_not_compared() -> None:
    data = summary_input()
    rows = {row[0].split()[0]: row for table in tables(compose_summary(data)) for row in table.rows}
    assert rows["OPP-01"][5] == "–"
    assert "เทียบกันไม่ได้" in texts(compose_summary(data))
    same = replace(data.indicators[2], last_year_reported=181)
    fair = compose_summary(replace(data, indicators=(*data.indicators[:2], replace(same, direction=Direction.LOWER))))
    assert {row[0].split()[0]: row for t in tables(fair) for row in t.rows}["OPP-01"][5] == "ดีขึ้น 9,262"


def test_areas_to_help_are_alphabetical_and_said_not_to_be_ranked() -> None:
    document = compose_summary(summary_input())
    said = texts(document)
    assert said.index("สพป.ชลบุรี เขต 1") < said.index("สพป.เชียงราย เขต 1")
    assert "ไม่แสดงลำดับ" in said
    with_range = summary_input().needs[0]
    ranged = replace(with_range, areas=(replace(with_range.areas[0], interval=(0.1, 0.4)),))
    assert "10–40 %" in texts(compose_summary(replace(summary_input(), needs=(ranged,))))


def test_practice_data_and_example_frameworks_are_labelled() -> None:
    document = compose_summary(summary_input())
    assert document.label == "ข้อมูลฝึกหัด"
    assert "ข้อมูลฝึกหัด" in texts(document)
    real = replace(summary_input(), round=replace(summary_input().round, is_practice=False, is_example=True))
    assert compose_summary(real).label == ""
    assert "ข้อมูลฝึกหัด" not in texts(compose_summary(real))
    assert "ไม่ใช่เอกสารทางการ" in texts(compose_summary(real))


def test_an_empty_round_still_makes_a_document_that_says_so() -> None:
    data = summary_input()
    empty = SummaryInput(replace(data.round, is_practice=False), CoverageCounts(0))
    said = texts(compose_summary(empty))
    assert "รอบนี้ไม่มีเขตที่เข้าเกณฑ์" in said
    assert "ยังไม่มีตัวชี้วัดที่มีทั้งเป้าหมายและข้อมูลพอตัดสิน" in said
    assert "(–)" in said


def test_long_lists_are_cut_and_the_rest_is_counted() -> None:
    data = summary_input()
    group = data.needs[0]
    many = replace(group, areas=tuple(replace(group.areas[0], code=str(i), name_th=f"เขต {i:03}") for i in range(55)))
    assert "ยังมีอีก 15 เขต" in texts(compose_summary(replace(data, needs=(many,))))


def test_it_warns_that_figures_may_change_while_findings_to_correct_are_open() -> None:
    assert "ยังไม่ได้จัดการ 9 รายการ" in texts(compose_summary(summary_input()))
    done = tuple(replace(item, handled=item.count) for item in summary_input().findings)
    assert "ยังไม่ได้จัดการ" not in texts(compose_summary(replace(summary_input(), findings=done)))


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        Table((Column("ก", Align.LEFT),), (("1", "2"),))


def test_thai_digits_leave_codes_alone() -> None:
    assert with_thai_digits("SAF-01 ร้อยละ 94.3 [12] DLTV2 ปี 2568") == "SAF-01 ร้อยละ ๙๔.๓ [๑๒] DLTV2 ปี ๒๕๖๘"


def test_thai_names_sort_as_in_a_dictionary() -> None:
    names = ["เชียงราย", "ตราด", "ชลบุรี", "แพร่", "กระบี่", "ไชยา"]
    assert list(alphabetical(names, names)) == ["กระบี่", "ชลบุรี", "เชียงราย", "ไชยา", "ตราด", "แพร่"]


@given(value=st.one_of(st.none(), st.floats(-1e9, 1e9)), decimals=st.integers(0, 3))
@settings(deadline=None)
def test_a_number_is_written_once_and_missing_as_a_dash(value: float | None, decimals: int) -> None:
    said = number(value, decimals)
    assert (said == "–") == (value is None)
    assert "-" not in said
    if value is not None:
        assert float(said.replace(",", "").replace("−", "-")) == pytest.approx(value, abs=0.51 * 10**-decimals)


@given(now=st.floats(0, 100), before=st.floats(0, 100), lower=st.booleans())
@settings(deadline=None)
def test_a_change_is_better_one_way_and_weaker_the_other(now: float, before: float, lower: bool) -> None:
    pen = Pen("th")
    direction = Direction.LOWER if lower else Direction.HIGHER
    there, back = pen.change(direction, now, before, 1), pen.change(direction, before, now, 1)
    words = sorted(text.split(" ")[0] for text in (there, back))
    assert words in (["ดีขึ้น", "อ่อนลง"], ["เท่าเดิม", "เท่าเดิม"])


def test_regions_keep_the_order_they_come_in() -> None:
    data = summary_input()
    cells = tuple(RegionValue(str(i), f"เขตตรวจราชการที่ {i}", f"Region {i}", float(90 - i)) for i in range(1, 19))
    document = compose_summary(replace(data, indicators=(replace(data.indicators[0], by_region=cells),)))
    table = next(t for t in tables(document) if len(t.rows) == 18)
    order = [int(row[0].split()[1]) for row in table.rows]
    assert all(a < b for a, b in pairwise(order))
