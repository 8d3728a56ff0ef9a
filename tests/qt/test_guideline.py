"""The guideline at hand: every field has its section, and the key opens it there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiaozhu.guideline import section_of, sections
from jiaozhu.qt import labels
from jiaozhu.qt.guideline_window import GuidelineWindow
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.fields import EDITABLE


def test_every_field_that_can_be_corrected_has_its_section(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {section.id for section in sections()}
    for type_ in "metric", "commitment":
        for field in EDITABLE[type_]:
            found = section_of(type_, field)
            assert found in known
            assert found not in ("span", "commitment")  # a section of its own, not the type's


def test_both_languages_have_the_same_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    from jiaozhu import i18n

    told = {}
    for language in "zh", "en":
        monkeypatch.setattr(i18n, "language", lambda language=language: language)
        told[language] = [section.id for section in sections()]
        assert all(section.text for section in sections())
    assert told["zh"] == told["en"]


@pytest.mark.parametrize("type_", ["metric", "commitment"])
def test_fields_and_choices_are_called_as_on_the_screen(type_: str) -> None:
    text = {section.id: f"{section.title} {section.text}" for section in sections()}
    for field in EDITABLE[type_]:
        about = text[section_of(type_, field)]
        assert labels.FIELDS[field] in about
        for value, label in labels.VALUES[type_].get(field, {}).items():
            assert value in about
            assert field == "comparator" or label in about


@pytest.mark.parametrize(
    ("keys", "section"),
    [("G", "span"), ("E Tab Tab Tab Tab Tab Shift+F1", "kind"), ("Down Down G", "commitment")],
)
def test_it_opens_at_what_is_at_hand(window: MainWindow, qtbot: QtBot, keys: str, section: str) -> None:
    for key in keys.split():
        focus = window.focusWidget()
        assert focus is not None
        QTest.keySequence(focus, QKeySequence(key))
    shown = window.findChild(GuidelineWindow)
    assert shown is not None
    assert shown.section == section
    qtbot.waitUntil(shown.isVisible)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    QTest.keyClick(shown.list, Qt.Key.Key_G)
    assert not shown.isVisible()
