"""Pictures: opened within limits, turned as their camera noted, and read off."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from sanyan.engines.documents.reading.ocr import LONGEST_SIDE
from sanyan.engines.documents.reading.refusals import refusal
from sanyan.engines.documents.reading.values import ReadingLimits

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_SMALL = 1000  # pixels; smaller pictures are read better at twice their size
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError)


def frames(data: bytes, *, file_name: str, limits: ReadingLimits) -> Iterator[Image.Image]:
    """The frames of a picture in order, grey and upright; most kinds have one.

    Raises BadInputError for one that has too many pixels or is broken.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            for number in range(getattr(picture, "n_frames", 1)):
                picture.seek(number)
                _check_size(picture, file_name, limits)
                yield _prepared(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refusal("document-bomb", file_name=file_name) from error
    except _BROKEN as error:
        raise refusal("document-half-written", file_name=file_name) from error


def frame_count(data: bytes, *, file_name: str) -> int:
    """How many frames the picture has. Raises BadInputError for one that is broken."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            return int(getattr(picture, "n_frames", 1))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refusal("document-bomb", file_name=file_name) from error
    except _BROKEN as error:
        raise refusal("document-half-written", file_name=file_name) from error


def _check_size(picture: Image.Image, file_name: str, limits: ReadingLimits) -> None:
    pixels = picture.width * picture.height
    if pixels > limits.pixels:
        million = 1_000_000
        raise refusal(
            "picture-too-large",
            file_name=file_name,
            size=f"{pixels / million:.0f}",
            limit=f"{limits.pixels / million:.0f}",
        )


def _prepared(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        coloured = upright.convert("RGBA")
        upright = Image.new("RGBA", coloured.size, "white")
        upright.alpha_composite(coloured)
    grey = upright.convert("L")
    longest = max(grey.size)
    if longest > LONGEST_SIDE:
        grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    elif longest < _SMALL:
        grey = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.LANCZOS)
    return grey
