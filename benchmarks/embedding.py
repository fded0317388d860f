"""What a job that can be stopped costs beside the embedder alone: `python -m benchmarks.embedding [--passages 600]`.

Made-up passages as long as those of reports (60 to 600 characters) are kept in a database of their own. A process
embeds a part of them by `narratives.actions.embed_missing` and is killed in the middle; another goes on, and what was
embedded twice is counted. Then the embedder alone and the job embed the same texts by turns, so that a busy machine
slows both alike. The seconds of 10,000 passages are scaled from these, for making so many vectors takes a quarter of an
hour and their ratio does not hang on how many there are.

Prints one JSON line. `processor` are the seconds this process used, `clock` those that passed; the aims are a ratio of
1.10 at most, and a kill that loses one batch at most.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.home import temporary_home

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

AIM_RATIO, SCALED_TO = 1.10, 10_000
NOW = datetime(2025, 7, 20, 3, 0, tzinfo=UTC)
AREAS, TURNS = 245, 4
CLAUSES = (
    "โรงเรียนขนาดเล็กในพื้นที่สูงมีครูไม่ครบชั้น",
    "สำนักงานเขตพื้นที่จัดครูหมุนเวียนระหว่างโรงเรียน",
    "สัญญาณอินเทอร์เน็ตไม่เสถียรในช่วงบ่าย",
    "นักเรียนชั้นประถมศึกษาปีที่ 1 อ่านออกเขียนได้มากขึ้น",
    "งบประมาณโอนล่าช้าจึงจัดกิจกรรมได้ไม่ครบตามแผน",
    "ผู้ปกครองร่วมออกแบบการดูแลช่วยเหลือนักเรียน",
    "ครูใช้ผลการประเมินปรับการสอนรายบุคคล",
    "ยังขาดสื่อสำหรับนักเรียนที่มีความต้องการพิเศษ",
    "เสนอให้ส่วนกลางลดแบบรายงานที่ซ้ำซ้อน",
    "เครือข่ายชุมชนสนับสนุนอาหารกลางวันและรถรับส่ง",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=600)
    passages = parser.parse_args().passages
    with temporary_home() as home:
        from sanyan.apps.narratives.actions.embedding import TEXTS_AT_ONCE  # noqa: PLC0415  # after Django is ready
        from sanyan.apps.narratives.language import configured_embedder, why_no_embedder  # noqa: PLC0415

        if configured_embedder() is None:
            raise SystemExit(f"no embedder here: {why_no_embedder()}")
        texts = _kept(list(islice(_texts(), passages)))
        told: dict[str, Any] = {"passages": passages, "mean_characters": round(statistics.mean(map(len, texts)))}
        told["killed"] = killed(home, 4 * TEXTS_AT_ONCE) | {"a_batch": TEXTS_AT_ONCE}
        told |= timed(texts[4 * TEXTS_AT_ONCE :])
    print(json.dumps(told | {"aim": {"ratio": AIM_RATIO, "batches_lost": 1}}))


def killed(home: Path, most: int) -> dict[str, int]:
    """Embed in a process that is killed before it has `most`, go on in another, and tell what was done twice."""
    log = home / "embedded"
    first = _begin(log, most)
    while (held := _held()) < most // 2:
        if first.poll() is not None:
            raise SystemExit("the process that embeds ended by itself")
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    held = _held()
    _begin(log, most - held).wait()
    done = sum(int(line) for line in log.read_text().split())
    return {"held_at_the_kill": held, "held_after_going_on": _held(), "embedded_twice": done - _held()}


def embed(log: str, most: int) -> None:
    """What a process that may be killed does; each lot is written to `log` before it is embedded."""
    import django  # noqa: PLC0415

    django.setup()
    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.narratives.actions import embed_missing  # noqa: PLC0415
    from sanyan.apps.narratives.language import configured_embedder  # noqa: PLC0415

    engine: Any = configured_embedder()
    passages = type(engine).passages

    def noted(self: Any, texts: list[str]) -> Any:
        with Path(log).open("a") as file:
            file.write(f"{len(texts)}\n")
        return passages(self, texts)

    type(engine).passages = noted
    embed_missing(by=SYSTEM, most=most)


def timed(texts: list[str]) -> dict[str, Any]:
    """Seconds of the embedder alone and of the job over the same texts, turn by turn."""
    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.narratives.actions import embed_missing  # noqa: PLC0415
    from sanyan.apps.narratives.language import configured_embedder  # noqa: PLC0415

    engine: Any = configured_embedder()
    engine.passages(texts[:2])
    lot = len(texts) // TURNS
    alone, job = [0.0, 0.0], [0.0, 0.0]
    for start in range(0, TURNS * lot, lot):
        deeds: list[tuple[list[float], Callable[[], object]]] = [
            (alone, lambda start=start: engine.passages(texts[start : start + lot])),  # type: ignore[misc]
            (job, lambda: embed_missing(by=SYSTEM, most=lot)),
        ]
        for spent, deed in deeds if start // lot % 2 else deeds[::-1]:
            began = time.process_time(), time.perf_counter()
            deed()
            spent[0] += time.process_time() - began[0]
            spent[1] += time.perf_counter() - began[1]
    scale = SCALED_TO / (TURNS * lot)
    return {
        "timed": TURNS * lot,
        "alone_a_second": round(TURNS * lot / alone[0], 1),
        "job_a_second": round(TURNS * lot / job[0], 1),
        "processor_ratio": round(job[0] / alone[0], 3),
        "clock_ratio": round(job[1] / alone[1], 3),
        "ten_thousand_scaled": {"alone": round(alone[0] * scale), "job": round(job[0] * scale)},
    }


def _begin(log: Path, most: int) -> subprocess.Popen[bytes]:
    code = f"from benchmarks.embedding import embed; embed({str(log)!r}, {most})"
    return subprocess.Popen([sys.executable, "-c", code])


def _held() -> int:
    from sanyan.apps.narratives.models import Vector  # noqa: PLC0415

    return Vector.objects.count()


def _texts() -> Iterator[str]:
    """Passages that differ, of as many clauses as areas write."""
    drawn = random.Random(1)
    for number in range(10**9):
        clauses = drawn.sample(CLAUSES, drawn.choice((2, 4, 6, 8, 10)))
        yield f"เรื่องที่ {number + 1} {' '.join(clauses)}"


def _kept(texts: list[str]) -> list[str]:
    """The texts as passages of certified reports, so many an area; in the order in which the job embeds them."""
    from benchmarks.warning import open_round, register  # noqa: PLC0415

    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.collection import queries as collection  # noqa: PLC0415
    from sanyan.apps.narratives.actions.reading import hash_of  # noqa: PLC0415
    from sanyan.apps.narratives.models import Passage, SourceText  # noqa: PLC0415
    from sanyan.apps.practice.actions.loading import PracticePlan, example_framework  # noqa: PLC0415

    register(AREAS)
    round_id = open_round(example_framework(), PracticePlan().rounds[-1])
    reports = collection.expected(viewer=SYSTEM, round_id=round_id)
    ordered: list[str] = []
    for place, report in enumerate(reports):
        own = texts[place :: len(reports)]
        source = SourceText.objects.create(
            submission_id=report.submission_id,
            round_id=round_id,
            organisation_id=report.organisation_id,
            indicator_code="X",
            policy_area="X",
            kind="field",
            field_key="x",
            stance="problem",
            original="\n".join(own),
            text="\n".join(own),
            read_at=NOW,
        )
        Passage.objects.bulk_create(
            Passage(source=source, number=n, start=0, end=len(text), text=text, terms="", text_hash=hash_of(text))
            for n, text in enumerate(own)
        )
        ordered += own
    return ordered


if __name__ == "__main__":
    main()
