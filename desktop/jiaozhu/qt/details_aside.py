"""The right pane: the card of the annotation in focus, or in its place a speech or the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from jiaozhu.qt.card import Card
from jiaozhu.review import ReviewError, Session
from jiaozhu.store import StoreError

if TYPE_CHECKING:
    from jiaozhu.qt.details import Details
    from jiaozhu.qt.speech_sheet import SpeechSheet


class Aside(QStackedWidget):
    """Shows one sheet at a time; the card comes back when the other one is left."""

    #: Keys are to go to the text again.
    left = Signal()
    #: Something to be said in passing.
    remarked = Signal(str)
    #: The id of another version that is to be opened.
    version_chosen = Signal(str)
    #: An offset of the text that is to be shown.
    place_chosen = Signal(int)

    def __init__(
        self,
        card: Card,
        *,
        describe: Callable[[dict[str, str | None]], str | None],
        rename: Callable[[str, dict[str, str | None]], str | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._describe = describe
        self._rename = rename
        self._speech_actions: Sequence[QAction] = ()
        self.details: Details | None = None  # made when they are first wanted
        self.speech: SpeechSheet | None = None
        self.addWidget(card)

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Take the actions for the buttons below a speech."""
        self._speech_actions = actions

    @property
    def is_card(self) -> bool:
        """Whether the card is shown, and no other sheet."""
        return self.currentWidget() is self._card

    @property
    def speech_id(self) -> str | None:
        """The speech that is shown, None if none is."""
        if self.speech is None or self.currentWidget() is not self.speech or self.speech.speech is None:
            return None
        return self.speech.speech.id

    def show_details(self, session: Session) -> None:
        """Show what is known of the open document; keys go there."""
        if self.details is None:
            from jiaozhu.qt.details import Details

            self.details = Details(self._describe)
            self.details.left.connect(self._leave)
            self.details.version_chosen.connect(self.version_chosen)
            self.details.place_chosen.connect(self.place_chosen)
            self.addWidget(self.details)
        self.details.show_document(session)
        self.setCurrentWidget(self.details)
        self.details.take_keys()

    @property
    def is_details(self) -> bool:
        """Whether what is known of the document is shown."""
        return self.details is not None and self.currentWidget() is self.details

    def show_speech(self, session: Session, speech_id: str) -> None:
        """Show what is known of a speech, the cursor in its speaker."""
        speech = session.outline.speech(speech_id)
        if self.speech is None:
            from jiaozhu.qt.speech_sheet import SpeechSheet

            self.speech = SpeechSheet(self._rename, self._speech_actions)
            self.speech.left.connect(self._leave)
            self.addWidget(self.speech)
        self.speech.show_speech(session, speech)
        self.setCurrentWidget(self.speech)
        self.speech.focus_on()

    def refresh(self, session: Session) -> None:
        """Show what has changed; a speech that is gone is left."""
        try:
            if self.is_details and self.details is not None:
                self.details.show_document(session)
            elif self.speech is not None and (speech_id := self.speech_id) is not None:
                self.speech.show_speech(session, session.outline.speech(speech_id))
        except ReviewError:
            self.show_card()
        except StoreError as error:
            self.remarked.emit(str(error))

    def finish(self, *, stay: bool = False) -> bool:
        """Record what was typed and show the card, or `stay`; return False if a value is wrong."""
        if self.is_card:
            return self._card.finish()
        for sheet in (self.details, self.speech):
            if sheet is not None and self.currentWidget() is sheet and not sheet.finish():
                return False
        if not stay:
            self.show_card()
        return True

    def show_card(self) -> None:
        """Show the card of the annotation in focus."""
        self.setCurrentWidget(self._card)

    def _leave(self) -> None:
        self.show_card()
        self.left.emit()
