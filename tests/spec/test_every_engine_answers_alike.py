from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.spec.cube_language import CubeSpec, facts_of, play, rows_of
from tests.spec.cube_specs import SPECS
from tests.spec.render import PATH, rendered

from sanyan.engines.stores.base import CubeQuery, FactStore
from sanyan.engines.stores.duckdb import DuckDbStore
from sanyan.engines.stores.memory import MemoryStore
from sanyan.engines.stores.postgres import PostgresStore

ENGINES = ("memory", "duckdb", "postgres")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactStore]:
    if request.param == "memory":
        yield MemoryStore()
        return
    if request.param == "duckdb":
        store: DuckDbStore | PostgresStore = DuckDbStore(tmp_path_factory.mktemp("facts"))
    else:
        store = PostgresStore(request.getfixturevalue("postgres_url"), table="spec_facts")
    yield store
    store.close()


@pytest.fixture
def store(engine: FactStore) -> FactStore:
    engine.clear()
    return engine


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.title)
def test_the_engine_answers_as_the_spec_says(store: FactStore, spec: CubeSpec) -> None:
    play(spec, store)
    answer = store.query(spec.question)
    assert answer.columns == spec.question.columns
    expected = [
        tuple(_expected(spec.question, name, text) for name, text in row.items()) for row in rows_of(spec.answer)
    ]
    assert [tuple(row) for row in answer.rows] == [tuple(map(_near, row)) for row in expected]


def test_facts_come_back_as_they_were_given_and_sorted(store: FactStore) -> None:
    given = facts_of(
        """
        organisation | indicator | round   | practice | disaggregation | numerator | denominator | value
        2002         | a         | 2568-09 | no       |                | 1         | 3           | 33.3
        2001         | b         | 2568-09 | yes      | sex=f          |           |             |
        2001         | b         | 2567-09 | no       |                | 0         | 2           | 0
        """
    )
    store.append(given)
    assert store.facts() == [given[2], given[1], given[0]]
    assert store.facts((("round", ("2568-09",)), ("practice", (True,)))) == [given[1]]
    assert store.facts((("organisation", ()),)) == []


def test_latest_tells_the_sequence_that_counts(store: FactStore) -> None:
    store.append(facts_of("source | sequence | value\ns1 | 2 | 1\ns2 | 1 | 1"))
    store.append(facts_of("source | sequence | value\ns1 | 1 | 1\ns2 | 5 | 1"))
    assert store.latest() == {"s1": 2, "s2": 5}


def test_the_version_changes_with_what_counts_and_only_then(store: FactStore) -> None:
    seen = [store.version()]
    store.append(facts_of("source | value\ns1 | 1"))
    seen.append(store.version())
    store.remove_sources(["s1"])
    seen.append(store.version())
    store.clear()
    seen.append(store.version())
    assert len(set(seen)) == len(seen)
    store.query(SPECS[0].question)
    store.append([])
    assert store.version() == seen[-1]


def test_clearing_forgets_everything(store: FactStore) -> None:
    store.append(facts_of("source | value\ns1 | 1"))
    store.clear()
    assert store.facts() == []
    assert store.latest() == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"measures": ("value",), "dimensions": ("region",)},
        {"measures": (), "dimensions": ("region",)},
        {"measures": ("reported",), "dimensions": ("colour",)},
        {"measures": ("reported",), "filters": (("colour", ("red",)),)},
        {"measures": ("reported",), "dimensions": ("region",), "compare_years": 1},
    ],
)
def test_a_question_without_an_honest_answer_is_refused(wrong: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValueError):
        CubeQuery(**wrong)  # type: ignore[arg-type]


def test_the_reference_is_current() -> None:
    assert Path(PATH).read_text(encoding="utf-8") == rendered(), "run: python -m tests.spec.render"


def _expected(question: CubeQuery, name: str, text: str) -> object:
    if name == "practice":
        return text == "yes"
    if name in question.dimensions:
        return text
    return float(text) if text else None


def _near(value: object) -> object:
    if isinstance(value, float):
        assert math.isfinite(value)
        return pytest.approx(value, rel=1e-12)
    return value
