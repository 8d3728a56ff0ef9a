"""A picture as a report has it: a heading, a sentence that says what is seen, a drawing, and its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.chart import Chart
from jiaozhu.qt.text import Text

#: How much larger than on the screen a picture is saved.
_SAVED = 2


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key to a picture."""

    name: str
    colour: str
    sign: str = "■"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a picture shows."""

    sentence: str
    #: Draws it; None: there is nothing to draw yet, and the sentence says what to do.
    draw: Callable[[Chart], None] | None = None
    height: int = 200
    keys: Sequence[Key] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    #: What the rows open: ids of document and annotation.
    places: Sequence[tuple[str, str] | None] = field(default=())

    def as_tsv(self) -> str:
        """Return the table with tabs between its cells."""
        lines = (self.columns, *self.rows)
        return "".join("\t".join(cell.replace("\t", " ") for cell in line) + "\n" for line in lines)


class Picture(QWidget):
    """Shows one content after the other. T turns between drawing and table, Ctrl+C copies, Ctrl+S saves."""

    place_chosen = Signal(str, str)
    #: Something to be said in passing.
    remarked = Signal(str)

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = heading
        self.content = Content("")
        self._is_filled = False  # whether the table shows it: it is filled when it is first looked at
        self._title = Text(heading)
        font = theme.reading_font(17)
        font.setBold(True)
        self._title.setFont(font)
        self._sentence = Text(wraps=True)
        self._legend = _Legend()
        self._said = Text("", "quiet", size="small", wraps=True)
        self.chart = Chart(heading)
        self.chart.setProperty("role", "picture")
        self.table = QTableWidget()
        self.table.setAccessibleName(_("{heading}：表格").format(heading=heading))
        self.table.setProperty("role", "picture")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.cellActivated.connect(lambda row, _column: self._open(row))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)
        self._menu = self._make_menu()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._menu)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self.tools)
        column.addWidget(self._sentence)
        column.addWidget(self._legend)
        column.addWidget(self._stack)
        column.addWidget(self._said)
        column.addStretch()
        theme.dress(self)
        for widget in self.chart, self.table:
            widget.installEventFilter(self)
        self.chart.pointed.connect(self._say)
        self.chart.place_chosen.connect(self.place_chosen)

    def set_project(self, project: Path | None) -> None:
        """Show nothing: what was shown is of another project."""
        self.show_content(Content(""))

    def take(self, value: object) -> None:
        """Show what was read from the project."""
        assert isinstance(value, Content)
        self.show_content(value)

    @property
    def is_reading(self) -> bool:
        """Whether more is being read for it."""
        return False

    def show_content(self, content: Content) -> None:
        """Show something else; what is pointed at stays if it is there as before."""
        at = self.chart.at
        self.content = content
        is_drawn = content.draw is not None
        self._sentence.show_text(content.sentence)
        self._sentence.set_ink("ink" if is_drawn else "quiet")
        self._legend.show_keys(content.keys)
        for widget in self._stack, self._said, self._menu:
            widget.setVisible(is_drawn)
        self.chart.begin()
        if content.draw is not None:
            self._stack.setFixedHeight(content.height)
            content.draw(self.chart)
        self.chart.setAccessibleDescription(content.sentence)
        self._is_filled = False
        if self.is_table:
            self._fill_table()
        if at is not None and at in self.chart.points:
            self.chart.point_at(self.chart.points.index(at))
        else:
            self._say("")

    def apply_theme(self) -> None:
        """Draw it in the colours of the current theme."""
        for text in self._title, self._sentence, self._said:
            text.apply_theme()
        self.show_content(self.content)

    @property
    def is_table(self) -> bool:
        """Whether the table is in front of the drawing."""
        return self._stack.currentWidget() is self.table

    @property
    def said(self) -> str:
        """What is said below the drawing."""
        return self._said.text()

    def turn(self) -> None:
        """Show the table in place of the drawing, or the drawing again."""
        had_focus = self._menu.hasFocus() or (self.table if self.is_table else self.chart).hasFocus()
        if not self._is_filled:
            self._fill_table()
        self._stack.setCurrentWidget(self.chart if self.is_table else self.table)
        if had_focus:
            (self.table if self.is_table else self.chart).setFocus(Qt.FocusReason.OtherFocusReason)
        if self.is_table and self.table.currentRow() < 0 and self.table.rowCount():
            self.table.setCurrentCell(0, 0)

    def copy(self) -> None:
        """Copy the table, with tabs between its cells."""
        QGuiApplication.clipboard().setText(self.content.as_tsv())
        self.remarked.emit(_("“{heading}”的表格已复制，可以粘贴到电子表格中。").format(heading=self.heading))

    def save(self) -> None:
        """Ask for a file and save the picture in it."""
        kinds = f"{_('图片')} (*.png);;{_('矢量图')} (*.svg)"
        dialog = QFileDialog(self, _("保存图片"), str(Path.home()), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("svg" if "svg" in kind else "png"))
        dialog.selectFile(self.heading)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.open()

    def save_to(self, path: Path) -> bool:
        """Write heading, sentence and drawing to a PNG or SVG file; return whether it worked."""
        self.chart.point_at(None)
        margin = 20
        size = QSize(self.width() + 2 * margin, self._said.geometry().top() - self._tools_height + 2 * margin)
        worked = (
            self._as_svg(path, size, margin) if path.suffix == ".svg" else self._as_png(path, size, margin)
        )
        self.remarked.emit(
            _("图片已保存到 {path}。").format(path=path)
            if worked
            else _("无法写入“{path}”；请换一个位置。").format(path=path)
        )
        return worked

    def _as_png(self, path: Path, size: QSize, margin: int) -> bool:
        image = QImage(size * _SAVED, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SAVED)
        image.fill(theme.current().paper)
        painter = QPainter(image)
        self._paint_on(painter, margin)
        painter.end()
        return image.save(str(path))

    def _as_svg(self, path: Path, size: QSize, margin: int) -> bool:
        made = QBuffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(made)
        generator.setSize(size)
        generator.setViewBox(QRect(QPoint(), size))
        generator.setTitle(self.heading)
        generator.setDescription(self.content.sentence)
        painter = QPainter(generator)
        painter.fillRect(QRect(QPoint(), size), theme.current().paper)
        self._paint_on(painter, margin)
        painter.end()
        try:
            path.write_bytes(bytes(made.data().data()))
        except OSError:
            return False
        return True

    def _paint_on(self, painter: QPainter, margin: int) -> None:
        """Paint heading, sentence, key and drawing, each where it stands in the window."""
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.translate(margin, margin)
        for text in self._title, self._sentence:
            painter.setFont(text.font())
            painter.setPen(theme.current().ink)
            painter.drawText(QRectF(text.geometry()), int(flags), text.text())
            if text is self._title:
                painter.translate(0, -self._tools_height)
        painter.save()
        painter.translate(self._legend.pos())
        self._legend.paint_on(painter)
        painter.restore()
        self.chart.render(painter, QRectF(self._stack.geometry()), self.chart.viewport().rect())

    @property
    def _tools_height(self) -> int:
        """How much room is between heading and sentence for what a saved picture is without, in pixels."""
        return max(0, self._sentence.y() - self._title.geometry().bottom() - 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on the keys of drawing and table."""
        if event.type() == QEvent.Type.FocusIn:
            self._say(self.chart.at.says if self.chart.at is not None else "")
        elif event.type() == QEvent.Type.FocusOut:
            self._said.show_text("")
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_T and not event.modifiers():
                self.turn()
                return True
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
            if event.matches(QKeySequence.StandardKey.Save):
                self.save()
                return True
            if watched is self.table and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.table.currentRow())
                return True
        return False

    def _say(self, said: str) -> None:
        """Say what a point says, or how to get to the points."""
        if not said and self.chart.hasFocus() and self.chart.points:
            opens = any(point.place for point in self.chart.points)
            said = _("方向键逐点查看，回车打开原句，T 看表格。") if opens else _("方向键逐点查看，T 看表格。")
        self._said.show_text(said)
        at = self.chart.at
        self.chart.setAccessibleDescription(at.says if at is not None else self.content.sentence)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.content.places) and (place := self.content.places[row]):
            self.place_chosen.emit(*place)

    def _fill_table(self) -> None:
        self._is_filled = True
        self.table.clear()
        self.table.setColumnCount(len(self.content.columns))
        self.table.setHorizontalHeaderLabels(list(self.content.columns))
        self.table.setRowCount(len(self.content.rows))
        for number, row in enumerate(self.content.rows):
            for column, cell in enumerate(row):
                self.table.setItem(number, column, QTableWidgetItem(cell))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)

    def _make_menu(self) -> QToolButton:
        button = QToolButton()
        button.setText("⋯")
        button.setAccessibleName(_("{heading}：表格和图片").format(heading=self.heading))
        button.setToolTip(_("看表格、复制、存为图片"))
        button.setProperty("role", "page")
        button.setProperty("plain", True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for title, key, act in (
            (_("图形或表格"), "T", self.turn),
            (_("复制表格"), "Ctrl+C", self.copy),
            (_("存为图片…"), "Ctrl+S", self.save),
        ):
            menu.addAction(f"{title}\t{key}", act)
        button.setMenu(menu)
        return button


class _Legend(QWidget):
    """The key to a picture, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: Sequence[Key] = ()
        self.setFont(theme.interface_font("small"))
        self.setFixedHeight(20)
        self.hide()

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show other keys; without any, nothing."""
        self._keys = keys
        self.setVisible(bool(keys))
        self.setAccessibleName(_("、").join(key.name for key in keys))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the keys."""
        painter = QPainter(self)
        self.paint_on(painter)

    def paint_on(self, painter: QPainter) -> None:
        """Paint the keys from where the painter is."""
        colours = theme.current().colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        x = 1.0
        for key in self._keys:
            ink = colours[key.colour]
            painter.setPen(QPen(ink, 1.6) if key.hollow else Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().paper if key.hollow else ink)
            place = QRectF(x, 5, 10, 10)
            if key.sign == "■":
                painter.drawRect(place)
            elif key.sign == "●":
                painter.drawEllipse(place)
            elif key.sign == "·":
                painter.drawEllipse(place.center(), 2.5, 2.5)
            elif key.sign == "◆":
                c = place.center()
                painter.drawPolygon([c + _at(0, -6), c + _at(6, 0), c + _at(0, 6), c + _at(-6, 0)])
            elif key.sign == "▲":
                c = place.center()
                painter.drawPolygon([c + _at(0, -6), c + _at(5.5, 4.5), c + _at(-5.5, 4.5)])
            else:
                dashed = Qt.PenStyle.DashLine if key.sign == "┄" else Qt.PenStyle.SolidLine
                painter.setPen(QPen(ink, 2, dashed))
                painter.drawLine(place.center() - _at(7, 0), place.center() + _at(7, 0))
            painter.setPen(colours["quiet"])
            width = painter.fontMetrics().horizontalAdvance(key.name)
            painter.drawText(QRectF(x + 16, 0, width + 4, 20), int(Qt.AlignmentFlag.AlignVCenter), key.name)
            x += width + 36


def _at(x: float, y: float) -> QPointF:
    return QPointF(x, y)
