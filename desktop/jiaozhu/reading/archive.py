"""Zip archives from outside: what they hold is looked at before anything is unpacked."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from jiaozhu.i18n import gettext as _
from jiaozhu.reading.content import ReadError

_MOST_FILES = 10_000
_LARGEST = 400_000_000  # bytes unpacked, pictures and all
_LARGEST_MARKUP = 64_000_000  # bytes unpacked; a million characters in Word take a tenth of that
_MOST_TAGS = 2_000_000  # each takes 200 bytes when it is read
_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def check(data: bytes, source: str) -> None:
    """Raise ReadError unless `data` is a whole Word document that unpacks to a size one can bear."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_kind([entry.filename for entry in entries], source)
            if any(entry.flag_bits & 1 for entry in entries):
                sentence = _("“{name}”有密码保护，不能读取；请用 Word 打开，去掉密码另存，再导入。")
                raise ReadError(sentence.format(name=source))
            if _is_too_large(entries):
                sentence = _("“{name}”解压后太大（可能是压缩炸弹），没有读取；请用 Word 打开并另存，再导入。")
                raise ReadError(sentence.format(name=source))
            if not all(_is_plain(archive, entry) for entry in entries if _is_markup(entry)):
                sentence = _(
                    "“{name}”含有 Word 不会写入的内容（实体声明），没有读取；请用 Word 打开并另存，再导入。"
                )
                raise ReadError(sentence.format(name=source))
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        sentence = _("“{name}”不是完整的 Word 文档（已损坏或没有下载完）；请重新获取，再导入。")
        raise ReadError(sentence.format(name=source)) from None


def _check_kind(names: list[str], source: str) -> None:
    if "[Content_Types].xml" in names and any(name.lower().startswith("word/") for name in names):
        return
    kinds = {"xl/": _("Excel 表格"), "ppt/": _("PowerPoint 演示文稿"), "mimetype": _("OpenDocument 文档")}
    found = (kind for sign, kind in kinds.items() if any(name.startswith(sign) for name in names))
    kind = next(found, _("压缩包"))
    sentence = _("“{name}”是{kind}，目前不能直接读取；请另存为 .docx 或纯文本（.txt），或先解压，再导入。")
    raise ReadError(sentence.format(name=source, kind=kind))


def _is_markup(entry: ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _is_too_large(entries: list[ZipInfo]) -> bool:
    """Return whether the archive unpacks to too much; nothing unpacks to more than its entry says."""
    return (
        len(entries) > _MOST_FILES
        or sum(entry.file_size for entry in entries) > _LARGEST
        or sum(entry.file_size for entry in entries if _is_markup(entry)) > _LARGEST_MARKUP
    )


def _is_plain(archive: ZipFile, entry: ZipInfo) -> bool:
    """Return whether an XML part declares no entities, which the format forbids, and has few enough tags."""
    tags = 0
    tail = b""
    with archive.open(entry) as file:
        while chunk := file.read(1 << 20):
            tags += chunk.count(b"<")
            if tags > _MOST_TAGS or any(mark in tail + chunk for mark in _DECLARATIONS):
                return False
            tail = chunk[-32:]
    return True
