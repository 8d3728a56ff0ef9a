"""Controls without a name for screen readers."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QToolButton,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit, QProgressBar)


def nameless(window: QWidget) -> list[str]:
    """Return the controls that a screen reader would have no name for; Qt's own parts have theirs."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
        and not (isinstance(widget, QToolButton) and isinstance(widget.parent(), QLineEdit))
        and type(widget).__name__ not in ("QTableCornerButton", "QComboBoxListView", "QHeaderView")
    ]
