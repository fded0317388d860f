from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.evaluate_lines import LISTED, read_lines

FIELDS = {"id": str, "text": str}


def written(folder: Path, *lines: str | bytes, name: str = "lines.jsonl") -> Path:
    path = folder / name
    data = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["lines.jsonl", "lines.jsonl.gz"])
def test_usable_lines_come_in_order_with_numbers_as_ids(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, '\ufeff{"id": 7, "text": "หนึ่ง"}', "", '{"id": "b", "text": "สอง", "more": 1}', name=name)
    lines = read_lines(path, FIELDS)
    assert [row["id"] for row in lines.rows] == ["7", "b"]
    assert lines.rows[1]["more"] == 1
    assert not lines.omissions


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "line-not-json"),
        ("[" * 100_000, "line-not-json"),
        ("[1]", "line-not-object"),
        (b'{"id": "\xff", "text": ""}', "line-not-utf8"),
        ('{"id": "\\ud800", "text": ""}', "line-not-utf8"),
        ('{"id": "b"}', "line-field-missing"),
        ('{"id": "b", "text": null}', "line-field-missing"),
        ('{"id": "b", "text": ["x"]}', "line-field-sort"),
        ('{"id": true, "text": "x"}', "line-field-sort"),
        ('{"id": "a", "text": "again"}', "line-repeated"),
    ],
)
def test_a_line_that_cannot_be_used_is_listed_with_its_number_and_reason(
    tmp_path: Path, line: str | bytes, code: str
) -> None:
    lines = read_lines(written(tmp_path, '{"id": "a", "text": "x"}', line), FIELDS, unique="id")
    assert len(lines.rows) == 1
    assert [(item.code, item.count) for item in lines.omissions] == [(code, 1)]
    assert "line 2" in lines.omissions[0].example


def test_lists_truths_and_numbers_are_checked(tmp_path: Path) -> None:
    fields = {"relevant": list, "same": bool, "part": float, "n": int}
    good: dict[str, object] = {"relevant": ["a", 2], "same": True, "part": 1, "n": 3}
    changes: list[dict[str, object]] = [{"relevant": "a"}, {"same": 1}, {"part": True}, {"n": 1.5}, {"relevant": [{}]}]
    lines = read_lines(written(tmp_path, *map(json.dumps, [good, *(good | change for change in changes)])), fields)
    assert lines.rows == ({"relevant": ["a", "2"], "same": True, "part": 1.0, "n": 3},)
    assert [item.code for item in lines.omissions] == ["line-field-sort"] * 5


def test_optional_fields_may_be_absent_but_not_of_another_sort(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": 1}', '{"id": 2, "day": null}', '{"id": 3, "day": []}')
    lines = read_lines(path, {"id": str}, optional={"day": str})
    assert [row["id"] for row in lines.rows] == ["1", "2"]
    assert lines.omissions[0].code == "line-field-sort"


def test_beyond_a_thousand_bad_lines_the_rest_are_counted(tmp_path: Path) -> None:
    lines = read_lines(written(tmp_path, '{"id": 1}', *["x"] * (LISTED + 5)), {"id": str})
    assert len(lines.omissions) == LISTED + 1
    assert sum(item.count for item in lines.omissions) == LISTED + 5


@pytest.mark.parametrize("data", [b"", b"\n \n", b"{\n[]\n"])
def test_a_file_without_a_usable_line_is_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "none.jsonl").write_bytes(data)
    with pytest.raises(BadInputError, match="evaluation-lines-none"):
        read_lines(tmp_path / "none.jsonl", FIELDS)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1}')[:-4])
    for name in ("absent.jsonl", "broken.jsonl.gz", "."):
        with pytest.raises(BadInputError, match="evaluation-file"):
            read_lines(tmp_path / name, FIELDS)


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_every_line_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = written(tmp_path_factory.mktemp("any"), '{"id": 1, "text": ""}', *data.split(b"\n"))
    lines = read_lines(path, FIELDS)
    filled = sum(bool(line.strip()) for line in path.read_bytes().split(b"\n"))
    assert len(lines.rows) + sum(item.count for item in lines.omissions) == filled
