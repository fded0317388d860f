"""Fact stores by name, for settings: `open_store("duckdb", root=...)`."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from sanyan.core.errors import BadInputError
from sanyan.engines.stores.base import CubeQuery, FactStore, Measure
from sanyan.engines.stores.memory import MemoryStore

ENGINES = ("duckdb", "memory", "postgres")

_open: dict[tuple[int, str, str], FactStore] = {}
_lock = Lock()


def open_store(name: str, *, root: Path | None = None, dsn: str | None = None) -> FactStore:
    """The fact store of that engine; the same one each time in a process.

    `duckdb` needs `root`, the folder to keep Parquet in; `postgres` needs `dsn`. Raise BadInputError for an
    unknown engine or one whose place is not given.
    """
    place = {"duckdb": str(root.resolve()) if root else "", "postgres": dsn or "", "memory": str(root or "")}
    if name not in place:
        raise _unknown(name)
    if name != "memory" and not place[name]:
        raise _homeless(name)
    key = (os.getpid(), name, place[name])  # a forked child must not use its parent's connection
    with _lock:
        if key not in _open:
            _open[key] = _opened(name, place[name])
        return _open[key]


def warm_up(store: FactStore) -> None:
    """Load what an engine loads at its first question and its first fact, so that no page waits for it."""
    import pyarrow as pa  # noqa: PLC0415  # building an array makes Arrow look for pandas, which takes its time

    pa.array([0.0])
    store.query(CubeQuery((Measure.VALUE, Measure.REPORTED), ("indicator", "round"), (("organisation", ("",)),)))


def _opened(name: str, place: str) -> FactStore:
    # Imported when asked for: each brings a database driver with it.
    if name == "duckdb":
        from sanyan.engines.stores.duckdb import DuckDbStore  # noqa: PLC0415

        return DuckDbStore(Path(place))
    if name == "postgres":
        from sanyan.engines.stores.postgres import PostgresStore  # noqa: PLC0415

        return PostgresStore(place)
    return MemoryStore()


def _unknown(name: str) -> BadInputError:
    return BadInputError(
        "fact-store-unknown",
        f"ไม่รู้จักที่เก็บข้อมูลวิเคราะห์ชื่อ “{name}”",
        f"There is no fact store engine named {name!r}.",
        next_th=f"ตั้งค่า SANYAN_FACT_STORE เป็นชื่อใดชื่อหนึ่งต่อไปนี้: {', '.join(ENGINES)}",
        next_en=f"Set SANYAN_FACT_STORE to one of: {', '.join(ENGINES)}.",
        place="SANYAN_FACT_STORE",
    )


def _homeless(name: str) -> BadInputError:
    wanted_th, wanted_en = {
        "duckdb": ("โฟลเดอร์สำหรับเก็บไฟล์ (root)", "a folder to keep its files in (root)"),
        "postgres": ("ที่อยู่ฐานข้อมูล PostgreSQL (dsn)", "the address of a PostgreSQL database (dsn)"),
    }[name]
    return BadInputError(
        "fact-store-homeless",
        f"ที่เก็บข้อมูลวิเคราะห์ “{name}” ยังไม่มี{wanted_th}",
        f"The fact store engine {name!r} needs {wanted_en}.",
        next_th="ตั้งค่า SANYAN_FACTS_DSN (postgres) หรือ SANYAN_HOME (duckdb) แล้วเริ่มระบบใหม่",
        next_en="Set SANYAN_FACTS_DSN (postgres) or SANYAN_HOME (duckdb), then start again.",
        place="SANYAN_FACT_STORE",
    )
