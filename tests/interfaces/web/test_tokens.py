from __future__ import annotations

import re

import pytest

from sanyan.interfaces.web.translations import WEB

CSS = (WEB / "static" / "sanyan" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = CSS.split("@media (prefers-color-scheme: dark)")
TEXT_ON = [
    ("ink", "paper"),
    ("ink-soft", "paper"),
    ("ink-faint", "paper"),
    ("ink-faint", "paper-sunk"),
    ("accent", "paper"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("met-ink", "met-soft"),
    ("watch-ink", "watch-soft"),
    ("help-ink", "help-soft"),
    ("none-ink", "none-soft"),
    ("on-met", "met"),
    ("on-watch", "watch"),
    ("on-help", "help"),
]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT_ON)
def test_text_stands_out_from_what_it_is_written_on(theme: str, ink: str, paper: str) -> None:
    held = colours(LIGHT) if theme == "light" else colours(LIGHT) | colours(DARK)
    lighter, darker = sorted((luminance(held[ink]), luminance(held[paper])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_only_the_tokens_name_colours() -> None:
    for path in (WEB / "static" / "sanyan").glob("*.css"):
        if path.name in ("tokens.css", "print.css"):
            continue
        found = [c for c in re.findall(r"#[0-9a-f]{3,6}\b", path.read_text(encoding="utf-8")) if c != "#1a1a24"]
        assert found == [], path.name
