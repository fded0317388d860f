"""`sanyan evaluate quotes`: are true quotes of anybody's texts found, and false ones refused?"""

from __future__ import annotations

from pathlib import Path

import click

from sanyan.core.evaluating.quote_scores import JudgedQuote, QuotePair, judge_quotes, quote_scores
from sanyan.interfaces.cli.evaluate_files import READABLE, json_option, tell_json, write_rows
from sanyan.interfaces.cli.evaluate_lines import read_lines

COLUMNS = ("pair", "true", "accepted", "right", "spans", "source_words", "look_at")
LISTED = 50
SHOWN = 160


@click.command()
@click.argument("pairs", type=READABLE)
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (CSV) / Where a row for each pair goes.")
@json_option
def quotes(pairs: Path, out: Path | None, as_json: bool) -> None:
    """ตรวจคำอ้างว่าตรงต้นฉบับทุกตัวอักษรหรือไม่ / Tell true quotes from false ones.

    PAIRS is JSON Lines with `quote`, `source` and `true` (true or false). The result is always JSON: accuracy, the
    shares true_accepted and false_accepted, and every pair that was judged wrongly.
    """
    del as_json
    lines = read_lines(pairs, {"quote": str, "source": str, "true": bool})
    held = [QuotePair(row["quote"], row["source"], row["true"]) for row in lines.rows]
    judged = judge_quotes(held, suggest=out is not None)
    if out is not None:
        write_rows(out, COLUMNS, (_row(number, item) for number, item in enumerate(judged, start=1)))
    scores = quote_scores(judged)
    wrong = [
        {"pair": number, "true": item.pair.true, "accepted": item.is_accepted, "quote": item.pair.quote[:SHOWN]}
        for number, item in enumerate(judged, start=1)
        if item.is_accepted != item.pair.true
    ]
    tell_json(
        {
            "accuracy": scores.accuracy,
            "true_accepted": scores.true_accepted,
            "false_accepted": scores.false_accepted,
            "pairs": scores.pairs,
            "true_pairs": scores.true_pairs,
            "false_pairs": scores.false_pairs,
            "true_accepted_count": scores.true_accepted_count,
            "false_accepted_count": scores.false_accepted_count,
            "wrong": wrong[:LISTED],
            "omissions": [item.as_dict() for item in lines.omissions],
        }
    )


def _row(number: int, item: JudgedQuote) -> tuple[str | int, ...]:
    spans = " ".join(f"{span.start}-{span.end}" for span in item.spans)
    words = " … ".join(span.of(item.pair.source) for span in item.spans)
    look_at = item.look_at.of(item.pair.source) if item.look_at else ""
    is_right = item.is_accepted == item.pair.true
    return (number, int(item.pair.true), int(item.is_accepted), int(is_right), spans, words, look_at)
