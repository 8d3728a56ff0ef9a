"""The reader of pdf files: the text layer, and the picture of a page that has none."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from jiaozhu import lexicon
from jiaozhu.i18n import gettext as _
from jiaozhu.model import Dropped
from jiaozhu.reading import confined, ocr
from jiaozhu.reading.columns import arrange
from jiaozhu.reading.composing import compose
from jiaozhu.reading.content import HIDDEN, Content, ReadError
from jiaozhu.reading.printed import RAISED, Page, PrintedLine

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MOST_PAGES = 3000  # a yearbook has a thousand
_SECONDS_A_PAGE = 0.1  # ten times what a full page takes

#: Gaps in a row, in sizes of its characters: a wider one begins another piece of it.
_PIECE_GAP = 1.8
#: A wider one is a space. A letter stands a quarter apart from a Chinese character without any, and a mark
#: of a sentence may fill half of its width.
_SPACE, _MIXED_SPACE, _MARK_SPACE = 0.2, 0.45, 0.9
_HEIGHT = 1.1  # sizes to the height of a letter, roughly
_OVERLAP = 0.6  # how far a character may stand inside the one before it: marks are moved together
#: Marks of notes are smaller than the other characters of their line.
_MARK_SIZE = 0.8
_GARBAGE = 0.3  # of the characters of a page
_SHAPES = 30  # on a page without text that is more than blank
_MADE_UP = frozenset(b" \r\n")  # what pdfium may make up
_IMAGE = 3  # pdfium's number for objects that are pictures
_PICTURE_SCALE = 200 / 72  # dots to a point: 200 to the inch are enough
_LONGEST_MARK = 4  # characters
_MARKS = frozenset("0123456789①②③④⑤⑥⑦⑧⑨⑩*＊†[]〔〕［］")


class _Char(NamedTuple):
    """A character on a page; the edges are in points from the upper left corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the text of a pdf file, as it is printed; raise ReadError if there is none to be had."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, source) from None
    count = len(pdf)
    if count > _MOST_PAGES:
        sentence = _("“{name}”有 {count} 页，超过 {limit} 页的上限；请拆分成几个文件再导入。")
        raise ReadError(sentence.format(name=source, count=count, limit=_MOST_PAGES))
    confined.allow(confined.SECONDS + count * _SECONDS_A_PAGE)
    dropped: list[Dropped] = []
    try:
        pages = list(_pages(pdf, dropped))
        pictures = [page for page in pages if not page.lines and _is_picture(pdf[page.number - 1])]
        if pictures and not ocr.is_installed():
            raise ocr.missing(source, [page.number for page in pictures])
        for page in pictures:
            confined.allow(confined.SECONDS, ocr.MEMORY)
            sheet = pdf[page.number - 1].render(scale=_PICTURE_SCALE).to_pil()
            page.lines = ocr.recognise(sheet, page, dropped)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, source) from None
    ocr.settle(pictures)
    printed = [page for page in pages if page not in pictures]
    for page, lines in zip(printed, arrange([page.lines for page in printed], ordered=True), strict=True):
        page.lines = lines
    content = compose(pages, name=pdf.get_metadata_value("Title").strip() or None)
    return replace(content, dropped=(*content.dropped, *dropped))


def _refusal(error: Exception, source: str) -> ReadError:
    if "password" in str(error).lower():
        sentence = _("“{name}”有密码保护，不能读取；请用 PDF 阅读器打开，去掉密码另存，再导入。")
    else:
        sentence = _("“{name}”不是完整的 PDF 文件（已损坏或没有下载完）；请重新获取，再导入。")
    return ReadError(sentence.format(name=source))


def _pages(pdf: PdfDocument, dropped: list[Dropped]) -> Iterator[Page]:
    """Yield the pages with the pieces of their lines; add to `dropped` what stands beside a page."""
    for index in range(len(pdf)):
        page = pdf[index]
        beside: list[str] = []
        pieces = [piece for piece in _pieces(_chars(page, beside)) if piece.text]
        if text := "".join(beside).strip():
            dropped.append(Dropped(text, HIDDEN))
        if _is_garbage("".join(piece.text for piece in pieces)):
            pieces = []
        width, height = page.get_size()
        yield Page(index + 1, width, height, pieces)
        page.close()


