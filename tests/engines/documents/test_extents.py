from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.engines.documents.extents import shared_text_is_heavy, sheet_extent

PLAIN = '<worksheet xmlns="urn:x">{}</worksheet>'
PREFIXED = '<x:worksheet xmlns:x="urn:x">{}</x:worksheet>'

cells = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "Z", "AA", "XFD"]), st.integers(1, 99), st.sampled_from(["", "1"]), st.booleans()
    )
)


def sheet(form: str, prefix: str, given_cells: list[tuple[str, int, str, bool]]) -> bytes:
    written = []
    for column, row, value, styled in given_cells:
        style = ' s="3"' if styled else ""
        held = f"><{prefix}v>{value}</{prefix}v></{prefix}c>" if value else "/>"
        written.append(f'<{prefix}row r="{row}"><{prefix}c r="{column}{row}"{style}{held}</{prefix}row>')
    return form.format("".join(written)).encode()


@settings(deadline=None)
@given(cells)
def test_a_sheet_reaches_as_far_whichever_way_its_cells_are_looked_through(
    given_cells: list[tuple[str, int, str, bool]],
) -> None:
    quick = sheet_extent(sheet(PLAIN, "", given_cells), enough=1000)
    exact = sheet_extent(sheet(PREFIXED, "x:", given_cells), enough=1000)
    assert quick == exact


def test_one_cell_that_is_written_otherwise_is_not_overlooked() -> None:
    for odd in ('<c\tr="Z99"><v>1</v></c>', '<c s="1" r="Z99"><v>1</v></c>', '<c  r="Z99"><v>1</v></c>'):
        xml = PLAIN.format(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="99">{odd}</row>').encode()
        assert sheet_extent(xml, enough=1000) == (99, 26)


def test_a_cell_without_a_place_stands_behind_the_one_before() -> None:
    xml = PLAIN.format('<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row>').encode()
    assert sheet_extent(xml, enough=1000) == (3, 3)


def test_a_long_text_that_many_cells_point_to_is_heavy_and_a_short_one_is_not() -> None:
    cells_of_one_text = b'<c t="s"><v>0</v></c>' * 2000
    assert shared_text_is_heavy(b"<si><t>" + b"x" * 100_000 + b"</t></si>", [cells_of_one_text])
    assert not shared_text_is_heavy(b"<si><t>" + b"x" * 1000 + b"</t></si>", [cells_of_one_text])
