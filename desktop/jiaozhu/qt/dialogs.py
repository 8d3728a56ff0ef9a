"""What the window asks for: files, names, a yes. Each function returns the answer or None."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from jiaozhu.export import Exporter
from jiaozhu.i18n import gettext as _

SUFFIX = ".jiaozhu"


def ask_new_project(parent: QWidget, folder: Path) -> Path | None:
    """Return where a new project is to be made."""
    return _ask_target(parent, _("新建项目"), folder / (_("新项目") + SUFFIX), _("校注项目"))


def ask_project(parent: QWidget, folder: Path) -> Path | None:
    """Return the project to open."""
    name, _chosen = QFileDialog.getOpenFileName(parent, _("打开项目"), str(folder), _projects())
    return Path(name) if name else None


def ask_files(parent: QWidget, folder: Path) -> list[Path]:
    """Return the files to import."""
    from jiaozhu.reading import READERS  # needed for this alone: not when the window opens

    known = " ".join(f"*{suffix}" for suffix in READERS)
    kinds = f"{_('讲话文件')} ({known});;{_('所有文件')} (*)"
    names, _chosen = QFileDialog.getOpenFileNames(parent, _("导入文件"), str(folder), kinds)
    return [Path(name) for name in names]


def ask_folder(parent: QWidget, folder: Path) -> Path | None:
    """Return the folder to import."""
    name = QFileDialog.getExistingDirectory(parent, _("导入文件夹"), str(folder))
    return Path(name) if name else None


def ask_export(parent: QWidget, project: Path, exporter: Exporter) -> Path | None:
    """Return the file to export to."""
    return _ask_target(parent, _("导出"), project.with_suffix(exporter.suffix), exporter.title)


def ask_table(parent: QWidget, project: Path) -> Path | None:
    """Return the file to write a table to."""
    proposed = project.with_name(f"{project.stem}-{_('台账')}.csv")
    return _ask_target(parent, _("导出"), proposed, _("CSV 表格"))


def ask_copy(parent: QWidget, project: Path) -> Path | None:
    """Return where a project is to go on."""
    proposed = project.with_name(f"{project.stem} {_('副本')}{SUFFIX}")
    return _ask_target(parent, _("另存为"), proposed, _("校注项目"))


def ask_packets(parent: QWidget, folder: Path) -> list[Path]:
    """Return the packets to merge."""
    names, _chosen = QFileDialog.getOpenFileNames(parent, _("选择任务包"), str(folder), _projects())
    return [Path(name) for name in names]


def ask_packet_target(parent: QWidget, project: Path, reviewer: str) -> Path | None:
    """Return the file to write a packet to."""
    proposed = project.with_name(f"{project.stem}-{reviewer}{SUFFIX}")
    return _ask_target(parent, _("分发审校包"), proposed, _("校注任务包"))


def ask_reviewer(parent: QWidget, name: str) -> str | None:
    """Return the name under which decisions are recorded."""
    typed, is_meant = QInputDialog.getText(
        parent, _("审校人"), _("姓名（记在此后每一个决定之下）："), text=name
    )
    return typed.strip() if is_meant and typed.strip() else None


def tell_problem(parent: QWidget, title: str, problem: str, details: Sequence[str] = ()) -> None:
    """Say what went wrong, with a list that can be unfolded."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, problem, QMessageBox.StandardButton.Ok, parent)
    if details:
        box.setDetailedText("\n".join(details))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _projects() -> str:
    return f"{_('校注项目')} (*{SUFFIX});;{_('所有文件')} (*)"


def _ask_target(parent: QWidget, title: str, proposed: Path, kind: str) -> Path | None:
    """Return the file to write to, with the suffix of the one proposed if none was typed."""
    dialog = QFileDialog(parent, title, str(proposed.parent), f"{kind} (*{proposed.suffix})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(proposed.suffix)
    dialog.selectFile(proposed.name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
