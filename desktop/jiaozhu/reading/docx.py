"""The reader of Word documents: paragraphs, lists, tables, footnotes, text boxes; all changes accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING

from jiaozhu.model import Dropped
from jiaozhu.reading import archive
from jiaozhu.reading.cleaning import clean
from jiaozhu.reading.content import COMMENT, RUNNING_HEAD, Content
from jiaozhu.reading.notes import Note, place_notes
from jiaozhu.reading.numbering import Numbering, write_number
from jiaozhu.reading.wordml import W, attribute, blocks, child, is_gone, left_out, pieces

if TYPE_CHECKING:
    from docx.opc.part import Part
    from lxml.etree import _Element

_ROW_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_TITLE = "Title"  # the name of the style, in the Word of any language
_CLOSED = "、）)】］〕.．。：•"  # a label that ends so needs no space behind it


@dataclass(slots=True)
class _Lines:
    """The lines of a document, or of a part of it, and what is set apart from them."""

    lines: list[str] = field(default_factory=list)  # a paragraph each
    notes: list[tuple[int, str]] = field(default_factory=list)  # the line that each belongs to, and its text
    title: list[str] = field(default_factory=list)

    def add(self, other: _Lines) -> None:
        """Append the lines of another part."""
        self.notes += [(at + len(self.lines), text) for at, text in other.notes]
        self.lines += other.lines


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the text of a Word document; raise ReadError if it is none, or damaged, or locked."""
    archive.check(data, source)
    from docx.package import Package

    package = Package.open(BytesIO(data))
    main = package.main_document_part
    found = _Reader(main).read(_root(main).find(f"{W}body"))
    cleaned = clean("\n".join(found.lines))
    offsets: list[int | None] = []  # of each line in the text; that of a blank one is that of the one before
    position, offset = 0, None
    for line in found.lines:
        if line.strip():
            offset = cleaned.source_map.offset(position)
        offsets.append(offset)
        position += len(line) + 1
    insets = [(offsets[at], clean(text)) for at, text in found.notes]
    notes = [Note(at, inset.text) for at, inset in insets if inset.text]
    dropped = [*cleaned.dropped, *(item for _at, inset in insets for item in inset.dropped)]
    return Content(
        text=place_notes(cleaned.text, notes).text,
        title=" ".join("".join(found.title).split()) or None,
        name=package.core_properties.title.strip() or None,
        dropped=(
            *(replace(item, source_start=None, source_end=None) for item in dropped),
            *_left_out(main),
            *_running_heads(main),
        ),
    )


