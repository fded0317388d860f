"""How fast the fact store answers, as ratios: `python benchmarks/stores.py [--facts 90000 900000]`.

Each question is timed on the DuckDB engine (the SQL run each time, kept answers left out) beside the memory
engine and beside the least that DuckDB could do: one scan of the same table with a group by and a sum.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from sanyan.engines.stores.base import CubeQuery, Fact, Measure
from sanyan.engines.stores.duckdb import DuckDbStore
from sanyan.engines.stores.memory import MemoryStore

AREAS, INDICATORS, REPEATS = 245, 45, 7
RULES = ("ratio", "ratio", "mean", "sum", "distribution", "share")
LAST = ("round", ("2568-09",))
QUESTIONS = {
    "indicators of one round": CubeQuery((Measure.VALUE, Measure.REPORTED), ("indicator",), (LAST,)),
    "... beside the year before": CubeQuery((Measure.VALUE,), ("round", "indicator"), (LAST,), 1),
    "regions by indicator": CubeQuery((Measure.VALUE,), ("region", "indicator"), (LAST,)),
    "one area's history": CubeQuery(
        (Measure.VALUE, Measure.NUMERATOR, Measure.DENOMINATOR),
        ("round", "indicator"),
        (("organisation", ("area-007",)),),
    ),
    "every area and indicator": CubeQuery((Measure.VALUE,), ("organisation", "indicator"), (LAST,)),
}
SCAN = 'SELECT indicator, sum(numerator), count(*) FROM facts WHERE "round" = ? GROUP BY indicator'


def made(number: int) -> Iterator[Fact]:
    """Facts of as many rounds as it takes, the last of them 2568-09."""
    chance = random.Random(5)
    for place in range(number):
        area, indicator = place // INDICATORS % AREAS, place % INDICATORS
        back = place // (AREAS * INDICATORS)
        rule = RULES[indicator % len(RULES)]
        whole = chance.randint(50, 3000)
        part = chance.randint(0, whole)
        single = {"distribution": chance.randint(1, 5), "share": chance.randint(0, 1)}.get(rule)
        key = f"{2568 - back // 3}-{(9, 6, 12)[back % 3]:02d}"
        yield Fact(
            framework="example",
            round=key,
            practice=False,
            organisation=f"area-{area:03d}",
            kind="area",
            area_type="primary" if area < 183 else "secondary",
            region=f"region-{area % 19}",
            province=f"province-{area % 77}",
            policy_area=f"policy-{indicator % 9}",
            indicator=f"indicator-{indicator:02d}",
            disaggregation="",
            state="reported",
            origin="workbook",
            rollup=rule,
            per=100.0,
            numerator=float(part),
            denominator=float(whole),
            value=float(single if single is not None else 100 * part / whole),
            source=f"{key}/{area}",
            sequence=1,
        )


def milliseconds(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median of several runs, after one that is not counted."""
    run()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def once(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)


def measure(number: int) -> None:
    facts = list(made(number))
    with tempfile.TemporaryDirectory() as folder:
        store = DuckDbStore(Path(folder))
        print(f"\n{number:,} facts")
        print(f"  append all at once          {once(lambda: store.append(facts)):9.1f} ms")
        fresh = DuckDbStore(Path(folder))
        print(f"  open and load               {once(fresh.latest):9.1f} ms")
        seen = QUESTIONS["regions by indicator"]
        store.query(seen)
        certify = facts[:INDICATORS]
        print(f"  append one area's round     {milliseconds(lambda: store.append(certify)):9.1f} ms")
        print(f"  ... and see it              {once(lambda: store.query(seen)):9.1f} ms")
        questions(store, facts)
        fresh.close()
        store.close()


def questions(store: DuckDbStore, facts: list[Fact]) -> None:
    memory = MemoryStore()
    memory.append(facts)
    plain = duckdb.connect()
    plain.register("rows", store._connection.sql("SELECT * FROM facts").to_arrow_table())
    plain.execute("CREATE TABLE facts AS SELECT * FROM rows")
    scan = milliseconds(lambda: plain.execute(SCAN, ["2568-09"]).fetchall())
    print(f"  plain scan with group by    {scan:9.1f} ms")
    for name, question in QUESTIONS.items():

        def ask(question: CubeQuery = question) -> object:
            store._answers.clear()
            return store.query(question)

        asked = milliseconds(ask)
        kept = milliseconds(lambda question=question: store.query(question))  # type: ignore[misc]
        reference = once(lambda question=question: memory.query(question))  # type: ignore[misc]
        print(
            f"  {name:27s} {asked:9.1f} ms = {asked / scan:5.1f} x scan, memory {reference / asked:6.1f} x slower,"
            f" kept answer {kept:.2f} ms"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, nargs="+", default=[90_000, 900_000])
    for size in parser.parse_args().facts:
        measure(size)
