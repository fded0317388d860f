"""Files that evaluation reads and writes: what cannot be is told, with the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.evaluate_files import read_spec, read_table, write_rows

MERGED = "a0: &a0 {k: 1, l: 2}\n" + "".join(
    f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}\n" for level in range(1, 10)
)


@pytest.mark.parametrize(
    "text",
    [
        "a: [1",
        "# " + "x" * 1024 * 1024,
        "unit: 2015-99-99",
        "a: " + "[" * 3000 + "]" * 3000,
        "n: " + "9" * 5000,
        MERGED,
    ],
    ids=["not-closed", "too-large", "no-such-day", "too-deep", "too-long-a-number", "merged-without-end"],
)
def test_a_specification_that_is_no_good_yaml_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        read_spec(path)
    assert caught.value.code == "evaluation-spec"
    assert caught.value.place == "spec.yaml"


def test_a_specification_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(BadInputError):
        read_spec(path)


@pytest.mark.parametrize("read", [read_spec, read_table])
def test_a_file_that_is_not_there_or_is_a_folder_is_told_with_the_next_step(tmp_path: Path, read: object) -> None:
    assert callable(read)
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(BadInputError) as caught:
            read(path)
        assert caught.value.code == "evaluation-file"
        assert caught.value.next_th
        assert caught.value.next_en


def test_a_result_that_cannot_be_written_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("kept", encoding="utf-8")
    for path in (file / "out.csv", tmp_path):
        with pytest.raises(BadInputError) as caught:
            write_rows(path, ("a",), [[1]])
        assert caught.value.code == "evaluation-out"
    assert [held.name for held in tmp_path.iterdir()] == ["file"]


def test_a_result_that_breaks_off_leaves_the_earlier_one(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    write_rows(out, ("a",), [[1.5], [None]])
    with pytest.raises(ZeroDivisionError):
        write_rows(out, ("a",), ([1 / number] for number in (1, 0)))
    assert out.read_text(encoding="utf-8") == 'a\n1.5\n""\n'
    assert [held.name for held in tmp_path.iterdir()] == ["out.csv"]
