import pytest

from sanyan.interfaces.web.pages import _safe_cell


@pytest.mark.parametrize("cell", ["=1+1", "+66", "@x", "\tx", "-1+cmd|x", "-2+3+cmd|' /C calc'!A0", "-cmd", "−1+1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert _safe_cell(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-3.2", "-1,204", "-3.2 %", "−3.2", "12", "สพป.ขอนแก่น เขต 1", "–", "-๓.๒"])
def test_a_figure_stays_a_figure(cell: str) -> None:
    assert not _safe_cell(cell).startswith("'")
