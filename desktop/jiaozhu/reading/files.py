"""The bytes of a file, or a sentence saying why there are none."""

from __future__ import annotations

import stat
from pathlib import Path

from jiaozhu.i18n import gettext as _
from jiaozhu.reading.content import ReadError

#: Larger files are refused: a speech has 30 kB, a year of a province's newspaper 100 MB.
LARGEST = 200_000_000  # bytes


def load(path: Path) -> bytes:
    """Return the bytes of a regular file; pipes and devices are refused without being opened.

    Raises ReadError.
    """
    name = shown_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(
                _("“{name}”是文件夹；请选择其中的文件，或用 jiaozhu import 导入整个文件夹。").format(
                    name=name
                )
            )
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(
                _(
                    "“{name}”不是普通文件（是管道、设备或套接字）；"
                    "请先把内容存成文件，或用 - 从标准输入读取。"
                ).format(name=name)
            )
        check_size(status.st_size, name)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)  # never more, should the file be growing
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        raise ReadError(_("找不到文件“{name}”；请检查路径和文件名。").format(name=name)) from None
    except PermissionError:
        raise ReadError(
            _("没有权限读取“{name}”；请修改文件的权限，或把它复制到可以读取的地方。").format(name=name)
        ) from None
    except OSError as error:
        raise ReadError(
            _("无法读取“{name}”（{reason}）；请确认所在的磁盘可用，然后重试。").format(
                name=name, reason=error.strerror or error
            )
        ) from error


def check_size(size: int, name: str) -> None:
    """Raise ReadError if `size` bytes are more than the program takes."""
    if size > LARGEST:
        raise ReadError(
            _("“{name}”有 {size} MB，超过 {limit} MB 的上限；请拆分成几个文件再导入。").format(
                name=name, size=-(-size // 1_000_000), limit=LARGEST // 1_000_000
            )
        )


def shown_name(path: Path) -> str:
    """Return the file's name without folders, fit for sentences and records.

    What can't be shown (control characters, bytes that are no text) becomes U+FFFD.
    """
    return "".join(char if char.isprintable() else "\ufffd" for char in path.name or str(path))
