"""Facts in a PostgreSQL table, for sites that keep everything there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import Cursor
from psycopg_pool import ConnectionPool

from sanyan.engines.stores import relational
from sanyan.engines.stores.base import CubeQuery, Fact, Filters, Table
from sanyan.engines.stores.replacing import FACT_COLUMNS, FACT_ORDER, settle

_SQL_TYPES = {
    # Sorted by code point, as every engine sorts, whatever the database's own language.
    "string": 'TEXT COLLATE "C"',
    "boolean": "BOOLEAN",
    "float64": "DOUBLE PRECISION",
    "int16": "SMALLINT",
    "int64": "BIGINT",
}
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")
_COLUMNS = ", ".join(f'"{name}"' for name in FACT_COLUMNS)


class PostgresStore:
    """A fact store in one table of a database, made when it is not there; safe for several processes and
    threads.

    A second table, `<table>_version`, holds one row: the token that every write changes.
    """

    def __init__(self, dsn: str, *, table: str = "sanyan_facts") -> None:
        if not _NAME.fullmatch(table):
            raise ValueError(f"{table!r} is not a plain lower-case name for a table")
        self._table = table
        self._pool = ConnectionPool(dsn, min_size=1, max_size=4, open=True, name=f"facts-{table}")
        with self._writing(changes=False) as cursor:
            self._create(cursor)

    def append(self, facts: Sequence[Fact]) -> None:
        """Keep facts in one transaction; those of a source's earlier sequences stop counting."""
        settled = settle(facts)
        if not settled:
            return
        with self._writing() as cursor:
            cursor.execute(f"CREATE TEMP TABLE given ({_columns(relational.COLUMN_TYPES)}) ON COMMIT DROP")
            with cursor.copy(f"COPY given ({_COLUMNS}) FROM STDIN") as copy:
                for fact in settled:
                    copy.write_row([getattr(fact, name) for name in FACT_COLUMNS])
            for statement in relational.replacing_sql(dialect="postgres", table=self._table, given="given"):
                cursor.execute(statement)

    def remove_sources(self, sources: Iterable[str]) -> None:
        """Forget everything that came from these sources."""
        with self._writing() as cursor:
            cursor.execute(f"DELETE FROM {self._table} WHERE source = ANY(%s)", [sorted(set(sources))])  # noqa: S608

    def query(self, question: CubeQuery) -> Table:
        """Answer from all facts that count."""
        return relational.answer(question, dialect="postgres", table=self._table, placeholder="%s", run=self._rows)

    def facts(self, question_filters: Filters = ()) -> list[Fact]:
        """The facts themselves that count and pass the filters, sorted by organisation, indicator and
        round."""
        where, values = relational.filter_sql(question_filters, placeholder="%s")
        read = f"SELECT {_COLUMNS} FROM {self._table}{where} ORDER BY {', '.join(FACT_ORDER)}"  # noqa: S608
        return [Fact(*row) for row in self._rows(read, values)]

    def latest(self) -> dict[str, int]:
        """The sequence that counts, by source."""
        read = f"SELECT source, max(sequence) FROM {self._table} GROUP BY source"  # noqa: S608
        return dict(self._rows(read, []))

    def version(self) -> str:
        """A token that changes whenever what counts changes."""
        return str(self._rows(f"SELECT token FROM {self._table}_version", [])[0][0])  # noqa: S608

    def clear(self) -> None:
        """Forget everything."""
        with self._writing() as cursor:
            cursor.execute(f"DELETE FROM {self._table}")  # noqa: S608

    def close(self) -> None:
        """Give the connections back. The store is not used afterwards."""
        self._pool.close()

    def _rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def _writing(self, *, changes: bool = True) -> Iterator[Cursor[Any]]:
        """One transaction; writers take turns, and each leaves a new token."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [self._table])
            yield cursor
            if changes:
                cursor.execute(f"UPDATE {self._table}_version SET token = %s", [secrets.token_hex(8)])  # noqa: S608

    def _create(self, cursor: Cursor[Any]) -> None:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {self._table} ({_columns(relational.TABLE_TYPES)})")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {self._table}_source ON {self._table} (source)")
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {self._table}_version (token TEXT NOT NULL)")
        cursor.execute(
            f"INSERT INTO {self._table}_version SELECT %s"  # noqa: S608
            f" WHERE NOT EXISTS (SELECT 1 FROM {self._table}_version)",
            [secrets.token_hex(8)],
        )


def _columns(types: dict[str, str]) -> str:
    return ", ".join(f'"{name}" {_SQL_TYPES[kind]}' for name, kind in types.items())
