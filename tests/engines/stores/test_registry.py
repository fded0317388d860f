from __future__ import annotations

from pathlib import Path

import pytest

from sanyan.core.errors import BadInputError
from sanyan.engines.stores.duckdb import DuckDbStore
from sanyan.engines.stores.memory import MemoryStore
from sanyan.engines.stores.registry import open_store


def test_a_store_is_opened_once_for_its_place(tmp_path: Path) -> None:
    store = open_store("duckdb", root=tmp_path)
    assert isinstance(store, DuckDbStore)
    assert open_store("duckdb", root=tmp_path) is store
    assert open_store("duckdb", root=tmp_path / "other") is not store


def test_memory_needs_no_place() -> None:
    assert isinstance(open_store("memory"), MemoryStore)


def test_an_unknown_engine_is_refused_with_the_names_that_are_known() -> None:
    with pytest.raises(BadInputError, match="oracle") as refused:
        open_store("oracle")
    assert refused.value.code == "fact-store-unknown"
    assert "duckdb" in refused.value.next_en


@pytest.mark.parametrize("name", ["duckdb", "postgres"])
def test_an_engine_without_its_place_is_refused(name: str) -> None:
    with pytest.raises(BadInputError) as refused:
        open_store(name)
    assert refused.value.code == "fact-store-homeless"
