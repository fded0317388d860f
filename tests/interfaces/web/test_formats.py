from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _thai() -> Iterator[None]:
    with translation.override("th"):
        formats.choose_digits(thai=False)
        yield
        formats.choose_digits(thai=False)


def test_a_percent_has_one_decimal() -> None:
    assert formats.percent(85.34) == f"85.3{NBSP}%"


def test_a_count_has_separators() -> None:
    assert formats.count(29084) == "29,084"


def test_a_missing_figure_is_a_dash_and_never_zero() -> None:
    assert formats.percent(None) == formats.count(None) == formats.plain(float("nan")) == "–"


def test_zero_is_shown_as_zero() -> None:
    assert formats.count(0) == "0"


def test_a_value_that_rounds_to_zero_has_no_minus_sign() -> None:
    assert formats.number(-0.01) == "0.0"


def test_thai_digits_are_written_when_the_reader_chose_them() -> None:
    formats.choose_digits(thai=True)
    assert formats.percent(85.3) == f"๘๕.๓{NBSP}%"
    assert formats.day(date(2025, 7, 2)) == "๒ กรกฎาคม ๒๕๖๘"


def test_thai_digits_are_not_written_in_english() -> None:
    formats.choose_digits(thai=True)
    with translation.override("en"):
        assert formats.count(1200) == "1,200"


def test_dates_are_in_the_buddhist_era_in_thai_and_the_common_era_in_english() -> None:
    day = date(2025, 7, 2)
    assert formats.day(day) == "2 กรกฎาคม 2568"
    assert formats.day_short(day).replace(NBSP, " ") == "2 ก.ค. 68"
    with translation.override("en"):
        assert formats.day(day) == "2 July 2025"


def test_a_moment_is_in_bangkok_time() -> None:
    at = datetime(2025, 7, 1, 20, 2, tzinfo=UTC)
    assert formats.moment(at).replace(NBSP, " ") == "2 ก.ค. 68 03:02 น."


def test_a_round_is_named_by_fiscal_year_and_month() -> None:
    assert formats.round_name(RoundKey(2568, 9)) == "ปีงบประมาณ 2568 · รอบ 9 เดือน"


@pytest.mark.parametrize(
    ("change", "improved", "said"),
    [
        (3.2, True, "ดีขึ้น 3.2 จุด"),
        (-3.2, False, "อ่อนลง 3.2 จุด"),
        (-3.2, True, "ดีขึ้น 3.2 จุด"),
        (3.2, None, "เพิ่มขึ้น 3.2 จุด"),
        (0.01, True, "เท่าเดิม"),
        (None, None, "–"),
    ],
)
def test_a_change_is_told_in_words(change: float | None, improved: bool | None, said: str) -> None:
    assert formats.change_words(change, improved, "ร้อยละ").replace(NBSP, " ") == said


def test_a_level_is_named_before_its_number() -> None:
    assert formats.measured(4, "ระดับ", 0) == f"ระดับ{NBSP}4"


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_written_number_reads_back_to_what_was_rounded(value: float) -> None:
    read = float(formats.number(value).replace(",", "").replace("\u2212", "-"))
    assert abs(read - value) <= 0.05 + abs(value) * 1e-12
