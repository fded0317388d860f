"""PDF: the text of the file where it is good, read off the picture of the page where it is not (poppler, tesseract)."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from sanyan.core.errors import BadInputError
from sanyan.engines.documents.reading.ink import PageBoxes, boxes_of, has_ink, hidden_lines, without_lines
from sanyan.engines.documents.reading.ocr import DOTS_PER_INCH, LONGEST_SIDE, OcrReading
from sanyan.engines.documents.reading.pages_by_picture import PictureReader
from sanyan.engines.documents.reading.programs import Bounds, ProgramFailedError, ProgramMissingError, run
from sanyan.engines.documents.reading.quality import REPAIRED_SHARE, share_after_repair, standing
from sanyan.engines.documents.reading.refusals import page_place, refusal, unread
from sanyan.engines.documents.reading.values import HiddenText, How, PageText, Reading, ReadingLimits, UnreadPart

Progress = Callable[[int, int], None]

_FILE = "document.pdf"
_PAGES = re.compile(rb"^Pages:\s+(\d+)", re.MULTILINE)
_GLANCE = 1000  # pixels of the longest side: enough to see whether there is ink
_AT_ONCE = 20  # pages glanced at by one run
_LITTLE = 100  # characters; a page with less may be a picture with a line of text
_CLEARLY_BETTER = 0.03
_READ_WELL = 0.75
_MUCH_INK = 0.005  # of a page
_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class _Glance:
    """What a page looks like: its lines and a small picture; None where it could not be had."""

    boxes: PageBoxes | None = None
    picture: Image.Image | None = None


def read_pdf(data: bytes, *, file_name: str, limits: ReadingLimits, progress: Progress | None = None) -> Reading:
    """The pages of a PDF. Raises BadInputError for one with a password, broken, or where poppler is missing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / _FILE).write_bytes(data)
        return _Pdf(folder, file_name, limits).read(progress)


