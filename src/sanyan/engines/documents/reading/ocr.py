"""Reads text off the picture of a page with tesseract (Thai and English), whichever way up the page lies."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image

from sanyan.engines.documents.reading.programs import Bounds, ProgramFailedError, run
from sanyan.engines.documents.reading.quality import Standing, standing

PROGRAM = "tesseract"
DOTS_PER_INCH = 200
LONGEST_SIDE = 4000  # pixels
_UPRIGHT_SHARE = 0.75  # of Thai that is words; measured on three fonts: 0.91 upright, 0.44 to 0.54 otherwise
_ROTATE = re.compile(rb"^Rotate: (\d+)", re.MULTILINE)
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
_SETTINGS = ("--psm", "3", "-c", "preserve_interword_spaces=1")
_BABBLE = re.compile(r"[A-Za-z]{14,}")  # a line of Thai read as Latin
_SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_TOKENS = re.compile(r"\S+")
_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True)
class OcrReading:
    """What was read, how well it stands, and by how many degrees the page had to be turned."""

    text: str
    standing: Standing
    turned: int = 0


def read_off(picture: Image.Image, *, bounds: Bounds) -> OcrReading:
    """The text of the picture of a page; one that does not lie upright is turned.

    Raises ProgramMissingError without tesseract, ProgramFailedError where it takes too long.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, turned = _read(picture, folder, bounds), 0
        best = standing(text)
        if not best.thai or best.share < _UPRIGHT_SHARE:
            for degrees in _turns_to_try(folder, bounds):
                other = _read(picture.transpose(_TURNS[degrees]), folder, bounds)
                stands = standing(other)
                if stands.known * stands.share > best.known * best.share:
                    text, turned, best = other, degrees, stands
        if _BABBLE.search(text):
            _save(picture.transpose(_TURNS[turned]) if turned else picture, folder)
            text = _with_lines_of(text, _read_as("tha", folder, bounds))
    return OcrReading(text, standing(text), turned)


def _turns_to_try(folder: Path, bounds: Bounds) -> tuple[int, ...]:
    """What tesseract takes the page's turn to be; half a turn where it cannot tell."""
    with suppress(ProgramFailedError):
        told = _ROTATE.search(
            run(PROGRAM, ("page.png", "stdout", "--psm", "0", "-l", "osd"), folder=folder, bounds=bounds)
        )
        if told:
            return (int(told[1]),) if int(told[1]) in _TURNS else ()
    return (180,)


def _read(picture: Image.Image, folder: Path, bounds: Bounds) -> str:
    _save(picture, folder)
    return _read_as("tha+eng", folder, bounds)


def _read_as(languages: str, folder: Path, bounds: Bounds) -> str:
    raw = run(PROGRAM, ("page.png", "stdout", "-l", languages, *_SETTINGS), folder=folder, bounds=bounds)
    return _cleaned(raw.decode("utf-8", "replace"))


def _with_lines_of(text: str, other: str) -> str:
    """`text` with its lines of Thai read as Latin as `other` has them, found by the lines around them."""
    lines, others = text.split("\n"), other.split("\n")
    made: list[str] = []
    for tag, start, end, from_, to in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
        if tag == "replace" and end - start == to - from_:
            made += map(_better_line, lines[start:end], others[from_:to])
        else:
            made += lines[start:end]
    return "\n".join(made)


def _better_line(line: str, other: str) -> str:
    return other if _BABBLE.search(line) and standing(other).known > standing(line).thai else line


def _save(picture: Image.Image, folder: Path) -> None:
    picture.save(folder / "page.png", dpi=(DOTS_PER_INCH, DOTS_PER_INCH), compress_level=1)


def _cleaned(text: str) -> str:
    """Sara am as one character; lines of crumbs gone, which are the upper marks of the line below read by themselves.

    Tesseract sets blank lines anywhere, so that they part nothing.
    """
    made = _SPLIT_SARA_AM.sub("\\1\u0e33", text.replace("\f", ""))
    return "\n".join(
        line.strip() for line in _LINES.sub("\n", made).split("\n") if line.strip() and not _is_crumbs(line)
    )


def _is_crumbs(line: str) -> bool:
    tokens = _TOKENS.findall(line)
    if all(token.strip(".,%()-/").isdecimal() for token in tokens):
        return False
    length = sum(map(len, tokens))
    return length == 1 or (len(tokens) > 2 and length / len(tokens) < 2.5)
