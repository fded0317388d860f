"""`sanyan evaluate quality`: all figures of anybody's panel, ranked by how likely they are wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from sanyan.core.checking.suspicion_mechanisms import Mechanism
from sanyan.core.checking.suspicion_ranking import RankedFigure, Ranking, rank_figures
from sanyan.core.evaluating.specs import read_panel_spec
from sanyan.interfaces.cli.evaluate_files import (
    json_option,
    read_spec,
    read_table,
    spec_option,
    table_argument,
    tell_json,
    tell_omissions,
    write_rows,
)

SHOWN = 20
COLUMNS = (
    *("rank", "indicator", "unit", "time", "value", "score", "probability", "flag"),
    *("mechanism", "expected", "lo", "hi"),
)
WORDS = {
    Mechanism.TIMES_10: ("อาจเป็น 10 เท่าของค่าจริง", "looks like ten times the figure"),
    Mechanism.TENTH: ("อาจเป็น 1 ใน 10 ของค่าจริง", "looks like a tenth of the figure"),
    Mechanism.TIMES_100: ("อาจเป็น 100 เท่าของค่าจริง", "looks like a hundred times the figure"),
    Mechanism.HUNDREDTH: ("อาจเป็น 1 ใน 100 ของค่าจริง", "looks like a hundredth of the figure"),
    Mechanism.DOUBLE: ("อาจนับซ้ำเป็น 2 เท่า", "looks counted twice"),
    Mechanism.HALF: ("อาจนับเพียงครึ่งเดียว", "looks like half of the figure"),
    Mechanism.SWAPPED_DIGITS: ("อาจสลับตัวเลขติดกัน", "two digits may be swapped"),
    Mechanism.ONE_OFF_DIGIT: ("อาจพิมพ์ตัวเลขคลาดไปหนึ่ง", "one digit may be one off"),
    Mechanism.SIGN: ("อาจมีเครื่องหมายลบเกินมา", "a minus sign may be too many"),
    Mechanism.ZERO: ("อาจใส่ 0 แทนการไม่มีข้อมูล", "0 may stand for no data"),
    Mechanism.COPIED: ("อาจคัดลอกค่าของรอบก่อนมา", "looks copied from the time before"),
    Mechanism.UNLIKE: ("ต่างจากที่ควรเป็นมาก", "far from what is expected"),
}


@click.command()
@table_argument
@spec_option
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (CSV) / Where the ranking goes.")
@click.option("--all-columns", is_flag=True, help="จัดอันดับทุกคอลัมน์ตัวเลข / Rank every column of numbers.")
@json_option
def quality(table: Path, spec_path: Path, out: Path | None, all_columns: bool, as_json: bool) -> None:
    """จัดอันดับค่าทุกค่าตามโอกาสที่จะผิด / Rank all figures by how likely they are wrong.

    TABLE has a row a unit and time. Figures are judged as they are typed; `score` is the log odds of being wrong,
    comparable over indicators, and a figure is flagged from even odds. `lo` to `hi` holds 95 % of right figures.
    """
    spec = read_panel_spec(read_spec(spec_path), place=spec_path.name)
    ranking = rank_figures(read_table(table), spec, all_columns=all_columns, place=table.name)
    if out is not None:
        write_rows(out, COLUMNS, (list(_row(figure).values()) for figure in ranking.figures))
    if as_json:
        tell_json(_told(ranking))
    else:
        _tell(ranking, out)
        tell_omissions(ranking.omissions)


def _row(figure: RankedFigure) -> dict[str, str | int | float]:
    return {
        "rank": figure.rank,
        "indicator": figure.indicator,
        "unit": figure.unit,
        "time": figure.time,
        "value": figure.value,
        "score": figure.score,
        "probability": figure.probability,
        "flag": int(figure.flag),
        "mechanism": figure.mechanism.value,
        "expected": figure.expected,
        "lo": figure.low,
        "hi": figure.high,
    }


def _told(ranking: Ranking) -> dict[str, object]:
    ranked = Counter(figure.indicator for figure in ranking.figures)
    flagged = Counter(figure.indicator for figure in ranking.figures if figure.flag)
    return {
        "ranked": len(ranking.figures),
        "flagged": sum(flagged.values()),
        "indicators": {name: {"ranked": count, "flagged": flagged[name]} for name, count in ranked.items()},
        "top": [_row(figure) for figure in ranking.figures[:SHOWN]],
        "omissions": [item.as_dict() for item in ranking.omissions],
    }


def _tell(ranking: Ranking, out: Path | None) -> None:
    flagged = sum(figure.flag for figure in ranking.figures)
    where = f" → {out}" if out is not None else ""
    click.echo(f"จัดอันดับ {len(ranking.figures):,} ค่า (figures ranked){where}")
    click.echo(f"ควรตรวจ {flagged:,} ค่า (more likely wrong than right)")
    for figure in ranking.figures[: min(SHOWN, max(flagged, 5))]:
        th, en = WORDS[figure.mechanism]
        click.echo(
            f"  {figure.rank}. {figure.unit} {figure.time} {figure.indicator} {figure.value:g}: {th} "
            f"ควรอยู่ราว {figure.expected:.4g} ({figure.low:.4g} ถึง {figure.high:.4g}) "
            f"โอกาสผิด {figure.probability:.0%}"
        )
        click.echo(f"     {en}; expected about {figure.expected:.4g} ({figure.low:.4g} to {figure.high:.4g})")
