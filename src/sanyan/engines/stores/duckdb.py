"""The default engine: facts kept as Parquet segments, answered by DuckDB in memory.

The segments on disk are the truth (see `segments`). Each process holds the facts that count in a DuckDB table
in memory and, before each answer, applies whatever segments have appeared since.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import RLock
from typing import Any

import duckdb

from sanyan.engines.stores import relational
from sanyan.engines.stores.base import CubeQuery, Fact, Filters, Table
from sanyan.engines.stores.replacing import FACT_COLUMNS, FACT_ORDER, settle
from sanyan.engines.stores.segments import Segment, SegmentFolder, SegmentKind, UnreadableSegmentError

log = logging.getLogger(__name__)

ANSWERS_KEPT = 512

_SQL_TYPES = {
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "float64": "DOUBLE",
    "int16": "SMALLINT",
    "int64": "BIGINT",
}
_CREATE = "CREATE OR REPLACE TABLE facts ({})".format(
    ", ".join(f'"{name}" {_SQL_TYPES[kind]}' for name, kind in relational.TABLE_TYPES.items())
)
_COLUMNS = ", ".join(f'"{name}"' for name in FACT_COLUMNS)
_READ = f"SELECT {_COLUMNS} FROM facts"  # noqa: S608 - made of our own names


class DuckDbStore:
    """A fact store in a folder that several processes may share; safe for use by several threads."""

    def __init__(self, root: Path) -> None:
        self._folder = SegmentFolder(root)
        self._lock = RLock()
        self._applied: tuple[Segment, ...] = ()
        self._answers: OrderedDict[CubeQuery, Table] = OrderedDict()
        self._connection = duckdb.connect(
            ":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        )
        self._connection.execute(_CREATE)

    def append(self, facts: Sequence[Fact]) -> None:
        """Keep facts durably in one new segment: after return they survive a crash; before, none are seen."""
        settled = settle(facts)
        if not settled:
            return
        with self._folder.writing() as writer:
            writer.add_facts(settled)
            if writer.wants_compaction():
                writer.condense(self._everything())

    def remove_sources(self, sources: Iterable[str]) -> None:
        """Forget everything that came from these sources, durably."""
        gone = sorted(set(sources))
        if gone:
            with self._folder.writing() as writer:
                writer.add_removal(gone)

    def query(self, question: CubeQuery) -> Table:
        """Answer from all facts that count, those that other processes appended included."""
        token = self._refresh()
        with self._lock:
            held = self._answers.get(question)
            if held is not None:
                self._answers.move_to_end(question)
                return held
        answer = relational.answer(question, dialect="duckdb", table="facts", placeholder="?", run=self._rows)
        with self._lock:
            if token == self._token():
                self._answers[question] = answer
                if len(self._answers) > ANSWERS_KEPT:
                    self._answers.popitem(last=False)
        return answer

    def facts(self, question_filters: Filters = ()) -> list[Fact]:
        """The facts themselves that count and pass the filters, sorted by organisation, indicator and
        round."""
        self._refresh()
        where, values = relational.filter_sql(question_filters, placeholder="?")
        rows = self._rows(f"{_READ}{where} ORDER BY {', '.join(FACT_ORDER)}", values)
        return [Fact(*row) for row in rows]

    def latest(self) -> dict[str, int]:
        """The sequence that counts, by source."""
        self._refresh()
        return dict(self._rows("SELECT source, max(sequence) FROM facts GROUP BY source", []))

    def version(self) -> str:
        """A token that changes whenever what counts changes: the name of the newest segment."""
        return self._folder.token()

    def clear(self) -> None:
        """Forget everything, durably."""
        with self._folder.writing() as writer:
            writer.add_clearing()

    def set_aside(self) -> list[Path]:
        """Files that were found in the folder and could not be used, moved out of the way."""
        return self._folder.set_aside()

    def close(self) -> None:
        """Let go of the memory. The store is not used afterwards."""
        self._connection.close()

    def _rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        cursor = self._connection.cursor()
        try:
            return cursor.execute(sql, values).fetchall()
        finally:
            cursor.close()

    def _everything(self) -> Any:
        self._refresh()
        with self._lock:
            return self._connection.sql(_READ).to_arrow_table()

    def _token(self) -> str:
        return self._applied[-1].path.name if self._applied else ""

    def _refresh(self) -> str:
        """Apply the segments that appeared since; return the token of what the table now holds."""
        with self._lock:
            found = self._folder.segments()
            while found != self._applied:
                try:
                    self._apply(found)
                except UnreadableSegmentError as error:
                    self._folder.put_aside(error.path, error.reason)
                except FileNotFoundError:
                    log.debug("a segment was condensed away while it was about to be read: looking again")
                found = self._folder.segments()
            return self._token()

    def _apply(self, found: tuple[Segment, ...]) -> None:
        self._connection.execute("BEGIN")
        try:
            known = self._known(found)
            if known == 0:
                self._connection.execute("DELETE FROM facts")
            for place, segment in enumerate(found[known:], start=known):
                self._apply_one(segment, is_first=place == 0)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self._applied = found
        self._answers.clear()

    def _known(self, found: tuple[Segment, ...]) -> int:
        """How many of the segments the table holds already; 0 when it must be read anew."""
        held = len(self._applied)
        if held and found[:held] == self._applied:
            return held
        return 1 if held and found and found[0].condenses(self._applied[-1]) else 0

    def _apply_one(self, segment: Segment, *, is_first: bool) -> None:
        self._connection.register("given", self._folder.read(segment))
        try:
            if segment.kind is SegmentKind.REMOVAL:
                self._connection.execute("DELETE FROM facts WHERE source IN (SELECT source FROM given)")
                return
            for statement in relational.replacing_sql(dialect="duckdb", table="facts", given="given"):
                if not is_first or statement.startswith("INSERT"):
                    self._connection.execute(statement)
        finally:
            self._connection.unregister("given")
