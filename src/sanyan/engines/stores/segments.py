"""A folder of Parquet segments: how facts are kept on disk so that a crash leaves all of a write or none of
it.

Each write is one file that appears whole, by renaming, under a name that orders it:
`0000000007-facts-1f3a9c02.parquet`. Read in order they tell what counts: `facts` adds and replaces, `removal`
takes sources away, `condensed` stands for everything before it, `cleared` says that nothing before it counts.
Files before the last `condensed` or `cleared` are dead and swept by the next writer. Writers, in any number
of processes, take turns by a lock on the folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sanyan.engines.stores.base import Fact
from sanyan.engines.stores.relational import COLUMN_TYPES

MANY_SEGMENTS = 16
TOO_MANY_SEGMENTS = 64

_ARROW_TYPES = {"string": pa.string(), "boolean": pa.bool_(), "float64": pa.float64(), "int64": pa.int64()}
FACT_SCHEMA = pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in COLUMN_TYPES.items()])
REMOVAL_SCHEMA = pa.schema([("source", pa.string())])

_NAME = re.compile(r"(\d{10})-(facts|removal|condensed|cleared)-([0-9a-f]{8})\.parquet")
_HALF_WRITTEN = ".writing-"
_LOCK = ".lock"
_ASIDE = "set-aside"

log = logging.getLogger(__name__)


class SegmentKind(StrEnum):
    """What a segment does to what the segments before it say."""

    FACTS = "facts"
    REMOVAL = "removal"
    CONDENSED = "condensed"
    CLEARED = "cleared"


@dataclass(frozen=True)
class Segment:
    """One file of the folder. `mark` is random, but a condensed segment bears the mark of the one it
    follows."""

    path: Path
    ordinal: int
    kind: SegmentKind
    mark: str

    @property
    def starts_over(self) -> bool:
        """Whether the segments before it no longer matter."""
        return self.kind in (SegmentKind.CONDENSED, SegmentKind.CLEARED)

    def condenses(self, last: Segment) -> bool:
        """Whether it says the same as all segments up to `last`."""
        return self.kind is SegmentKind.CONDENSED and self.ordinal == last.ordinal + 1 and self.mark == last.mark


class UnreadableSegmentError(Exception):
    """A segment that is damaged or holds something else than facts."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


