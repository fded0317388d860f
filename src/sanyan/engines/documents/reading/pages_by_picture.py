"""Reads pages off their pictures one after another, within the time that is left for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable

from PIL import Image

from sanyan.core.signed_documents import Words
from sanyan.engines.documents.reading.ocr import OcrReading, read_off
from sanyan.engines.documents.reading.programs import Bounds, ProgramFailedError, ProgramMissingError
from sanyan.engines.documents.reading.refusals import unread
from sanyan.engines.documents.reading.values import ReadingLimits, UnreadPart


class PictureReader:
    """Keeps the time that is left, and knows once the program is missing."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._left = limits.ocr_seconds_in_all

    def read(self, picture: Callable[[], Image.Image], place: Words) -> OcrReading | UnreadPart:
        """The text of the picture, or why it was not read. `picture` is made only where there is time for it."""
        if self._left <= 0:
            return unread("ocr-no-time-left", place)
        started = time.monotonic()
        try:
            bounds = Bounds(min(self._limits.ocr_seconds, max(self._left, 1)), self._limits.memory)
            return read_off(picture(), bounds=bounds)
        except ProgramMissingError as error:
            return unread("ocr-missing", place, program=error.program)
        except ProgramFailedError as error:
            return unread("ocr-too-slow" if error.too_slow else "ocr-nothing", place)
        finally:
            self._left -= time.monotonic() - started
