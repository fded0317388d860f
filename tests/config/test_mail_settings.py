from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from sanyan.config import settings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", ("", 25, "", "", False, False)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://mail.example:2525?tls=0", ("mail.example", 2525, "", "", False, False)),
        ("smtp://me:secret@mail.example?tls=1", ("mail.example", 587, "me", "secret", True, False)),
        ("smtps://me%40here:p%3Aw%2F@mail.example", ("mail.example", 465, "me@here", "p:w/", False, True)),
    ],
)
def test_the_mail_server_is_read_from_one_address(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: tuple[str, int, str, str, bool, bool]
) -> None:
    monkeypatch.setenv("SANYAN_EMAIL_URL", url)
    held = settings._mail_server()
    assert (held.host, held.port, held.user, held.password, held.tls, held.ssl) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example:25",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example:port",
        "smtp://[mail",
        "smtp://me:pass#word@mail.example",
        "smtp://me:pass/word@mail.example",
        "smtp://mail.example?tls=yes",
        "smtp://mail.example?starttls=1",
        "smtps://mail.example?tls=1",
    ],
)
def test_another_address_stops_the_start_with_what_to_write_and_without_the_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("SANYAN_EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match=r"SANYAN_EMAIL_URL.*smtps://") as told:
        settings._mail_server()
    assert "word@mail" not in str(told.value).replace("user:password@", "")


@pytest.mark.parametrize("given", ["sanyan@example.go.th", "Sanyan <sanyan@example.go.th>", "สัญญาณ <s@example.go.th>"])
def test_mail_comes_from_an_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SANYAN_EMAIL_FROM", given)
    assert settings._mail_from(needed=True) == given


@pytest.mark.parametrize("given", ["", "nobody", "@example.go.th", "a@", "a@example.org\nBcc: b@example.org"])
def test_mail_from_nobody_stops_the_start(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SANYAN_EMAIL_FROM", given)
    with pytest.raises(ImproperlyConfigured, match="SANYAN_EMAIL_FROM"):
        settings._mail_from(needed=True)


def test_without_a_mail_server_nobody_needs_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SANYAN_EMAIL_FROM", raising=False)
    assert settings._mail_from(needed=False)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ("https://sanyan.example.go.th/", "https://sanyan.example.go.th"),
        ("http://10.0.0.1:8000", "http://10.0.0.1:8000"),
        ("https://example.go.th/sanyan/", "https://example.go.th/sanyan"),
    ],
)
def test_the_site_says_its_own_address(monkeypatch: pytest.MonkeyPatch, given: str, expected: str) -> None:
    monkeypatch.setenv("SANYAN_PUBLIC_URL", given)
    assert settings._public_url() == expected


@pytest.mark.parametrize(
    "given",
    ["sanyan.example.go.th", "ftp://example.org", "https://", "https://a.example/?x=1", "https://a b", "http://["],
)
def test_what_is_no_address_of_a_site_stops_the_start(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SANYAN_PUBLIC_URL", given)
    with pytest.raises(ImproperlyConfigured, match="SANYAN_PUBLIC_URL"):
        settings._public_url()
