"""How long comparison, forecast and signals take together: `python -m benchmarks.warning [--areas 245 2450]`.

45 indicators over 8 rounds of made-up areas, through the real queries: read from the fact store, compared with context,
forecast, and looked over for signals. Prints one JSON line with the seconds and their ratio; the aim is 10 seconds for
245 areas and at most 11 times that for ten times as many.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

from benchmarks.home import temporary_home

from sanyan.core.indicators.definitions import Framework, Kind
from sanyan.core.rounds import RoundKey
from sanyan.engines.stores.base import Fact

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

AIM_SECONDS, AIM_RATIO = 10.0, 11.0
NOW = datetime(2025, 7, 20, 3, 0, tzinfo=UTC)
MOST_FACTS = 200_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--areas", type=int, nargs="+", default=[245, 2450])
    told = {str(areas): measure(areas) for areas in parser.parse_args().areas}
    seconds = [item["together"] for item in told.values()]
    print(json.dumps({"areas": told, "ratio": round(seconds[-1] / seconds[0], 2), "aim": [AIM_SECONDS, AIM_RATIO]}))


def measure(areas: int) -> dict[str, float]:
    """Seconds of each step for so many areas, in a process of its own so that nothing is kept."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            json.dump(_measured(areas), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    found: dict[str, float] = json.loads(text)
    return found


def _measured(areas: int) -> dict[str, float]:
    with temporary_home():
        round_id = _prepare(areas)
        from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415  # after Django is ready
        from sanyan.apps.analytics import queries as analytics  # noqa: PLC0415
        from sanyan.apps.analytics.queries.comparing import comparisons_of  # noqa: PLC0415
        from sanyan.apps.signals import actions  # noqa: PLC0415

        steps = {
            "comparison": lambda: comparisons_of(round_id),
            "forecast": lambda: analytics.round_outlooks(viewer=SYSTEM, round_id=round_id),
            "signals": lambda: actions.raise_signals(by=SYSTEM, round_id=round_id, now=NOW),
        }
        told: dict[str, float] = {}
        for name, step in steps.items():
            began = time.perf_counter()
            step()
            told[name] = round(time.perf_counter() - began, 2)
        told["together"] = round(sum(told.values()), 2)
        return told


def _prepare(areas: int) -> int:
    """A registry of so many areas, the example framework, a round that asks them all, and facts of eight rounds."""
    from sanyan.apps.analytics.access import fact_store  # noqa: PLC0415
    from sanyan.apps.practice.actions.loading import PracticePlan, example_framework  # noqa: PLC0415

    register(areas)
    definition, keys = example_framework(), PracticePlan().rounds
    round_id = open_round(definition, keys[-1])
    store, facts = fact_store(), _facts(areas, definition, keys)
    while batch := list(islice(facts, MOST_FACTS)):
        store.append(batch)
    return round_id


def register(areas: int) -> None:
    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.organisations.actions import OrganisationRow, import_organisations  # noqa: PLC0415

    rows = [OrganisationRow(code="OFF", kind="office", name_th="สพฐ.")]
    rows += [OrganisationRow(code=f"R{n:02d}", kind="region", name_th=f"เขต {n}", parent_code="OFF") for n in range(19)]
    rows += [
        OrganisationRow(
            code=f"A{n:05d}",
            kind="area",
            area_type="primary" if n % 4 else "secondary",
            name_th=f"สพ. {n}",
            short_th=f"สพ. {n}",
            parent_code="OFF",
            region_code=f"R{n % 19:02d}",
            schools=20 + n % 200,
        )
        for n in range(areas)
    ]
    import_organisations(by=SYSTEM, rows=rows, now=NOW)


def open_round(definition: Framework, key: RoundKey) -> int:
    """The id of a practice round that asks every area."""
    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.collection import actions as collection  # noqa: PLC0415
    from sanyan.apps.frameworks import actions as frameworks  # noqa: PLC0415
    from sanyan.apps.frameworks import queries as framework_queries  # noqa: PLC0415
    from sanyan.apps.organisations import queries as organisations  # noqa: PLC0415

    frameworks.save_draft(by=SYSTEM, definition=definition, now=NOW)
    frameworks.publish(by=SYSTEM, framework_code=definition.code, checked_by="x", now=NOW)
    frameworks.open_round(
        by=SYSTEM,
        framework_code=definition.code,
        key=key,
        opens_on=key.data_until,
        due_on=key.data_until,
        is_practice=True,
        now=NOW,
    )
    info = framework_queries.find_round(viewer=SYSTEM, framework_code=definition.code, key=key, is_practice=True)
    assert info is not None
    ids = [area.id for area in organisations.areas(on=info.data_until)]
    collection.assign(by=SYSTEM, round_id=info.id, organisation_ids=ids, due_on=info.due_on, now=NOW)
    return info.id


def _facts(areas: int, definition: Framework, keys: Sequence[RoundKey]) -> Iterator[Fact]:
    """Figures that differ between areas, swing by chance and move together from year to year."""
    for area in range(areas):
        chance = random.Random(area)
        whole = float(chance.randint(200, 20_000))
        for item in definition.indicators:
            if item.kind is Kind.NARRATIVE:
                continue
            own = chance.gauss(0.6, 0.12)
            for key in keys:
                if key.month not in item.months:
                    continue
                year = random.Random(f"{item.code}{key}").gauss(0, 0.03)
                share = min(max(own + year + chance.gauss(0, 0.04), 0.01), 0.99)
                parts = item.has_parts
                value = {Kind.LEVEL: float(1 + round(4 * share)), Kind.YES_NO: float(share > 0.5)}.get(
                    item.kind, round(100 * share, 2)
                )
                yield Fact(
                    framework=definition.code,
                    round=str(key),
                    practice=True,
                    organisation=f"A{area:05d}",
                    kind="area",
                    area_type="primary" if area % 4 else "secondary",
                    region=f"R{area % 19:02d}",
                    province="",
                    policy_area=item.policy_area,
                    indicator=item.code,
                    disaggregation="",
                    state="reported",
                    origin="workbook",
                    rollup=item.rollup.value,
                    per=item.per,
                    numerator=float(round(share * whole)) if parts else None,
                    denominator=whole if parts or item.mean_of else None,
                    value=float(round(share * whole)) / whole * item.per if parts else value,
                    source=f"bench:{area}:{key}",
                    sequence=1,
                )


if __name__ == "__main__":
    main()