class _Pdf:
    def __init__(self, folder: Path, file_name: str, limits: ReadingLimits) -> None:
        self._folder, self._file_name, self._limits = folder, file_name, limits
        self._bounds = Bounds(limits.seconds, limits.memory)
        self._pictures = PictureReader(limits)

    def read(self, progress: Progress | None) -> Reading:
        count = self._count()
        last = min(count, self._limits.pages)
        pages: list[PageText] = []
        unreads: list[UnreadPart] = []
        layers = self._layers(last)
        for number, glance in enumerate(self._glances(last), start=1):
            page, left = self._page(number, layers[number - 1], glance)
            pages += [page] if page is not None else []
            unreads += [left] if left is not None else []
            if progress is not None:
                progress(number, last)
        if count > last:
            unreads.append(unread("page-beyond-limit", page_place(last + 1, count), limit=str(last)))
        return Reading(tuple(pages), tuple(unreads))

    def _count(self) -> int:
        try:
            told = _PAGES.search(self._run("pdfinfo", _FILE))
        except ProgramMissingError as error:
            raise refusal("document-program-missing", file_name=self._file_name, program="poppler") from error
        except ProgramFailedError as error:
            raise self._refusal_of(error) from error
        if told is None or int(told[1]) < 1:
            raise refusal("document-half-written", file_name=self._file_name)
        return int(told[1])

    def _refusal_of(self, error: ProgramFailedError) -> BadInputError:
        if "Incorrect password" in error.message or "encrypt" in error.message.lower():
            return refusal("document-encrypted", file_name=self._file_name)
        code = "document-too-slow" if error.too_slow else "document-half-written"
        return refusal(code, file_name=self._file_name)

    def _run(self, program: str, *arguments: str) -> bytes:
        return run(program, arguments, folder=self._folder, bounds=self._bounds)

    def _layers(self, last: int) -> list[tuple[str, ...]]:
        """For each page its text in the order of the page and in that of the file, which keeps Thai marks better."""
        ordered, as_filed = self._texts(last), self._texts(last, "-raw")
        return list(zip(ordered, as_filed, strict=True))

    def _texts(self, last: int, *options: str) -> list[str]:
        try:
            text = self._run("pdftotext", "-q", "-enc", "UTF-8", *options, "-l", str(last), _FILE, "-")
        except ProgramFailedError:
            return [""] * last
        pages = text.decode("utf-8", "replace").split("\f")[:last]
        return [*pages, *([""] * (last - len(pages)))]

    def _glances(self, last: int) -> Iterator[_Glance]:
        for first in range(1, last + 1, _AT_ONCE):
            yield from self._glances_at(first, min(first + _AT_ONCE - 1, last))

    def _glances_at(self, first: int, last: int) -> list[_Glance]:
        span = ("-q", "-f", str(first), "-l", str(last))
        count = last - first + 1
        try:
            boxes = list(boxes_of(self._run("pdftotext", "-bbox-layout", *span, _FILE, "-").decode("utf-8", "replace")))
            self._run("pdftoppm", *span, "-gray", "-scale-to", str(_GLANCE), _FILE, f"glance-{first}")
        except ProgramFailedError:
            return [_Glance()] * count
        paths = sorted(self._folder.glob(f"glance-{first}-*.pgm"))
        if len(paths) != count or len(boxes) != count:
            return [_Glance()] * count
        return [_Glance(each, _opened(path)) for each, path in zip(boxes, paths, strict=True)]

    def _page(self, number: int, layers: tuple[str, ...], glance: _Glance) -> tuple[PageText | None, UnreadPart | None]:
        """The page as it is where its text is sound, else read off its picture where that is better.

        Where its picture could not be read, that is told beside the text, if there is any.
        """
        hidden: tuple[HiddenText, ...] = ()
        if glance.boxes is not None and glance.picture is not None:
            hidden = hidden_lines(glance.boxes, glance.picture)
        texts = [without_lines(text, hidden) if hidden else text for text in layers]
        text = max(texts, key=lambda each: round(standing(each).share, 2)).strip()
        page = PageText(number, text, How.TEXT, hidden=hidden)
        share = share_after_repair(text) if text else 0.0
        if share >= REPAIRED_SHARE and (len(text) >= _LITTLE or not _holds_more(glance)):
            return page, None
        if glance.picture is not None and not has_ink(glance.picture):
            return page, None
        reading = self._pictures.read(lambda: self._picture(number, glance), page_place(number))
        if isinstance(reading, UnreadPart):
            return (page if text else None), reading
        if not text and not reading.text:
            return None, unread("ocr-nothing", page_place(number))
        if _is_better(reading, text, share):
            page = replace(page, text=reading.text, how=How.OCR, layer=text)
        return page, None

    def _picture(self, number: int, glance: _Glance) -> Image.Image:
        longest = max(glance.boxes.width, glance.boxes.height) if glance.boxes else 842
        pixels = min(LONGEST_SIDE, max(_GLANCE, int(longest / _POINTS_PER_INCH * DOTS_PER_INCH)))
        page = str(number)
        self._run(
            "pdftoppm", "-q", "-f", page, "-l", page, "-gray", "-singlefile", "-scale-to", str(pixels), _FILE, "page"
        )
        return _opened(self._folder / "page.pgm")


def _opened(path: Path) -> Image.Image:
    with Image.open(path, formats=("PPM",)) as picture:
        picture.load()
        path.unlink()
        return picture.copy()


def _holds_more(glance: _Glance) -> bool:
    """Whether ink stands on more of the page than its few lines of text explain."""
    if glance.boxes is None or glance.picture is None:
        return True
    picture = glance.picture.copy()
    across, down = picture.width / glance.boxes.width, picture.height / glance.boxes.height
    for line in glance.boxes.lines:
        left, top = int(line.left * across), int(line.top * down)
        picture.paste(255, (left, top, int(line.right * across) + 2, int(line.bottom * down) + 2))
    dark = sum(picture.histogram()[:128])
    return dark > _MUCH_INK * picture.width * picture.height


def _is_better(reading: OcrReading, text: str, share: float) -> bool:
    if not text:
        return bool(reading.text)
    if share >= REPAIRED_SHARE:
        return reading.standing.share >= _READ_WELL and reading.standing.known > 1.5 * standing(text).known
    return reading.standing.share > share + _CLEARLY_BETTER