class _Reader:
    """Reads the parts of one document; numbers of lists and notes go on through all of it."""

    def __init__(self, main: Part) -> None:
        self._numbering = Numbering(_related(main, "numbering"))
        styles = _related(main, "styles")
        self._styles = {attribute(style, "styleId"): style for style in _children(styles, "style")}
        self._notes = {
            (kind, attribute(note, "id")): note
            for kind in ("footnote", "endnote")
            for note in _children(_related(main, f"{kind}s"), kind)
        }
        self._forms = dict(_forms_of_notes(_root(main), _related(main, "settings")))
        self._counts: Counter[str] = Counter()

    def read(self, element: _Element | None) -> _Lines:
        """Return the lines of the paragraphs and tables below an element."""
        found = _Lines()
        carried = ""  # text whose paragraph ended in a deleted mark
        for block in blocks(element):
            if block.tag == f"{W}tbl":
                for row in _rows(block):
                    found.add(self._row(row))
                continue
            text = self._paragraph(block, found, carried)
            if is_gone(block):
                carried = text
            else:
                found.lines.append(text)
                carried = ""
        if carried:
            found.lines.append(carried)
        return found

    def _paragraph(self, paragraph: _Element, found: _Lines, carried: str) -> str:
        """Return the text of a paragraph behind what is `carried` in; add to `found` what it refers to."""
        style = self._styles.get(attribute(child(paragraph, "pPr", "pStyle"), "val"))
        label = "" if is_gone(paragraph) else self._label(paragraph, style)  # it has that of the next one
        parts = [carried]
        for piece in pieces(paragraph):
            if isinstance(piece, str):
                parts.append(piece)
                continue
            inset = self._note(piece) if piece.tag.endswith("Reference") else self.read(piece).lines
            found.notes.append((len(found.lines), "\n".join(inset)))
        text = "".join(parts)
        if attribute(child(style, "name"), "val") == _TITLE and (
            found.title or not "".join(found.lines).strip()
        ):
            found.title.append(text)
        if label and text:
            is_open = label[-1] not in _CLOSED or text[0].isdigit()
            text = f"{label} {text}" if is_open else label + text
        return text

    def _label(self, paragraph: _Element, style: _Element | None) -> str:
        """Return the number that Word puts before a paragraph."""
        numbered = child(paragraph, "pPr", "numPr")
        level = attribute(child(numbered, "ilvl"), "val")
        name = attribute(child(numbered, "numId"), "val")
        seen: set[str] = set()
        while not name and style is not None and (own := attribute(style, "styleId")) not in seen:
            seen.add(own)
            numbered = child(style, "pPr", "numPr")
            if name := attribute(child(numbered, "numId"), "val"):
                level = level or str(self._numbering.level_of(name, own))
            style = self._styles.get(attribute(child(style, "basedOn"), "val"))
        return self._numbering.label(name, int(level) if level.isdecimal() else 0) if name else ""

    def _note(self, reference: _Element) -> list[str]:
        """Return the lines of a footnote or an endnote, its number before the first."""
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        lines = self.read(self._notes.get((kind, attribute(reference, "id")))).lines
        if lines and not attribute(reference, "customMarkFollows"):
            self._counts[kind] += 1
            number = write_number(self._counts[kind], self._forms.get(kind, "decimal"))
            lines[0] = f"{number} {lines[0].lstrip()}"
        return lines

    def _row(self, row: _Element) -> _Lines:
        """Return the cells of a row as one line; as lines of their own where a cell has several."""
        cells = [
            self.read(cell) for cell in row.iterchildren(f"{W}tc") if child(cell, "tcPr", "cellDel") is None
        ]
        filled = [[line for line in cell.lines if line.strip()] for cell in cells]
        found = _Lines()
        if any(len(lines) > 1 or "\n" in "".join(lines) for lines in filled):
            for cell in cells:
                found.add(cell)
            return found
        for cell in cells:
            found.notes += [(0, text) for _line, text in cell.notes]
        found.lines.append("\t".join("".join(lines) for lines in filled))
        return found


def _rows(table: _Element) -> Iterator[_Element]:
    """Yield the rows of a table, but not those that were deleted."""
    for item in table.iterchildren():
        if item.tag == f"{W}tr" and child(item, "trPr", "del") is None:
            yield item
        elif item.tag in _ROW_WRAPPERS:
            yield from _rows(item)


def _forms_of_notes(document: _Element, settings: _Element | None) -> Iterator[tuple[str, str]]:
    """Yield the kinds of notes with the form that their numbers have."""
    for kind, form in ("footnote", "decimal"), ("endnote", "lowerRoman"):
        places = [*document.iter(f"{W}{kind}Pr"), child(settings, f"{kind}Pr")]
        yield kind, next((own for place in places if (own := attribute(child(place, "numFmt"), "val"))), form)


def _left_out(main: Part) -> Iterator[Dropped]:
    """Yield what was deleted, hidden or only said beside the text, also in notes."""
    for root in (_root(main), *(_related(main, kind) for kind in ("footnotes", "endnotes"))):
        if root is not None:
            yield from (Dropped(text, reason) for text, reason in left_out(root))
    for part in _parts(main, "comments"):
        yield from (Dropped(text, COMMENT) for text in _paragraphs(part))


def _running_heads(main: Part) -> Iterator[Dropped]:
    """Yield the heads and feet of the pages, which are no part of the text."""
    for kind in "header", "footer":
        for part in _parts(main, kind):
            yield from (Dropped(text, RUNNING_HEAD) for text in _paragraphs(part))


def _paragraphs(part: Part) -> Iterator[str]:
    """Yield the paragraphs of a part that have text."""
    for paragraph in _root(part).iter(f"{W}p"):
        if text := "".join(piece for piece in pieces(paragraph) if isinstance(piece, str)).strip():
            yield text


def _root(part: Part) -> _Element:
    """Return the XML of a part; python-docx has parsed that of the kinds it knows."""
    from docx.oxml.parser import parse_xml

    element: _Element | None = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _parts(main: Part, kind: str) -> Iterator[Part]:
    for relation in main.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            yield relation.target_part


def _related(main: Part, kind: str) -> _Element | None:
    """Return the XML of the part of a kind, None if there is none."""
    part = next(_parts(main, kind), None)
    return None if part is None else _root(part)


def _children(element: _Element | None, name: str) -> Iterator[_Element]:
    if element is not None:
        yield from element.iterchildren(f"{W}{name}")