def _is_garbage(text: str) -> bool:
    """Return whether a page's characters are codes of its fonts, which nobody can read."""
    private = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in text)
    return private > _GARBAGE * len(text)


def _is_picture(page: PdfPage) -> bool:
    """Return whether something is drawn on a page that may be text: a picture, or many shapes."""
    objects = list(islice(page.get_objects(max_depth=2), _SHAPES))
    return len(objects) == _SHAPES or any(item.type == _IMAGE for item in objects)


def _chars(page: PdfPage, beside: list[str]) -> Iterator[_Char]:
    """Yield the characters of a page in the order of the file, without the spaces that pdfium makes up.

    Those that stand `beside` the page, where nobody sees them, are added there.
    """
    from pypdfium2 import raw

    textpage = page.get_textpage()
    (xx, xy, x0), (yx, yy, y0) = _axes(page)
    width, height = page.get_size()
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    unicode, bounds, is_generated = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_IsGenerated,
    )
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = unicode(textpage, index)
        if code in _MADE_UP and is_generated(textpage, index) == 1:
            continue
        if not bounds(textpage, index, reference):
            continue
        left, top = xx * box.left + xy * box.top + x0, yx * box.left + yy * box.top + y0
        right, bottom = xx * box.right + xy * box.bottom + x0, yx * box.right + yy * box.bottom + y0
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        if bottom < 0 or top > height or right < 0 or left > width:
            beside.append(_character(code))
            continue
        yield _Char(_character(code), left, top, right, bottom)


def _axes(page: PdfPage) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return how points of the page as it is stored become points of the page as it is shown.

    The file may shift, crop and turn it: x' = a x + b y + c, and y' likewise.
    """
    from pypdfium2 import raw

    scale = 1000  # pdfium answers in whole pixels
    width, height = (round(scale * side) for side in page.get_size())
    x, y = ctypes.c_int(), ctypes.c_int()
    shown = []
    for point in (0, 0), (scale, 0), (0, scale):
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, *point, ctypes.byref(x), ctypes.byref(y))
        shown.append((x.value / scale, y.value / scale))
    (ox, oy), (ax, ay), (bx, by) = shown
    return ((ax - ox) / scale, (bx - ox) / scale, ox), ((ay - oy) / scale, (by - oy) / scale, oy)


@cache
def _character(code: int) -> str:
    """Return the character of a code that pdfium gives; U+FFFD where the file doesn't tell."""
    if code in (0, 0xFFFE, 0xFFFF) or 0x80 <= code < 0xA0:
        return "\ufffd"
    return _radicals().get(code) or ("-" if code == 2 else chr(code))


@cache
def _radicals() -> dict[int, str]:
    """Return the characters whose shapes have codes of their own as radicals.

    Programs that write pdf files confuse the two: a font has one shape for both.
    """
    kangxi = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    compatible = {code: normalize("NFKC", chr(code)) for code in range(0xF900, 0xFAFF)}
    others = {ord(pair[0]): pair[1] for pair in lexicon.words("characters", "radicals", "shapes")}
    return kangxi | compatible | others


def _pieces(chars: Iterable[_Char]) -> Iterator[PrintedLine]:
    """Yield the pieces of rows that characters make; those that follow one another without a wide gap."""
    piece: _Piece | None = None
    for char in chars:
        if piece is None or not piece.takes(char):
            if piece:
                yield piece.line()
            piece = None if char.char.isspace() else _Piece(char)
        else:
            piece.add(char)
    if piece:
        yield piece.line()


