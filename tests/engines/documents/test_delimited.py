import pytest

from sanyan.core.errors import BadInputError
from sanyan.engines.documents.delimited import read_delimited

ROWS = (("รหัส", "ชื่อ", "ค่า"), ("0012", "สพป.ก, เขต 1", None), ("0013", "สพม.ข", "5"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_tables_are_read_in_each_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(
        delimiter.join(f'"{value}"' if value and "," in value else value or "" for value in row) for row in ROWS
    )
    assert read_delimited(text.encode(encoding), file_name="a.csv").rows == ROWS


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"  \n", "workbook-empty"),
        (b"%PDF-1.7", "table-unreadable"),
        (b"a,b\n\x00\x01\xfc\xfd", "table-unreadable"),
        (b"x" * 2000, "workbook-too-large"),
    ],
)
def test_what_is_not_a_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read_delimited(data, file_name="a.csv", max_bytes=1000)
    assert caught.value.code == code
    assert caught.value.next_th


def test_a_table_with_too_many_cells_is_refused() -> None:
    with pytest.raises(BadInputError, match="too-many-cells"):
        read_delimited(b"1,2\n" * 100, file_name="a.csv", max_cells=50)


def test_a_table_with_more_columns_than_excel_has_is_refused() -> None:
    with pytest.raises(BadInputError, match="workbook-too-many-cells"):
        read_delimited(b",".join([b"1"] * 16_385), file_name="a.csv")
