"""245 workbooks read, checked and stored, beside what merely reading their cells takes.

    python -m benchmarks.workbooks [--areas 245]

Prints one JSON line. Aim: at most 15 s, and at most 8 times calamine alone.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from io import BytesIO
from pathlib import Path

from benchmarks.home import temporary_home
from python_calamine import CalamineWorkbook


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=245)
    areas = parser.parse_args().areas
    with temporary_home() as home:
        print(json.dumps(measure(home, areas)))


def measure(home: Path, areas: int) -> dict[str, float | int]:
    from django.utils import timezone  # noqa: PLC0415  # after Django is ready

    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.collection import actions, queries  # noqa: PLC0415
    from sanyan.apps.practice import actions as practice  # noqa: PLC0415
    from sanyan.apps.practice.actions.loading import LAST_ROUND  # noqa: PLC0415
    from sanyan.apps.quality import actions as quality  # noqa: PLC0415

    now = timezone.now()
    practice.prepare(by=SYSTEM, now=now)
    plan = practice.PracticePlan(areas=areas, years=1)
    practice.simulate(by=SYSTEM, plan=plan, folder=home / "files", progress=lambda *_: None)
    info = practice.open_practice_round(by=SYSTEM, plan=plan, key=LAST_ROUND, now=now)
    files = {path.stem: path.read_bytes() for path in sorted((home / "files" / str(LAST_ROUND)).glob("*.xlsx"))}

    calamine = min(read_alone(files) for _ in range(3))
    began, began_cpu = time.perf_counter(), cpu_seconds()
    given = [(f"{code}.xlsx", data) for code, data in files.items()]
    done = actions.import_workbooks(by=SYSTEM, round_id=info.id, files=given, now=now)
    assert not done.refused, done.refused
    stored = time.perf_counter() - began
    quality.check_round(by=SYSTEM, round_id=info.id, now=now)
    checked, cpu = time.perf_counter() - began, cpu_seconds() - began_cpu
    answers = len(queries.answers_of_round(viewer=SYSTEM, round_id=info.id))
    return {
        "workbooks": len(files),
        "answers": answers,
        "calamine_seconds": round(calamine, 3),
        "read_and_stored_seconds": round(stored, 2),
        "read_checked_stored_seconds": round(checked, 2),
        "cpu_seconds": round(cpu, 2),
        "ratio_to_calamine": round(checked / calamine, 2),
    }


def cpu_seconds() -> float:
    """Of this process and of those it started and has seen end."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def read_alone(files: dict[str, bytes]) -> float:
    """Seconds that calamine takes to hand over every cell of every sheet."""
    began = time.perf_counter()
    for data in files.values():
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
