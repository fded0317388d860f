"""What the environment says, read once. What cannot be used stops the start with a paragraph of help."""

from __future__ import annotations

import os
from urllib.parse import urlparse

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, *, default: bool) -> bool:
    """A switch: 1 or 0, yes or no."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "0", "1", "false", "true", "no", "yes"):
        return default if value == "" else value in ("1", "true", "yes")
    raise ImproperlyConfigured(f"{name}={value!r} is not a switch. Set it to 1 or 0, or leave it out ({int(default)}).")


def one_of(name: str, *, default: str, choices: tuple[str, ...]) -> str:
    """One of a few words."""
    value = os.environ.get(name, "").strip() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} is unknown. Set it to one of: {', '.join(choices)}.")
    return value


def server_address(name: str) -> str:
    """The base address of a server of models, such as http://127.0.0.1:8080/v1; empty where none is named."""
    given = os.environ.get(name, "").strip().rstrip("/")
    try:
        parts = urlparse(given)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        is_whole = False
    if given and not is_whole:
        raise ImproperlyConfigured(
            f"{name} must look like http://127.0.0.1:8080/v1. Leave it out to use no such server."
        )
    return given


def number(name: str, *, default: float | None, least: float) -> float | None:
    """A number of at least `least`."""
    given = os.environ.get(name, "").strip()
    try:
        value = float(given) if given else default
    except ValueError:
        value = float("nan")
    if value is not None and not least <= value < float("inf"):
        raise ImproperlyConfigured(f"{name}={given!r} is not a number of {least:g} or more. Leave it out ({default}).")
    return value
