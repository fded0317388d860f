"""Compile the catalogues (.po to .mo) without gettext's tools: `python -m sanyan.interfaces.web.translations`.

Also lists the messages that templates and code use, so that a test can ask for a translation of each.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

WEB = Path(__file__).resolve().parent
LOCALE = WEB / "locale"
_MARKED = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy", "_n"})
_TAG = re.compile(r"\{%-?\s*(?P<body>.*?)\s*-?%\}", re.DOTALL)
_QUOTED = re.compile(r"""_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")
_TRANSLATE = re.compile(r"""^(?:translate|trans)\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


@dataclass(frozen=True)
class Message:
    """One entry of a catalogue. `plural` is empty for a message without forms."""

    text: str
    plural: str
    translations: tuple[str, ...]
    context: str = ""

    @property
    def key(self) -> str:
        head = f"{self.context}\x04{self.text}" if self.context else self.text
        return f"{head}\x00{self.plural}" if self.plural else head


def read_catalogue(text: str) -> list[Message]:
    """Read a .po file; raise ValueError at a line that is not part of one."""
    messages = []
    for block in re.split(r"\n\s*\n", text.strip()):
        parts: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            found = re.match(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(".*")\s*$', line)
            if found is None or not (found[1] or current):
                raise ValueError(f"not a line of a catalogue: {line!r}")
            current = found[1] or current
            parts[current] = parts.get(current, "") + ast.literal_eval(found[2])
        if "msgid" in parts:
            strings = tuple(parts[name] for name in sorted(parts) if name.startswith("msgstr"))
            messages.append(Message(parts["msgid"], parts.get("msgid_plural", ""), strings, parts.get("msgctxt", "")))
    return messages


def compiled(messages: Iterable[Message]) -> bytes:
    """The bytes of a .mo file: untranslated messages are left out, so that they fall back to the source."""
    pairs = sorted(
        (message.key.encode(), "\x00".join(message.translations).encode())
        for message in messages
        if all(message.translations) and message.translations
    )
    keys = b"".join(key + b"\x00" for key, _ in pairs)
    start = 28 + 16 * len(pairs)
    key_table, value_table, at_key, at_value = [], [], start, start + len(keys)
    for key, value in pairs:
        key_table += [len(key), at_key]
        value_table += [len(value), at_value]
        at_key += len(key) + 1
        at_value += len(value) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    tables = struct.pack(f"<{4 * len(pairs)}I", *key_table, *value_table)
    return head + tables + keys + b"".join(value + b"\x00" for _, value in pairs)


def compile_all(root: Path = LOCALE) -> list[Path]:
    """Write a .mo beside each .po that is newer than it; return those written."""
    written = []
    for source in sorted(root.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.write_bytes(compiled(read_catalogue(source.read_text(encoding="utf-8"))))
            written.append(target)
    return written


def used_messages(root: Path = WEB) -> dict[str, str]:
    """Every message that a template or module of the pages marks, with the file that uses it."""
    used: dict[str, str] = {}
    for path in sorted(root.rglob("*.html")):
        for text in _in_template(path.read_text(encoding="utf-8")):
            used.setdefault(text, path.name)
    for path in sorted(root.rglob("*.py")):
        for text in _in_module(path.read_text(encoding="utf-8")):
            used.setdefault(text, path.name)
    return used


def _in_module(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in _MARKED:
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        yield from texts[1:2] if name.startswith("pgettext") else texts[:1]


def _in_template(source: str) -> Iterator[str]:
    block: list[str] | None = None
    trimmed = False
    at = 0
    for found in _TAG.finditer(source):
        body = found["body"]
        if block is not None:
            block.append(source[at : found.start()])
            if body.startswith(("endblocktranslate", "plural")):
                yield _block_text("".join(block), trimmed=trimmed)
                block = [] if body.startswith("plural") else None
        elif body.startswith("blocktranslate"):
            block, trimmed = [], "trimmed" in body.split()
        else:
            simple = _TRANSLATE.match(body)
            if simple:
                yield _as_looked_up(simple[1])
        at = found.end()
    for quoted in _QUOTED.finditer(source):
        yield _as_looked_up(quoted[1])


def _as_looked_up(quoted: str) -> str:
    """The message of a template's string: Django doubles the percent sign before it asks."""
    return str(ast.literal_eval(quoted)).replace("%", "%%")


def _block_text(text: str, *, trimmed: bool) -> str:
    text = re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", text.replace("%", "%%"))
    return " ".join(line.strip() for line in text.strip().splitlines()) if trimmed else text


if __name__ == "__main__":
    for file in compile_all():
        sys.stdout.write(f"{file}\n")
