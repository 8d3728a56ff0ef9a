"""The reader of pictures of pages, for pdf files too whose pages are pictures: the extra jiaozhu[ocr]."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Any

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Dropped
from jiaozhu.reading import confined
from jiaozhu.reading.columns import arrange
from jiaozhu.reading.composing import compose
from jiaozhu.reading.content import UNREADABLE, Content, ReadError
from jiaozhu.reading.printed import Page, PrintedLine

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_NEEDED = ("rapidocr", "onnxruntime")

_MOST_PAGES = 500
_MOST_PIXELS = 150_000_000  # A2 at 600 dots to the inch
_SECONDS = 90.0  # for a page; usually it takes two to five
MEMORY = 3_000_000_000  # bytes of address space, of which a third is used
_WIDTH = 595.0  # points: a picture is taken for a page of A4

#: A picture that is longer than that, in widths, is cut into pages: the screen shots of a phone.
_LONGEST = 1.6
_WIDEST = 2400  # pixels: more are no gain
_SURE = 0.5  # of 1: how sure the recognition is of a line that is believed
_ALIKE = 0.25  # sizes so near to the usual one are that size


def is_installed() -> bool:
    """Return whether text in pictures can be recognised here."""
    return all(find_spec(name) is not None for name in _NEEDED)


def missing(source: str, pages: list[int] | None = None) -> ReadError:
    """Return the error for a file that needs recognition where there is none; `pages` are those in need."""
    install = f'"{sys.executable}" -m pip install "jiaozhu[ocr]"'
    if pages is None:
        sentence = _("“{name}”是图片，要识别其中的文字请先安装：{install}。")
        return ReadError(sentence.format(name=source, install=install))
    sentence = _("“{name}”第 {pages} 页是扫描的图片，要识别其中的文字请先安装：{install}。")
    shown = _("、").join(map(str, pages[:5])) + ("…" if len(pages) > 5 else "")
    return ReadError(sentence.format(name=source, pages=shown, install=install))


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the text in a picture; raise ReadError if it is damaged, or if recognition isn't installed."""
    if not is_installed():
        raise missing(source)
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # checked below, without a warning
    pages: list[Page] = []
    dropped: list[Dropped] = []
    try:
        with Image.open(BytesIO(data)) as picture:
            for index in range(min(getattr(picture, "n_frames", 1), _MOST_PAGES)):
                picture.seek(index)
                if picture.width * picture.height > _MOST_PIXELS:
                    sentence = _("“{name}”的图片太大（{width}×{height}），没有读取；请缩小后再导入。")
                    raise ReadError(sentence.format(name=source, width=picture.width, height=picture.height))
                for sheet in _sheets(picture):
                    height = _WIDTH * sheet.height / sheet.width
                    page = Page(len(pages) + 1, _WIDTH, height)
                    page.lines = recognise(sheet, page, dropped)
                    pages.append(page)
    except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError):
        sentence = _("“{name}”不是完整的图片（已损坏或没有下载完）；请重新获取，再导入。")
        raise ReadError(sentence.format(name=source)) from None
    settle(pages)
    content = compose(pages)
    return replace(content, dropped=(*content.dropped, *dropped))


def recognise(sheet: Picture, page: Page, dropped: list[Dropped]) -> list[PrintedLine]:
    """Return the lines in the picture of a page, in its points; add to `dropped` what can't be made out."""
    import numpy

    confined.allow(_SECONDS, MEMORY)
    found: Any = _engine()(numpy.asarray(sheet.convert("RGB"))[:, :, ::-1], text_score=0.0)
    if found.boxes is None:
        return []
    scale = page.width / sheet.width
    lines: list[PrintedLine] = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score < _SURE or not text.strip():
            dropped.append(Dropped(text, UNREADABLE))
            continue
        across, down = [float(x) * scale for x, _ in corners], [float(y) * scale for _, y in corners]
        columns = sum(1.0 if char > "\u2e80" else 0.5 for char in text)
        size = (max(across) - min(across)) / columns
        lines.append(PrintedLine(text.strip(), min(across), min(down), max(across), max(down), size))
    return lines


def settle(pages: list[Page]) -> None:
    """Bring recognised lines into reading order, and their sizes, which are guesses, to what they mean."""
    sizes = [line.size for page in pages for line in page.lines for _ in line.text]
    usual = median(sizes) if sizes else 0.0
    for page, lines in zip(pages, arrange([page.lines for page in pages], ordered=False), strict=True):
        page.lines = [
            replace(line, size=usual) if abs(line.size - usual) < _ALIKE * usual else line for line in lines
        ]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def _sheets(picture: Picture) -> Iterator[Picture]:
    """Yield a picture, or the pages that a very long one is cut into, where no text stands."""
    import numpy

    sheet = picture.convert("RGB")
    if sheet.width > _WIDEST:
        sheet = sheet.resize((_WIDEST, max(1, round(sheet.height * _WIDEST / sheet.width))))
    longest = round(_LONGEST * sheet.width)
    top = 0
    while sheet.height - top > longest:
        search = sheet.crop((0, top + longest // 2, sheet.width, top + longest)).convert("L")
        ink = numpy.asarray(search).std(axis=1)
        blank = numpy.flatnonzero(ink <= ink.min() + 1.0)
        cut = top + longest // 2 + int(blank[-1]) + 1
        yield sheet.crop((0, top, sheet.width, cut))
        top = cut
    yield sheet.crop((0, top, sheet.width, sheet.height))
