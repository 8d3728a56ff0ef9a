"""What is on the clipboard, as something to import: files, text or a picture."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from jiaozhu.i18n import gettext as _
from jiaozhu.qt.outcomes import Source

_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)


def pasted() -> list[Source] | str:
    """Return what is on the clipboard, or a sentence why that can't be imported.

    The bytes of text are its UTF-8, those of a picture a PNG file: pasted twice they are the same.
    """
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return _("剪贴板是空的。")
    files = [Source(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files
    if (text := data.text()).strip():
        if _ADDRESS.fullmatch(text.strip()):
            return _("剪贴板里只有一个网址；程序不连接网络，请在浏览器中打开它，复制正文再粘贴。")
        return [Source(_name("txt"), text.encode("utf-8", "replace"), "utf-8")]
    picture = _picture(data)
    if picture:
        return [Source(_name("png"), picture)]
    return _("剪贴板是空的，或其中没有文字、图片和文件。")


def _picture(data: QMimeData) -> bytes:
    """Return the picture as a PNG file; empty if there is none."""
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())


def _name(suffix: str) -> str:
    """Return a name with the moment in it, as a file could have."""
    return _("剪贴板 {moment}.{suffix}").format(
        moment=f"{datetime.now().astimezone():%Y-%m-%d %H-%M}", suffix=suffix
    )
