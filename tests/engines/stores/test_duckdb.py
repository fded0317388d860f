from __future__ import annotations

import dataclasses
import multiprocessing
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sanyan.engines.stores.base import CubeQuery, Fact, Measure
from sanyan.engines.stores.duckdb import DuckDbStore
from sanyan.engines.stores.segments import MANY_SEGMENTS, SegmentWriter

TOTAL = CubeQuery((Measure.VALUE, Measure.REPORTED), ("indicator",))
FACT = Fact(
    framework="obec",
    round="2568-09",
    practice=False,
    organisation="2001",
    kind="area",
    area_type="primary",
    region="9",
    province="ชลบุรี",
    policy_area="p",
    indicator="a",
    disaggregation="",
    state="reported",
    origin="web",
    rollup="sum",
    per=1.0,
    numerator=None,
    denominator=None,
    value=1.0,
    source="s1",
    sequence=1,
)


def facts(source: str, *, number: int = 1, value: float = 1.0, sequence: int = 1) -> list[Fact]:
    return [
        dataclasses.replace(FACT, source=source, organisation=f"{source}-{n}", value=value, sequence=sequence)
        for n in range(number)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DuckDbStore]:
    store = DuckDbStore(tmp_path)
    yield store
    store.close()


def reopened(root: Path) -> DuckDbStore:
    return DuckDbStore(root)


def segment_names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "segments").glob("*.parquet"))


def test_facts_survive_the_process(store: DuckDbStore, tmp_path: Path) -> None:
    store.append(facts("s1", number=3))
    store.append(facts("s2"))
    store.remove_sources(["s2"])
    again = reopened(tmp_path)
    assert again.facts() == store.facts()
    assert again.version() == store.version()
    again.close()


def test_one_store_sees_what_another_appends_at_its_next_question(store: DuckDbStore, tmp_path: Path) -> None:
    other = reopened(tmp_path)
    assert other.query(TOTAL).rows == ()
    store.append(facts("s1", value=5))
    assert other.query(TOTAL).rows == (("a", 5.0, 1),)
    store.append(facts("s1", value=6, sequence=2))
    assert other.query(TOTAL).rows == (("a", 6.0, 1),)
    store.clear()
    assert other.query(TOTAL).rows == ()
    other.close()


def test_many_segments_are_condensed_and_nothing_changes(store: DuckDbStore, tmp_path: Path) -> None:
    other = reopened(tmp_path)
    for number in range(3 * MANY_SEGMENTS):
        store.append(facts(f"s{number % 20}", value=number, sequence=number + 1))
        if number % 7 == 0:
            store.remove_sources([f"s{number % 20}"])
        assert other.facts() == store.facts()
    assert len(segment_names(tmp_path)) <= MANY_SEGMENTS + 1
    fresh = reopened(tmp_path)
    assert fresh.facts() == store.facts()
    fresh.close()
    other.close()


def test_a_write_that_dies_before_its_name_appears_was_never_there(
    store: DuckDbStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(facts("s1"))
    before = store.facts()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", dies)
        with pytest.raises(KeyboardInterrupt):
            store.append(facts("s2"))
    assert store.facts() == before
    assert list((tmp_path / "segments").glob(".writing-*")) != []
    store.append(facts("s3"))
    assert set(store.latest()) == {"s1", "s3"}
    assert list((tmp_path / "segments").glob(".writing-*")) == []


def test_a_process_killed_while_writing_leaves_all_or_nothing(tmp_path: Path) -> None:
    """The child writes without end and is killed at moments of its own choosing."""
    program = (
        "import os, sys, threading\n"
        "from pathlib import Path\n"
        "from sanyan.engines.stores.duckdb import DuckDbStore\n"
        "from tests.engines.stores.test_duckdb import facts\n"
        "store = DuckDbStore(Path(sys.argv[1]))\n"
        "for number in range(100000):\n"
        "    store.append(facts(f'{sys.argv[2]}-{number}', number=30))\n"
        "    if number == 20:\n"
        "        threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), 9)).start()\n"
    )
    root = Path(__file__).parents[3]
    for moment in ("0.03", "0.1"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path), moment],
            env={**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == -9, done.stderr.decode()
        store = reopened(tmp_path)
        counts = Counter(fact.source for fact in store.facts())
        assert len(counts) > 20
        assert set(counts.values()) == {30}
        assert store.set_aside() == []
        store.close()


def test_dying_between_condensing_and_deleting_changes_nothing(
    store: DuckDbStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_: SegmentWriter) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(SegmentWriter, "_delete_dead", dies)
        for number in range(MANY_SEGMENTS):
            store.append(facts(f"s{number}"))
        with pytest.raises(KeyboardInterrupt):
            store.append(facts("one too many"))
    seen = store.facts()
    assert len(seen) == len(segment_names(tmp_path)) - 1
    fresh = reopened(tmp_path)
    assert fresh.facts() == seen
    fresh.append(facts("last"))
    assert len(segment_names(tmp_path)) == 2
    assert len(fresh.facts()) == len(seen) + 1
    fresh.close()


@pytest.mark.parametrize("damage", ["half", "empty", "garbage", "other columns", "other types"])
def test_a_damaged_segment_is_set_aside_and_the_rest_counts(
    store: DuckDbStore, tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    for source in ("s1", "s2", "s3"):
        store.append(facts(source))
    path = tmp_path / "segments" / segment_names(tmp_path)[1]
    whole = path.read_bytes()
    if damage == "other columns":
        pq.write_table(pa.table({"x": [1]}), path)
    elif damage == "other types":
        columns = pq.read_table(path).to_pydict()
        pq.write_table(pa.table({**columns, "value": ["many"]}), path)
    else:
        path.write_bytes({"half": whole[: len(whole) // 2], "empty": b"", "garbage": b"PAR1" * 400}[damage])
    fresh = reopened(tmp_path)
    assert set(fresh.latest()) == {"s1", "s3"}
    assert [held.name for held in fresh.set_aside()] == [path.name]
    assert path.name in caplog.text
    fresh.append(facts("s2"))
    assert set(fresh.latest()) == {"s1", "s2", "s3"}
    fresh.close()


def test_a_foreign_file_is_set_aside_by_the_next_writer(store: DuckDbStore, tmp_path: Path) -> None:
    (tmp_path / "segments" / "notes.parquet").write_text("not ours")
    store.append(facts("s1"))
    assert store.query(TOTAL).rows == (("a", 1.0, 1),)
    assert [path.name for path in store.set_aside()] == ["notes.parquet"]


def _write(root: str, name: str) -> None:
    store = DuckDbStore(Path(root))
    for number in range(25):
        store.append(facts(f"{name}-{number}", number=4))
    store.close()


def test_two_processes_write_at_once_and_nothing_is_lost(store: DuckDbStore, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write, args=(str(tmp_path), name)) for name in ("x", "y")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    assert set(store.latest()) == {f"{name}-{number}" for name in ("x", "y") for number in range(25)}
    assert store.query(TOTAL).rows == (("a", 200.0, 200),)


def test_threads_ask_while_others_write(store: DuckDbStore) -> None:
    troubles: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(30):
                rows = store.query(TOTAL).rows
                assert not rows or rows[0][1] == rows[0][2]
        except BaseException as error:  # told below, in the test's own thread
            troubles.append(error)

    def write(name: str) -> None:
        for number in range(15):
            store.append(facts(f"{name}-{number}", number=2))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    threads += [threading.Thread(target=write, args=(name,)) for name in "pq"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert store.query(TOTAL).rows == (("a", 60.0, 60),)
