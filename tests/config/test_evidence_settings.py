from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from sanyan.config import settings


@pytest.mark.parametrize(("given", "expected"), [("", 20), ("1", 1), (" 50 ", 50), ("200", 200)])
def test_the_largest_file_of_evidence_is_read_in_megabytes(
    monkeypatch: pytest.MonkeyPatch, given: str, expected: int
) -> None:
    monkeypatch.setenv("SANYAN_EVIDENCE_LIMIT_MB", given)
    assert settings._evidence_limit() == expected


@pytest.mark.parametrize("given", ["0", "-1", "201", "2.5", "20MB", "ยี่สิบ", "๒๐"])
def test_what_is_no_size_stops_the_start_with_what_to_write(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SANYAN_EVIDENCE_LIMIT_MB", given)
    with pytest.raises(ImproperlyConfigured, match="whole megabytes from 1 to 200"):
        settings._evidence_limit()