class SegmentFolder:
    """The folder `segments` in `root`, made when it is not there."""

    def __init__(self, root: Path) -> None:
        self._path = root / "segments"
        self._path.mkdir(parents=True, exist_ok=True)
        self._aside = root / _ASIDE
        self._ignored: frozenset[str] = frozenset()

    def segments(self) -> tuple[Segment, ...]:
        """The segments that matter, in order: from the last one that starts over."""
        found = self._all()
        start = max((place for place, held in enumerate(found) if held.starts_over), default=0)
        return tuple(found[start:])

    def token(self) -> str:
        """The name of the newest segment, "" in an empty folder."""
        return max(self._names(), default="")

    def read(self, segment: Segment) -> pa.Table:
        """A segment's rows; FileNotFoundError when it is gone, UnreadableSegmentError when it cannot be
        used."""
        schema = REMOVAL_SCHEMA if segment.kind is SegmentKind.REMOVAL else FACT_SCHEMA
        try:
            with pq.ParquetFile(segment.path) as file:
                table = file.read()
            return table.select(schema.names).cast(schema)
        except (pa.ArrowException, KeyError, ValueError) as error:
            raise UnreadableSegmentError(segment.path, str(error)) from error
        except OSError as error:
            if error.errno is not None:  # the system's trouble (gone, no permission), not the file's
                raise
            raise UnreadableSegmentError(segment.path, str(error)) from error

    def put_aside(self, path: Path, reason: str) -> None:
        """Move a file that cannot be used out of the way, and say so; where it cannot be moved, pass it
        over."""
        self._ignored |= {path.name}
        log.warning(
            "The fact store set aside %s: %s. What it held no longer counts until the facts are rebuilt from the "
            "certified submissions; the file is kept in %s.",
            path.name,
            reason,
            self._aside,
        )
        with contextlib.suppress(OSError):
            self._aside.mkdir(exist_ok=True)
            path.replace(self._aside / path.name)

    def set_aside(self) -> list[Path]:
        """The files that were moved out of the way."""
        return sorted(self._aside.iterdir()) if self._aside.is_dir() else []

    @contextlib.contextmanager
    def writing(self) -> Iterator[SegmentWriter]:
        """Take the folder for writing; others wait. What crashed writers left behind is swept first."""
        with (self._path / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._sweep()
            yield SegmentWriter(self, self._path)

    def _names(self) -> list[str]:
        with os.scandir(self._path) as entries:
            return [entry.name for entry in entries if _NAME.fullmatch(entry.name) and entry.name not in self._ignored]

    def _all(self) -> list[Segment]:
        found = []
        for name in self._names():
            if match := _NAME.fullmatch(name):
                found.append(Segment(self._path / name, int(match[1]), SegmentKind(match[2]), match[3]))
        return sorted(found, key=attrgetter("ordinal"))

    def _sweep(self) -> None:
        alive = {segment.path.name for segment in self.segments()}
        for path in self._path.iterdir():
            if path.name in alive or path.name == _LOCK or path.name in self._ignored:
                continue
            if path.name.startswith(_HALF_WRITTEN) or _NAME.fullmatch(path.name):
                path.unlink(missing_ok=True)
            else:
                self.put_aside(path, "it is not a segment of the fact store")


class SegmentWriter:
    """Adds segments; only alive while the folder is taken for writing."""

    def __init__(self, folder: SegmentFolder, path: Path) -> None:
        self._folder = folder
        self._path = path

    def add_facts(self, facts: Sequence[Fact]) -> None:
        """One new segment of facts."""
        columns = {name: [getattr(fact, name) for fact in facts] for name in FACT_SCHEMA.names}
        self._add(SegmentKind.FACTS, pa.table(columns, schema=FACT_SCHEMA))

    def add_removal(self, sources: Sequence[str]) -> None:
        """One new segment that takes sources away."""
        self._add(SegmentKind.REMOVAL, pa.table({"source": list(sources)}, schema=REMOVAL_SCHEMA))

    def add_clearing(self) -> None:
        """One new segment that says that nothing before it counts; what is before it is deleted."""
        self._add(SegmentKind.CLEARED, FACT_SCHEMA.empty_table())
        self._delete_dead()

    def wants_compaction(self) -> bool:
        """Whether there are many segments and the small ones weigh enough beside the first to be worth the
        work.
        """
        sizes = [segment.path.stat().st_size for segment in self._folder.segments()]
        many_and_heavy = len(sizes) > MANY_SEGMENTS and 4 * sum(sizes[1:]) > sizes[0]
        return many_and_heavy or len(sizes) > TOO_MANY_SEGMENTS

    def condense(self, everything: pa.Table) -> None:
        """Put all that counts into one segment, then delete those before it."""
        last = self._folder.segments()[-1]
        self._add(SegmentKind.CONDENSED, everything.cast(FACT_SCHEMA), mark=last.mark)
        self._delete_dead()

    def _add(self, kind: SegmentKind, table: pa.Table, *, mark: str = "") -> None:
        newest = max((segment.ordinal for segment in self._folder.segments()), default=0)
        own_mark = mark or secrets.token_hex(4)
        temporary = self._path / f"{_HALF_WRITTEN}{own_mark}"
        with temporary.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path / f"{newest + 1:010d}-{kind.value}-{own_mark}.parquet")
        self._make_names_durable()

    def _delete_dead(self) -> None:
        first = self._folder.segments()[0]
        for path in self._path.iterdir():
            if _NAME.fullmatch(path.name) and path.name < first.path.name:
                path.unlink(missing_ok=True)

    def _make_names_durable(self) -> None:
        descriptor = os.open(self._path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
