"""Word documents with exactly the XML that a test is about."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def part(name: str, content: str) -> str:
    """Return a part of a document as XML, from what stands in its root."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{content}</w:{name}>'


def word(body: str, *, macros: bool = False, files: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """Return a document; `parts` is what stands in styles, numbering, footnotes …, `files` anything else."""
    main = f"{TYPES}.document.main+xml"
    if macros:
        main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    overrides = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    relations = ""
    for number, name in enumerate(parts):
        overrides += f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{name}+xml"/>'
        relations += f'<Relationship Id="r{number}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
    contents = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": body
        if body.startswith("<?xml")
        else part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        "</Relationships>",
    }
    roots = {"header": "hdr", "footer": "ftr"}
    contents |= {f"word/{name}.xml": part(roots.get(name, name), content) for name, content in parts.items()}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
        for name, data in (files or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def run(text: str, *, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, *, properties: str = "") -> str:
    """Return a paragraph of text, or of runs."""
    content = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"
