"""Practice workbooks written and read back in other processes, which is why nothing here knows of Django."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.forms.workbook_reading import WorkbookReading
from sanyan.core.forms.workbook_words import Role
from sanyan.core.indicators.definitions import Framework
from sanyan.core.practice.areas import PracticeArea
from sanyan.core.practice.world import World, build_world
from sanyan.core.rounds import RoundKey
from sanyan.engines.documents.workbooks import FormContext, fill_workbook, parse_workbook

PROCESSES = 2
CHUNK = 8


@dataclass(frozen=True)
class WorldPlan:
    """Everything a process needs to make the same world."""

    framework: Framework
    version: int
    areas: tuple[PracticeArea, ...]
    rounds: tuple[RoundKey, ...]
    seed: int
    scale: float

    def world(self) -> World:
        return build_world(
            self.framework, self.areas, self.rounds, seed=self.seed, scale=self.scale, version=self.version
        )


@dataclass(frozen=True)
class MadeWorkbook:
    """A workbook that was written (or None where nothing was handed in) and, when asked, read back."""

    area: str
    round: RoundKey
    file_name: str = ""
    size: int = 0
    sha256: str = ""
    reading: WorkbookReading | None = None


@dataclass
class _Bench:
    """What one process keeps between pieces of work."""

    plan: WorldPlan
    world: World


_bench: list[_Bench] = []


def make_workbooks(
    plan: WorldPlan, key: RoundKey, codes: Sequence[str], *, folder: Path, read_back: bool
) -> Iterator[MadeWorkbook]:
    """Write the workbook of each area for a round into `folder`, in order; read each back where asked."""
    with workshop(plan) as pool:
        yield from pool.round(key, codes, folder=folder, read_back=read_back)


class workshop:  # noqa: N801  # used as a context manager, like a function
    """A pool of processes that know the plan."""

    def __init__(self, plan: WorldPlan) -> None:
        self._pool = ProcessPoolExecutor(
            PROCESSES, mp_context=get_context("spawn"), initializer=_begin, initargs=(plan,)
        )

    def __enter__(self) -> workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def round(self, key: RoundKey, codes: Sequence[str], *, folder: Path, read_back: bool) -> Iterator[MadeWorkbook]:
        """The workbooks of a round, in the order of `codes`, as they are finished."""
        target = folder / str(key)
        target.mkdir(parents=True, exist_ok=True)
        chunks = [codes[start : start + CHUNK] for start in range(0, len(codes), CHUNK)]
        jobs = [self._pool.submit(_make_chunk, key, chunk, target, read_back) for chunk in chunks]
        for job in jobs:
            yield from job.result()


def _begin(plan: WorldPlan) -> None:
    _bench.append(_Bench(plan, plan.world()))


def _make_chunk(key: RoundKey, codes: Sequence[str], folder: Path, read_back: bool) -> list[MadeWorkbook]:
    bench = _bench[0]
    return [_make(bench, key, code, folder, read_back) for code in codes]


def _make(bench: _Bench, key: RoundKey, code: str, folder: Path, read_back: bool) -> MadeWorkbook:
    report = bench.world.report(code, key)
    if report is None or not report.filled.answers:
        return MadeWorkbook(code, key)
    area = next(area for area in bench.plan.areas if area.code == code)
    context = FormContext(
        framework=bench.plan.framework,
        version=bench.plan.version,
        round_key=key,
        organisation_code=code,
        organisation_name=area.name_th,
        area_type=area.area_type,
        practice=True,
    )
    typed = {(cell.indicator, Role(cell.field)): cell.text for cell in report.raw_cells}
    data = fill_workbook(context, report=report.filled, last=_last(bench, code, key), typed=typed)
    path = folder / f"{code}.xlsx"
    path.write_bytes(data)
    reading = parse_workbook(data, file_name=path.name, context=context) if read_back else None
    return MadeWorkbook(code, key, path.name, len(data), sha256(data).hexdigest(), reading)


def _last(bench: _Bench, code: str, key: RoundKey) -> dict[str, FilledAnswer]:
    earlier = [other for other in bench.plan.rounds if other < key]
    before = bench.world.report(code, max(earlier)) if earlier else None
    return {answer.indicator: answer for answer in before.filled.answers} if before else {}
