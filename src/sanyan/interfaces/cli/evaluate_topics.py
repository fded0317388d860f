"""`sanyan evaluate topics`: texts with known topics, grouped without them and told once learnt."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import click

from sanyan.core.evaluating.topic_scores import GROUPING, TELLING, TopicResult, topic_result
from sanyan.interfaces.cli.evaluate_files import READABLE, json_option, tell_json, writing
from sanyan.interfaces.cli.evaluate_lines import read_lines


@click.command()
@click.argument("labelled", type=READABLE)
@click.option("--train-share", type=float, default=0.7, show_default=True, help="สัดส่วนที่ใช้เรียนรู้ / Share learnt from.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="เลขตั้งต้นการสุ่ม / Seed.")
@click.option("--drop-names", is_flag=True, help="ตัดชื่อบุคคลและจังหวัด / Leave out names of persons and provinces.")
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (JSON Lines) / Where each text's result goes.")
@json_option
def topics(labelled: Path, train_share: float, seed: int, drop_names: bool, out: Path | None, as_json: bool) -> None:
    """จัดกลุ่มและจำแนกหัวข้อของข้อความ / Group texts, and tell their topics.

    LABELLED is a JSON Lines file with `id`, `text` and `label`. Groups are made without the labels, of which only the
    number is used (nmi, ari); topics are learnt from a share of the texts and told of the rest (accuracy, macro_f1).
    """
    lines = read_lines(labelled, {"id": str, "text": str, "label": str}, unique="id")
    started = time.perf_counter()
    result = topic_result(
        [row["text"] for row in lines.rows],
        [row["label"] for row in lines.rows],
        train_share=train_share,
        seed=seed,
        with_names=not drop_names,
    )
    seconds = time.perf_counter() - started
    if out is not None:
        _write(out, [row["id"] for row in lines.rows], result)
    tell_json(
        {
            "nmi": result.nmi,
            "ari": result.ari,
            "accuracy": result.accuracy,
            "macro_f1": result.macro_f1,
            "documents": len(lines.rows),
            "labels": sorted(set(result.labels)),
            "tested": sum(topic is not None for topic in result.predicted),
            "method": {
                "grouping": GROUPING,
                "telling": TELLING,
                "names": not drop_names,
                "seed": seed,
                "train_share": train_share,
            },
            "seconds": round(seconds, 2),
            "omissions": [item.as_dict() for item in lines.omissions],
        }
    )


def _write(out: Path, ids: Sequence[str], result: TopicResult) -> None:
    with writing(out) as file:
        for each, label, cluster, predicted in zip(ids, result.labels, result.clusters, result.predicted, strict=True):
            part = "train" if predicted is None else "test"
            item = {"id": each, "label": label, "cluster": cluster, "predicted": predicted, "set": part}
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
