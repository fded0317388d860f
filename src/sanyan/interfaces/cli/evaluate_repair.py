"""`sanyan evaluate repair`: how much nearer repair brings damaged Thai to what it should say."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from sanyan.core.evaluating.repair_scores import score_repairs
from sanyan.core.thai.repair import Repaired
from sanyan.core.thai.repair import repair as repair_text
from sanyan.interfaces.cli.evaluate_files import READABLE, json_option, tell_json, writing
from sanyan.interfaces.cli.evaluate_lines import read_lines

COMPARED = "code points exactly as given and as repaired; nothing is normalised first"


@click.command()
@click.argument("pairs", type=READABLE)
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (JSON Lines) / Where the repaired texts go.")
@json_option
def repair(pairs: Path, out: Path | None, as_json: bool) -> None:  # it is JSON either way
    """วัดผลการซ่อมข้อความไทยที่เสียหาย / Measure the repair of damaged Thai.

    PAIRS is a JSON Lines file with `broken` and `right`. Told, as JSON: cer_before and cer_after, the character errors
    (Levenshtein) of all texts for each character of all right ones, texts compared exactly as they are; worse_share,
    the share of pairs with more errors after repair than before; and how many pairs were clean, and changed.
    """
    lines = read_lines(pairs, {"broken": str, "right": str})
    started = time.perf_counter()
    repaired = [repair_text(row["broken"]) for row in lines.rows]
    seconds = time.perf_counter() - started
    if out is not None:
        with writing(out) as file:
            for row, done in zip(lines.rows, repaired, strict=True):
                file.write(json.dumps(_told(row, done), ensure_ascii=False) + "\n")
    scores = score_repairs(
        (row["broken"], done.text, row["right"]) for row, done in zip(lines.rows, repaired, strict=True)
    )
    tell_json(
        {
            "pairs": scores.pairs,
            "cer_before": scores.cer_before,
            "cer_after": scores.cer_after,
            "cut": scores.cut,
            "worse_share": scores.worse_share,
            "clean_pairs": scores.clean,
            "clean_changed": scores.changed_clean,
            "characters": scores.characters,
            "compared": COMPARED,
            "seconds": round(seconds, 2),
            "omissions": [item.as_dict() for item in lines.omissions],
        }
    )


def _told(row: dict[str, object], done: Repaired) -> dict[str, object]:
    return row | {
        "repaired": done.text,
        "edits": [
            {
                "original": [edit.original.start, edit.original.end],
                "repaired": [edit.repaired.start, edit.repaired.end],
                "kind": edit.kind.value,
            }
            for edit in done.edits
        ],
    }
