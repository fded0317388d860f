"""What the picture of hit rates is titled."""

from __future__ import annotations

import pytest

from sanyan.apps.signals.queries import Precision, PrecisionRow
from sanyan.core.signed_documents import Words
from sanyan.core.stats.intervals import wilson
from sanyan.interfaces.web.figures.precision import calibration_chart


@pytest.mark.parametrize(
    ("settled", "came", "title"),
    [
        (2000, 1540, "ตรงกับที่เกิดขึ้นจริง"),
        (2000, 1400, "เตือนแรงกว่า"),
        (2000, 1780, "บ่อยกว่าที่เตือน"),
        (10, 7, "ตรงกับที่เกิดขึ้นจริง"),
    ],
)
def test_a_level_is_called_too_strong_only_where_the_gap_is_worth_saying(settled: int, came: int, title: str) -> None:
    share = wilson(came, settled)
    row = PrecisionRow("late", Words("ก", "a"), "high", settled, settled, came, share, 0.8, 6.0, {})
    chart = calibration_chart(Precision((row,), None, settled), is_practice=False)
    assert chart is not None
    assert title in chart.title
