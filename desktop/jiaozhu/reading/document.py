"""Files and bytes become documents: the reader of the format, then hash, title, publisher and date."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Document
from jiaozhu.reading import confined, docx, files, html, metadata, mhtml, ocr, pdf, plain
from jiaozhu.reading.content import Reader, ReadError
from jiaozhu.reading.signature import find_format

#: The reader of each suffix. A new format is one file in this folder and its line here.
READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".docx": docx.read,
    ".docm": docx.read,
    ".pdf": pdf.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".shtml": html.read,
    ".mhtml": mhtml.read,
    ".mht": mhtml.read,
    ".png": ocr.read,
    ".jpg": ocr.read,
    ".jpeg": ocr.read,
    ".tif": ocr.read,
    ".tiff": ocr.read,
}

#: The suffixes of pictures, whose text has to be recognised.
PICTURES = tuple(suffix for suffix, reader in READERS.items() if reader is ocr.read)


def read(path: Path | str, *, encoding: str | None = None) -> Document:
    """Return the document in a file.

    `encoding` is for plain text and web pages, and overrules what the bytes look like.
    Raises ReadError if there is no such file, if it may not be read, or if it holds no text.
    """
    path = Path(path)
    return read_bytes(files.load(path), files.shown_name(path), encoding=encoding)


def read_bytes(data: bytes, source: str, *, encoding: str | None = None) -> Document:
    """Return the document in `data`, which came from `source`: a file's name, "-", the clipboard.

    Raises ReadError as `read` does.
    """
    files.check_size(len(data), source)
    reader = _reader(data, source)
    if reader is plain.read:  # decoding can do no harm, and most files are text
        content = reader(data, source, encoding)
    else:
        content = confined.run(reader, data, source, encoding)
    if not content.text:
        raise ReadError(_("“{name}”是空的，或只有空白，没有可读的文字；请检查文件内容。").format(name=source))
    digest = sha256(data).hexdigest()
    found = metadata.find(content.text, source, content)
    return Document(
        id=digest[:16],
        source=source,
        sha256=digest,
        encoding=content.encoding,
        text=content.text,
        title=found.title,
        publisher=found.publisher,
        date=found.date,
        raw=data,
        source_map=content.source_map,
        boxes=content.boxes,
        url=found.url,
        dropped=content.dropped,
        doubts=(*content.doubts, *found.doubts),
    )


def _reader(data: bytes, source: str) -> Reader:
    """Return the reader for the bytes: what they begin with counts before the name's suffix."""
    found = find_format(data)
    if found is None:
        return READERS.get(Path(source).suffix.lower(), plain.read)
    if found.suffix in READERS:
        return READERS[found.suffix]
    raise ReadError(
        _(
            "“{name}”是{format}，目前不能直接读取；请用原来的程序另存为 .docx 或纯文本（.txt），再导入。"
        ).format(name=source, format=found.name)
    )
