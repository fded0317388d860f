"""Reads text off the picture of a page with tesseract (Thai and English), whichever way up the page lies."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from sanyan.engines.documents.reading.programs import Bounds, ProgramFailedError, run
from sanyan.engines.documents.reading.quality import Standing, standing

PROGRAM = "tesseract"
DOTS_PER_INCH = 200
LONGEST_SIDE = 4000  # pixels
_UPRIGHT_SHARE = 0.75  # of an upright page's Thai at least so much is words; measured: upside down 0.2 to 0.5
_ROTATE = re.compile(rb"^Rotate: (\d+)", re.MULTILINE)
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
_SETTINGS = ("-l", "tha+eng", "--psm", "3", "-c", "preserve_interword_spaces=1")
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
        best = _read(picture, folder, bounds)
        if best.standing.thai and best.standing.share >= _UPRIGHT_SHARE:
            return best
        for degrees in _turns_to_try(picture, folder, bounds):
            turned = _read(picture.transpose(_TURNS[degrees]), folder, bounds)
            if turned.standing.known * turned.standing.share > best.standing.known * best.standing.share:
                best = OcrReading(turned.text, turned.standing, degrees)
    return best


def _turns_to_try(picture: Image.Image, folder: Path, bounds: Bounds) -> tuple[int, ...]:
    """What tesseract takes the page's turn to be; half a turn where it cannot tell."""
    _save(picture, folder)
    with suppress(ProgramFailedError):
        told = _ROTATE.search(
            run(PROGRAM, ("page.png", "stdout", "--psm", "0", "-l", "osd"), folder=folder, bounds=bounds)
        )
        if told:
            return (int(told[1]),) if int(told[1]) in _TURNS else ()
    return (180,)


def _read(picture: Image.Image, folder: Path, bounds: Bounds) -> OcrReading:
    _save(picture, folder)
    raw = run(PROGRAM, ("page.png", "stdout", *_SETTINGS), folder=folder, bounds=bounds)
    text = _cleaned(raw.decode("utf-8", "replace"))
    return OcrReading(text, standing(text))


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
