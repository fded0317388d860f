"""Reporting rounds: a fiscal year in the Buddhist era and a month of it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

BUDDHIST_ERA = 543
FIRST_MONTH_OF_FISCAL_YEAR = 10

_KEY = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class RoundKey:
    """A cumulative reporting round, e.g. month 9 of fiscal year B.E. 2568.

    `fiscal_year` is in the Buddhist era (2568 runs from 1 October 2024 to 30 September 2025);
    `month` counts from 1 (October) to 12 (September). Ordered by time.
    """

    fiscal_year: int
    month: int

    def __post_init__(self) -> None:
        """Raise ValueError for a month outside 1-12 or a year that is not in the Buddhist era."""
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month} is not within 1-12")
        if not 2400 <= self.fiscal_year <= 2700:
            raise ValueError(f"fiscal year {self.fiscal_year} is not in the Buddhist era")

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> RoundKey:
        """Read the form that `str()` writes, "2568-09"; raise ValueError for any other."""
        match = _KEY.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a round such as 2568-09")
        return cls(int(match[1]), int(match[2]))

    @property
    def starts_on(self) -> date:
        """First day of the fiscal year, which every round of it counts from."""
        return date(self.fiscal_year - BUDDHIST_ERA - 1, FIRST_MONTH_OF_FISCAL_YEAR, 1)

    @property
    def data_until(self) -> date:
        """Last day whose data the round holds."""
        months = FIRST_MONTH_OF_FISCAL_YEAR - 1 + self.month - 1
        year, month = self.starts_on.year + months // 12, months % 12 + 1
        return date(year, month, calendar.monthrange(year, month)[1])

    @property
    def same_last_year(self) -> RoundKey:
        """The round to compare with: rounds are cumulative, so month 9 goes with month 9."""
        return RoundKey(self.fiscal_year - 1, self.month)


def fiscal_year_of(day: date) -> int:
    """Fiscal year (Buddhist era) that holds `day`; the year turns on 1 October."""
    return day.year + BUDDHIST_ERA + (day.month >= FIRST_MONTH_OF_FISCAL_YEAR)