class _Piece:
    """A piece of a row while characters are added to it."""

    def __init__(self, char: _Char) -> None:
        self.text = [char.char]
        self.last = char
        self.left, self.top, self.right, self.bottom = char[1:]
        self.end = self.right  # of the spaces behind the last character
        self.sizes = [_size(char)]
        self.chinese = [_size(char)] if _is_chinese(char) else []
        self.is_marked = False  # the mark of a note stands behind the last character
        self.neighbours: list[tuple[int, _Char, _Char]] = []  # place in the text of the second, both

    def takes(self, char: _Char) -> bool:
        """Return whether a character stands in the same row, where the last one ended."""
        overlap = min(self.bottom, char.bottom) - max(self.top, char.top)
        if 2 * overlap <= min(self.bottom - self.top, char.bottom - char.top):
            return False
        if char[1:] == self.last[1:]:
            return True  # one shape for two characters: a long dash
        size = max(self.sizes[-1], _size(char))
        return -_OVERLAP * size <= char.left - self.end <= _PIECE_GAP * size

    def add(self, char: _Char) -> None:
        """Add a character."""
        if char.char.isspace():
            self.text.append(char.char)
            self.end = max(self.end, char.right)
            return
        if self._is_mark(char):
            self.text += (RAISED, char.char)
            self.is_marked = True
        else:
            if len(self.text) <= _LONGEST_MARK and self._is_all_marks(char):
                self.text = [part for mark in self.text for part in (RAISED, mark)]
                self.sizes.clear()
            if self.end == self.right and not self.is_marked:
                self.neighbours.append((len(self.text), self.last, char))
            self.is_marked = False
            self.text.append(char.char)
            self.last = char
            self.sizes.append(_size(char))
            if _is_chinese(char):
                self.chinese.append(self.sizes[-1])
            self.top, self.bottom = min(self.top, char.top), max(self.bottom, char.bottom)
        self.right = self.end = max(self.right, char.right)

    def line(self) -> PrintedLine:
        """Return the piece as a line."""
        size = median(self.chinese or self.sizes)
        self._put_spaces(size)
        text = "".join(self.text).rstrip()
        if any("\ud800" <= char <= "\udfff" for char in text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return PrintedLine(text, self.left, self.top, self.right, self.bottom, size)

    def _put_spaces(self, size: float) -> None:
        """Put spaces where gaps are wider than the others, which a full line stretches."""
        gaps = [(at, _gap(before, char, size), before, char) for at, before, char in self.neighbours]
        between = [gap for _, gap, before, char in gaps if _is_chinese(before) and _is_chinese(char)]
        usual = max(0.0, median(between)) if between else 0.0
        for at, gap, before, char in reversed(gaps):
            if _is_mark_of_sentence(before) or _is_mark_of_sentence(char):
                least = _MARK_SPACE
            elif _is_chinese(before) != _is_chinese(char):
                least = _MIXED_SPACE
            else:
                least = _SPACE
            if gap > least + (usual if _is_chinese(before) or _is_chinese(char) else 0.0):
                self.text.insert(at, " ")

    def _is_mark(self, char: _Char) -> bool:
        """Return whether a character is small and raised as the mark of a note is."""
        if char.char not in _MARKS:
            return False
        height = self.last.bottom - self.last.top
        is_small = char.bottom - char.top < _MARK_SIZE * height
        return is_small and char.bottom < self.last.bottom - 0.15 * height

    def _is_all_marks(self, char: _Char) -> bool:
        """Return whether all before a character, which is larger and stands lower, is the mark of a note."""
        if not _MARKS.issuperset(self.text):
            return False
        is_small = self.last.bottom - self.last.top < _MARK_SIZE * (char.bottom - char.top)
        return is_small and self.last.bottom < char.bottom


def _size(char: _Char) -> float:
    """Return the width of a Chinese character of this size; other characters tell it less exactly."""
    if _is_chinese(char):
        return char.right - char.left
    return _HEIGHT * (char.bottom - char.top)


def _is_chinese(char: _Char) -> bool:
    return "\u3400" <= char.char <= "\u9fff"


def _is_mark_of_sentence(char: _Char) -> bool:
    return char.char in "“”‘’—…" or "\u3000" <= char.char <= "\u303f" or "\uff00" <= char.char <= "\uff65"


def _gap(before: _Char, char: _Char, size: float) -> float:
    """Return how far apart two characters of a row stand, in sizes.

    The box of a Chinese character may be as narrow as its strokes; its middle is always where it should be.
    """
    end = (before.left + before.right + size) / 2 if _is_chinese(before) else before.right
    start = (char.left + char.right - size) / 2 if _is_chinese(char) else char.left
    return (start - end) / size
