"""Whatever the facts and whatever the question, DuckDB answers as the reference does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.indicators.definitions import AnswerState, Rollup
from sanyan.engines.stores.base import FACT_DIMENSIONS, CubeQuery, Fact, Measure, Table
from sanyan.engines.stores.duckdb import DuckDbStore
from sanyan.engines.stores.memory import MemoryStore

figures = st.none() | st.floats(-1e6, 1e6, allow_subnormal=False) | st.integers(0, 10**9) | st.just(math.nan)
rules = st.sampled_from([(rollup.value, per) for rollup in Rollup for per in (1.0, 100.0)])
FEW: dict[str, list[Any]] = {
    "framework": ["obec", "mi"],
    "round": ["2566-09", "2567-09", "2568-06", "2568-09"],
    "practice": [False, True],
    "organisation": ["2001", "2002", "น่าน"],
    "kind": ["area", "school"],
    "area_type": ["primary", "secondary"],
    "region": ["9", "10"],
    "province": ["ชลบุรี", "O'Brien"],
    "policy_area": ["p1", "p2"],
    "indicator": ["a", "ข%"],
    "disaggregation": ["", "sex=f"],
    "state": [state.value for state in AnswerState],
    "origin": ["web", "panel"],
}


@st.composite
def fact(draw: st.DrawFn) -> Fact:
    rollup, per = draw(rules)
    dimensions = {name: draw(st.sampled_from(values)) for name, values in FEW.items()}
    return Fact(
        **dimensions,
        rollup=rollup,
        per=per,
        numerator=draw(figures),
        denominator=draw(figures),
        value=draw(figures),
        source=draw(st.sampled_from(["s1", "s2", "s3"])),
        sequence=draw(st.integers(1, 3)),
    )


@st.composite
def question(draw: st.DrawFn) -> CubeQuery:
    dimensions = {*draw(st.lists(st.sampled_from(FACT_DIMENSIONS), max_size=3)), "indicator", "round"}
    filtered = draw(st.lists(st.sampled_from(sorted(FEW)), max_size=2, unique=True))
    return CubeQuery(
        measures=tuple(draw(st.lists(st.sampled_from(list(Measure)), min_size=1, unique=True))),
        dimensions=tuple(draw(st.permutations(sorted(dimensions)))),
        filters=tuple((n, tuple(draw(st.lists(st.sampled_from(FEW[n]), unique=True)))) for n in filtered),
        compare_years=draw(st.integers(0, 2)),
    )


@pytest.fixture(scope="module")
def duckdb_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDbStore]:
    store = DuckDbStore(tmp_path_factory.mktemp("facts"))
    yield store
    store.close()


@settings(deadline=None, max_examples=40)
@given(batches=st.lists(st.lists(fact(), max_size=25), max_size=3), asked=st.lists(question(), max_size=3))
def test_duckdb_answers_as_memory_does(
    duckdb_store: DuckDbStore, batches: list[list[Fact]], asked: list[CubeQuery]
) -> None:
    duckdb_store.clear()
    memory = MemoryStore()
    for batch in batches:
        duckdb_store.append(batch)
        memory.append(batch)
    assert duckdb_store.facts() == memory.facts()
    assert duckdb_store.latest() == memory.latest()
    for one in asked:
        assert_same(duckdb_store.query(one), memory.query(one))


def assert_same(left: Table, right: Table) -> None:
    assert left.columns == right.columns
    assert len(left.rows) == len(right.rows)
    for row, other in zip(left.rows, right.rows, strict=True):
        for cell, expected in zip(row, other, strict=True):
            if isinstance(expected, float) and not isinstance(cell, str | bool | None):
                assert math.isclose(cell, expected, rel_tol=1e-9, abs_tol=1e-6), (row, other)  # type: ignore[arg-type]
            else:
                assert cell == expected, (row, other)
