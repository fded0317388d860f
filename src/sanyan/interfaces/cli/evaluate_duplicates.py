"""`sanyan evaluate duplicates`: pairs of texts that say the same, most alike first."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from sanyan.core.spans import Span
from sanyan.core.text.duplicates import Pair, ranked_pairs
from sanyan.interfaces.cli.evaluate_files import READABLE, json_option, tell_json, writing
from sanyan.interfaces.cli.evaluate_lines import read_lines


@click.command()
@click.argument("texts", type=READABLE)
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (JSON Lines) / Where all pairs go, one a line.")
@json_option
def duplicates(texts: Path, out: Path | None, as_json: bool) -> None:  # it is JSON either way
    """จัดอันดับคู่ข้อความที่คล้ายกัน / Rank pairs of texts that say the same.

    TEXTS is a JSON Lines file with `id` and `text`. Told, as JSON: pairs (a, b, score, kind near-copy or excerpt),
    best first. A score ranks; it is no probability.
    """
    lines = read_lines(texts, {"id": str, "text": str}, unique="id")
    started = time.perf_counter()
    pairs = ranked_pairs([row["text"] for row in lines.rows])
    seconds = time.perf_counter() - started
    told = [_told(pair, [row["id"] for row in lines.rows]) for pair in pairs]
    if out is not None:
        with writing(out) as file:
            file.writelines(json.dumps(pair, ensure_ascii=False) + "\n" for pair in told)
    tell_json(
        {
            "documents": len(lines.rows),
            "count": len(told),
            "pairs": told,
            "seconds": round(seconds, 2),
            "omissions": [item.as_dict() for item in lines.omissions],
        }
    )


def _told(pair: Pair, ids: list[str]) -> dict[str, object]:
    return {
        "a": ids[pair.one],
        "b": ids[pair.other],
        "score": round(pair.score, 6),
        "kind": pair.kind.value,
        "jaccard": round(pair.jaccard, 4),
        "containment": round(pair.containment, 4),
        "excerpts": [{"a": _ends(one), "b": _ends(other)} for one, other in pair.excerpts],
    }


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]
