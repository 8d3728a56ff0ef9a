"""Every page and dialog of the window, each opened as a reviewer opens it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from jiaozhu.intake import take
from jiaozhu.paths import sample_docs
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.pages import PAGES
from jiaozhu.review.storing import store_all
from jiaozhu.store import Store

SAMPLE = "yunling-2024-12-county-secretaries"
#: What no encoding but one reads, and is not tried by itself.
JAPANESE = "皆さん、こんにちは。今年の目標は七パーセントです。\n" * 6


def make_project(path: Path) -> Path:
    """Make a project of the sample documents, nothing of it decided."""
    with Store(path, create=True) as store:
        for _ in store_all(store, take(sorted(sample_docs().glob("*.txt")))):
            pass
    return path


def press(widget: QWidget, keys: str) -> None:
    """Press keys one after the other, named as Qt names them."""
    for key in keys.split():
        QTest.keySequence(widget, QKeySequence(key))


def until(true: Callable[[], bool]) -> None:
    """Let events come until something is true; fail after a minute."""
    patience = QDeadlineTimer(60_000)
    while not true():
        assert not patience.hasExpired()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def open_sample(window: MainWindow) -> None:
    """Open the document that README shows, some of it decided, one annotation flagged with a note."""
    assert window.session is not None
    rows = window.session.store.documents()
    window.page.open(next(row.id for row in rows if row.source.startswith(SAMPLE)))
    press(window.page.view, "Return Return Return Backspace Return Space Return F N")
    window.page.card.remark.field.setText("口径待查：是否含进口")
    press(window.page.card.remark.field, "Return")


def _keys(keys: str) -> Callable[[MainWindow], QWidget]:
    def open_(window: MainWindow) -> QWidget:
        window.page.view.setFocus()
        press(window.page.view, keys)
        return window

    return open_


def _action(id_: str) -> Callable[[MainWindow], QWidget]:
    def open_(window: MainWindow) -> QWidget:
        before = {one for one in window.findChildren(QDialog) if one.isVisible()}
        window.items[id_].trigger()
        QApplication.processEvents()
        (dialog,) = [one for one in window.findChildren(QDialog) if one not in before and one.isVisible()]
        return dialog

    return open_


def _page(name: str) -> Callable[[MainWindow], QWidget]:
    def open_(window: MainWindow) -> QWidget:
        window.items[f"page_{name}"].trigger()
        page = window.pages.currentWidget()
        until(lambda: getattr(page, "is_settled", True))  # of what is read in a thread
        return window

    return open_


def _start(window: MainWindow) -> QWidget:
    window.close_project()
    return window


def _tour(window: MainWindow) -> QWidget:
    window.page.start_tour()
    return window


def _bulk(window: MainWindow) -> QWidget:
    press(window.page.view, "Ctrl+Return")
    return next(one for one in window.findChildren(QDialog) if one.objectName() == "bulk" and one.isVisible())


def _report(window: MainWindow) -> QWidget:
    from jiaozhu.qt.import_report import ImportReport

    assert window.session is not None
    assert window.session.store.path is not None
    folder = window.session.store.path.parent / "导入"
    folder.mkdir(exist_ok=True)
    (folder / "日文.txt").write_bytes(JAPANESE.encode("euc_jp"))
    (folder / "空.txt").write_bytes(b"")
    (folder / "新.txt").write_text("河东县实现生产总值100亿元，增长5.5%。\n", "utf-8")
    window.import_paths([folder, *sorted(sample_docs().glob("*.txt"))[:2]])
    until(lambda: window.task is None)
    report = window.findChild(ImportReport)
    assert isinstance(report, ImportReport)
    return report


def _encoding(window: MainWindow) -> QWidget:
    from jiaozhu.qt.encoding_dialog import EncodingDialog
    from jiaozhu.qt.outcomes import Source

    dialog = EncodingDialog(Source("日文.txt", data=JAPANESE.encode("euc_jp")), window)
    dialog.open()
    until(lambda: bool(dialog.encodings))
    return dialog


#: What opens each, and returns the window or the dialog that it is in.
PLACES: dict[str, Callable[[MainWindow], QWidget]] = {
    "review": lambda window: window,
    "card-form": _keys("E"),
    "note": _keys("N"),
    "find": _keys("Ctrl+F"),
    "details": lambda window: (window.items["document_info"].trigger(), window)[1],
    "speech": lambda window: (window.items["edit_speech"].trigger(), window)[1],
    **{name: _page(name) for name in PAGES},
    "bulk": _bulk,
    "packet": _action("make_packet"),
    "key-editor": _action("change_keys"),
    "key-sheet": _action("key_sheet"),
    "commands": _action("commands"),
    "guideline": _action("guideline"),
    "about": _action("about"),
    "import-report": _report,
    "encoding": _encoding,
    "tour": _tour,
    "start": _start,  # the last, as it closes the project
}


def visit(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Yield each page and dialog with its name; it is open until the next one is asked for."""
    for name, open_ in PLACES.items():
        place = open_(window)
        QApplication.processEvents()
        QApplication.processEvents()
        yield name, place
        if place is not window:
            place.close()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        else:
            press(window.focusWidget() or window, "Escape")
            window.items["page_review"].trigger()
        window.activateWindow()
        until(window.isActiveWindow)
        window.page.finish()
        window.page.view.setFocus(Qt.FocusReason.OtherFocusReason)
