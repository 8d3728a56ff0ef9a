"""The reading view: a document of any length, of which only what is in sight is set and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Document, Metric
from jiaozhu.qt import labels, theme
from jiaozhu.qt.caret import Caret
from jiaozhu.qt.marks import RULE_GAP, RULE_STEP, flagged_at, rules
from jiaozhu.qt.page import Page
from jiaozhu.qt.page_painter import RIGHT, Look, PagePainter
from jiaozhu.qt.sight import Sight
from jiaozhu.qt.spans import Spans
from jiaozhu.qt.words import clause_at, word_at
from jiaozhu.store import SpeechRow

#: White left of the text, where the margin rules stand, in pixels.
_GUTTER = 68
#: Where a place is put that was far away, as a part of the height of the view.
_EYE = 0.42
#: How far the text moves at least when the focus comes near an edge, as a part of the same.
_STEP = 0.3


class ReadingView(QAbstractScrollArea):
    """Shows a document with its annotations, one of them in focus."""

    #: The id of an annotation that was clicked.
    annotation_clicked = Signal(str)
    #: The selected span, start and end; both the same if nothing is selected.
    selection_changed = Signal(int, int)
    #: The id of a speech whose strip was clicked.
    speech_clicked = Signal(str)
    #: A menu is wanted: for which character, and where on the screen.
    menu_wanted = Signal(int, QPoint)
    #: Whether the caret is on.
    caret_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("正文"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setAccessibleName(_("正文滚动条"))
        for widget in (self, self.viewport()):  # letters are keys here: no input method may take them
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        theme.dress(self.verticalScrollBar())
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.size_of_text: int = theme.reading()["size"]
        self.caret: Caret | None = None
        self._document: Document | None = None
        self._speeches: tuple[SpeechRow, ...] = ()
        self._look = Look(Spans())
        self._sight: Sight | None = None  # None: there is nothing to show
        self._painter: PagePainter | None = None
        self._drag_from: int | None = None
        self._is_pointed = False  # the focus is being put where the mouse is
        self._clicks = (-1, 0)  # where, how often: repeated clicks go outwards

    # What is shown

    def show_document(
        self,
        document: Document | None,
        speeches: Sequence[SpeechRow] = (),
        annotations: Iterable[AnyAnnotation] = (),
    ) -> None:
        """Show a document from its beginning, or nothing."""
        self._document = document
        self._speeches = tuple(speeches)
        self._look = Look(Spans(annotations), has_keys=self.hasFocus())
        self.caret = None
        self._drag_from = None
        self._set_page()

    def show_outline(self, document: Document, speeches: Sequence[SpeechRow]) -> None:
        """Show the same document with other speeches or another title; the place stays in sight."""
        offset = self.top_offset()
        self._document, self._speeches = document, tuple(speeches)
        self._set_page()
        self._place(offset, 0)

    def put(self, annotation: AnyAnnotation) -> None:
        """Show an annotation that is new or has changed; only its lines are drawn again."""
        before = self._look.spans.get(annotation.id)
        self._look.spans.put(annotation)
        if before is not None:
            self._redraw(before.start, before.end)
        self._redraw(annotation.start, annotation.end)
        if self.focused is not None and self.focused.id == annotation.id:
            self.focus_on(annotation.id)

    def remove(self, annotation_id: str) -> None:
        """Show an annotation no longer."""
        before = self._look.spans.get(annotation_id)
        self._look.spans.remove(annotation_id)
        if before is not None:
            self._redraw(before.start, before.end)
        if self.focused is not None and self.focused.id == annotation_id:
            self._look.focus = None

    def focus_on(self, annotation_id: str | None) -> None:
        """Put the focus on an annotation and bring it into sight; None: on nothing."""
        before = self.focused
        focus = self._look.focus = self._look.spans.get(annotation_id) if annotation_id else None
        for one in (before, focus):
            if one is not None:
                self._redraw(one.start, one.end)
        if focus is None:
            return
        if self._is_pointed:  # what is under the mouse stays there
            self.bring_into_sight(focus.start, focus.end, above=0, below=0)
        else:
            self.bring_into_sight(focus.start, focus.end)
        if focus != before:
            self._announce(focus)

    def select(self, start: int, end: int) -> None:
        """Select a span of the text; both the same: nothing."""
        if (start, end) == self._look.selection:
            return
        for edge in (self._look.selection, (start, end)):
            self._redraw(*edge)
        self._look.selection = (start, end)
        self.selection_changed.emit(start, end)

    def clear_selection(self) -> None:
        """Select nothing; a caret stays where it is."""
        if self.caret is not None:
            self.caret.anchor = self.caret.position
        self.select(0, 0)

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._document.text if self._document is not None else ""

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected span, None if nothing is selected."""
        start, end = self._look.selection
        return (start, end) if start < end else None

    @property
    def focused(self) -> AnyAnnotation | None:
        """The annotation in focus."""
        return self._look.focus

    def set_size_of_text(self, size: int | None) -> None:
        """Set the size of the characters, in pixels before scaling; None: the usual one.

        The place stays in sight.
        """
        limits = theme.reading()
        size = max(limits["smallest"], min(size or limits["size"], limits["largest"]))
        if size != self.size_of_text:
            offset = self.top_offset()
            self.size_of_text = size
            self._set_page()
            self._place(offset, 0)

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        if self._sight is not None:
            self._painter = PagePainter(self._sight.page, theme.current())
        self.viewport().update()

    # Where things stand

    def top_offset(self) -> int:
        """Return the offset of the first character in sight."""
        return self._sight.top_offset if self._sight is not None else 0

    def rect_of(self, offset: int) -> QRect | None:
        """Return where a character is on the viewport; None if its block is out of sight."""
        found = self._sight.find(offset) if self._sight is not None else None
        if self._sight is None or found is None:
            return None
        block, y = found
        line = block.line_at(offset)
        x = self._left() + block.x(min(offset, block.end), line)
        return QRect(round(x), y + block.line_top(line), round(self._sight.page.em), block.pitch)

    def offset_at(self, point: QPoint, *, on_character: bool = False) -> int:
        """Return the offset of the gap nearest to a point of the viewport, or of the character there."""
        if self._sight is None:
            return 0
        block, y = self._sight.at(point.y())
        line = (point.y() - y - block.above) // block.pitch
        line = max(0, min(line, len(block.lines) - 1))
        return block.offset_at(point.x() - self._left(), line, on_character=on_character)

    def spans_in(self, start: int, end: int) -> list[AnyAnnotation]:
        """Return the annotations that share a character with a span, in the order of the text."""
        return self._look.spans.overlapping(start, end)

    def annotations_at(self, point: QPoint) -> list[AnyAnnotation]:
        """Return the annotations under a point of the viewport, the innermost first.

        A margin rule is its commitment's, a flag right of the column is that of what is flagged in the line.
        """
        if self._sight is None:
            return []
        block, top = self._sight.at(point.y())
        x, y = point.x() - self._left(), point.y() - top
        if not block.above <= y < block.height:
            return []
        if x < -RULE_GAP / 2:
            return [
                rule.commitment
                for rule in rules(block, self.spans_in(block.start, block.end))
                if rule.top <= y < rule.bottom and abs(x + RULE_GAP + rule.lane * RULE_STEP) <= RULE_STEP / 2
            ]
        line = (y - block.above) // block.pitch
        if x > self._sight.page.width:
            return flagged_at(block, self.spans_in(block.start, block.end), line)
        if block.start == block.end or x > block.x(block.line_end(line), line):
            return []
        return self._look.spans.at(block.offset_at(x, line, on_character=True))

    def remark_at(self, point: QPoint) -> str:
        """Return the flags and notes of what is under a point of the viewport, a line each."""
        return "\n".join(filter(None, map(labels.remark, self.annotations_at(point))))

    def speech_at(self, point: QPoint) -> SpeechRow | None:
        """Return the speech whose strip is at a point of the viewport, None if no strip is there."""
        if self._sight is None or not 0 <= point.x() - self._left() <= self._sight.page.width:
            return None
        block, top = self._sight.at(point.y())
        return self._sight.page.strip_at(self._sight.page.blocks.index(block.start), point.y() - top)

    # Scrolling

    def bring_into_sight(self, start: int, end: int, *, above: float = 0.12, below: float = 0.3) -> None:
        """Scroll if a span has not some text above and below it in sight: a third of the view, not a page.

        `above` and `below` are parts of the height of the view. What is in sight already is only
        moved, not drawn, and the eye finds it again.
        """
        height = self.viewport().height()
        first, last = self.rect_of(start), self.rect_of(max(start, end - 1))
        if first is None or first.top() > height or first.bottom() < 0:
            self._place(start, round(height * _EYE))
            return
        end_of_span = last.bottom() if last is not None else height + 1
        step = round(height * _STEP)
        if first.top() < height * above:
            self._scroll_by(min(first.top() - round(height * above), -step))
        elif end_of_span > height * (1 - below):
            wished = max(end_of_span - round(height * (1 - below)), step)
            self._scroll_by(min(wished, first.top() - round(height * above)))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        if self._sight is not None:
            self._scroll_by(self.verticalScrollBar().value() - self._sight.value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or change the size of the text with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_size_of_text(self.size_of_text + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the lines to the new width; the focus, or the first character in sight, stays there."""
        sight, focus = self._sight, self.focused
        if sight is None:
            return
        columns, height = self._columns(), self.viewport().height()
        if columns != sight.page.columns:
            offset, y = sight.top_offset, 0
            seen = self.rect_of(focus.start) if focus is not None else None
            if focus is not None and seen is not None and 0 <= seen.top() < event.oldSize().height():
                offset, y = focus.start, max(0, min(seen.top(), height - 2 * seen.height()))
            sight.page.set_columns(columns)
            sight.height = height
            self._place(offset, y)
        else:
            sight.set_height(height)
            self._tell_scroll_bar()
            if focus is not None:
                self.bring_into_sight(focus.start, focus.end)
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the top if the focus can be seen from there: sizes before this were provisional."""
        super().showEvent(event)
        if self.focused is not None:
            self._place(0, 0)
            self.bring_into_sight(self.focused.start, self.focused.end)

    def _scroll_by(self, pixels: int) -> None:
        """Move the text up by some pixels, as far as it goes."""
        if self._sight is not None and pixels:
            self._show_moved(self._sight.scroll_by(pixels))

    def _place(self, offset: int, y: int) -> None:
        """Scroll so that the line of a character has its top at `y`, or as near to it as possible."""
        if self._sight is not None:
            self._show_moved(self._sight.place(offset, y))

    def _show_moved(self, moved: int | None) -> None:
        """Move the picture by some pixels, and draw what has come into sight; None: draw all of it."""
        if moved is None:
            self.viewport().update()
        elif moved:
            self.viewport().scroll(0, moved)
        self._tell_scroll_bar()

    def _tell_scroll_bar(self) -> None:
        bar, sight = self.verticalScrollBar(), self._sight
        bar.blockSignals(True)
        bar.setRange(0, sight.maximum if sight is not None else 0)
        if sight is not None:
            bar.setPageStep(max(1, sight.height - 2 * sight.page.pitch))
            bar.setSingleStep(sight.page.pitch)
            bar.setValue(sight.value)
        bar.blockSignals(False)
        bar.update()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines that need it."""
        painter = QPainter(self.viewport())
        region = event.region()
        area = region.boundingRect()
        painter.fillRect(area, theme.current().paper)
        if self._sight is None or self._painter is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._look.caret = self.caret.position if self.caret is not None else None
        left = self._left()
        for index, y in self._sight.blocks:
            if y <= area.bottom() and y + self._sight.page.heights[index] >= area.top():
                painter.save()
                painter.translate(left, y)
                self._painter.draw(painter, index, region.translated(-left, -y), self._look)
                painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        self._show_keys(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        self._show_keys(False)

    def _show_keys(self, are_here: bool) -> None:
        self._look.has_keys = are_here
        if self.focused is not None:
            self._redraw(self.focused.start, self.focused.start)

    def _redraw(self, start: int, end: int) -> None:
        """Ask for the lines of a span to be drawn again."""
        if self._sight is None:
            return
        width = self.viewport().width()
        for index, y in self._sight.blocks:
            block = self._sight.page.block(index)
            if block.start <= end and start <= block.end:
                first = block.line_at(max(start, block.start))
                last = block.line_at(min(max(end, start), block.end))
                top = y + block.line_top(first)
                self.viewport().update(0, top - 3, width, (last - first + 1) * block.pitch + 6)

    def _left(self) -> int:
        """Return the x of the column on the viewport."""
        assert self._sight is not None
        free = self.viewport().width() - _GUTTER - RIGHT - self._sight.page.width
        return _GUTTER + max(0, round(free / 2))

    def _columns(self) -> int:
        """Return how many characters a line has room for."""
        room = (self.viewport().width() - _GUTTER - RIGHT) // self.size_of_text
        return int(max(10, min(theme.reading()["longest_line"], room)))

    def _set_page(self) -> None:
        self._sight = self._painter = None
        if self._document is not None:
            page = Page(self._document, self._speeches, size=self.size_of_text, columns=self._columns())
            self._sight = Sight(page, self.viewport().height())
            self._painter = PagePainter(page, theme.current())
        self._tell_scroll_bar()
        self.viewport().update()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection; a click without a drag puts the focus on an annotation."""
        if event.button() != Qt.MouseButton.LeftButton or self._sight is None:
            return
        if (speech := self.speech_at(event.position().toPoint())) is not None:
            self.speech_clicked.emit(speech.id)
            return
        offset = self.offset_at(event.position().toPoint())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            start, end = self.selection or (offset, offset)
            fixed = end if offset < start else start
            self.select(min(fixed, offset), max(fixed, offset))
            return
        self._drag_from = offset
        self.select(0, 0)
        if self.caret is not None:
            self._move_caret(offset, keep=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select by character while the button is held, scroll at the edges; else show what a click does."""
        if self._drag_from is None or self._sight is None:
            self._hover(event.position().toPoint())
            return
        point = event.position().toPoint()
        over = min(0, point.y()) + max(0, point.y() - self.viewport().height())
        if over:
            pitch = self._sight.page.pitch
            self._scroll_by(max(-pitch, min(over, pitch)))
        offset = self.offset_at(point)
        self.select(min(self._drag_from, offset), max(self._drag_from, offset))
        if self.caret is not None:
            self.caret.anchor, self.caret.position = self._drag_from, offset

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection, or put the focus on the annotation that was clicked."""
        if self._drag_from is None:
            return
        self._drag_from = None
        if self.selection is not None:
            return
        point = event.position().toPoint()
        found = self.annotations_at(point)
        if not found:
            self._clicks = (-1, 0)
            return
        offset = self.offset_at(point)
        often = self._clicks[1] + 1 if self._clicks[0] == offset else 0
        self._clicks = (offset, often)
        self._is_pointed = True
        self.annotation_clicked.emit(found[often % len(found)].id)
        self._is_pointed = False

    def viewportEvent(self, event: QEvent) -> bool:
        """Show flag and note of an annotation where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.remark_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the mouse is elsewhere."""
        self._hover(QPoint(-1, -1))

    def _hover(self, point: QPoint) -> None:
        """Show that the strip under the mouse can be clicked."""
        speech = self.speech_at(point)
        hovered = speech.id if speech is not None else None
        if hovered != self._look.hovered:
            self._look.hovered = hovered
            shape = Qt.CursorShape.IBeamCursor if hovered is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu: for the speech whose strip was clicked, for the place, or for where one is."""
        if self._sight is None:
            return
        point = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            offset = self.place()
            seen = self.rect_of(offset)
            point = seen.bottomLeft() if seen is not None else QPoint(self._left(), 0)
        elif (speech := self.speech_at(point)) is not None:
            offset = speech.start
        else:
            offset = self.offset_at(point, on_character=True)
        self.menu_wanted.emit(offset, self.viewport().mapToGlobal(point))

    def place(self) -> int:
        """Return where one is: at the selection's start, the caret, the focus, or the first line in sight."""
        if self.selection is not None:
            return self.selection[0]
        if self.caret is not None:
            return self.caret.position
        return self.focused.start if self.focused is not None else self.top_offset()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the number with its unit, the quoted name or the word under the mouse."""
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._sight is not None:
            if self.speech_at(point) is not None:
                return
            offset = self.offset_at(point, on_character=True)
            self.select(*word_at(self.text, offset))

    # Keys

    def select_at_caret(self, type_: str) -> None:
        """Select what is meant where the caret is: a number with its unit for a metric, else a clause."""
        if self.caret is None or self.selection is not None:
            return
        at = self.caret.position
        self.select(*(word_at(self.text, at) if type_ == Metric.type else clause_at(self.text, at)))

    def set_caret(self, on: bool) -> None:
        """Turn on a caret that the arrow keys move, or turn it off."""
        if on == (self.caret is not None) or self._sight is None:
            return
        if on:
            focus, selection = self.focused, self.selection
            seen = focus is not None and self.rect_of(focus.start) is not None
            first, last = selection or (focus.start if focus is not None and seen else self.top_offset(),) * 2
            self.caret = Caret(first)
            self._move_caret(last, keep=True)
        elif self.caret is not None:
            self._redraw(self.caret.position, self.caret.position)
            self.caret = None
            self.select(0, 0)
        self.caret_changed.emit(on)

    def event(self, event: QEvent) -> bool:
        """Keep the caret's keys, and Escape while something is selected, from being shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            leaves = event.key() == Qt.Key.Key_Escape and self.selection is not None
            if leaves or (self.caret is not None and self.caret.wants(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, or scroll."""
        sight = self._sight
        if sight is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.set_caret(False)
            self.select(0, 0)
        elif self.caret is not None and self.caret.wants(event):
            lines = sight.height // sight.page.pitch
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_caret(self.caret.target(event, sight.page, lines), keep=keep)
        elif event.key() == Qt.Key.Key_Home:
            self._place(0, 0)
        elif event.key() == Qt.Key.Key_End:
            self._place(len(self.text), 0)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            step = self.verticalScrollBar().pageStep()
            self._scroll_by(step if event.key() == Qt.Key.Key_PageDown else -step)
        else:
            event.ignore()

    def _move_caret(self, offset: int, *, keep: bool) -> None:
        """Put the caret somewhere; `keep`: select up to there."""
        assert self.caret is not None
        self._redraw(self.caret.position, self.caret.position)
        self.caret.position = offset
        if not keep:
            self.caret.anchor = offset
        self.select(min(self.caret.anchor, offset), max(self.caret.anchor, offset))
        self._redraw(offset, offset)
        self.bring_into_sight(offset, offset, above=0.06, below=0.1)

    def _announce(self, annotation: AnyAnnotation) -> None:
        """Tell a screen reader what has come into focus."""
        self.setAccessibleDescription(annotation.text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, annotation.text))
