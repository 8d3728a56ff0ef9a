"""Nothing is ever fetched: no process of an import opens a socket or looks up a name, whatever files name."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from pdffile import pdf_file
from wordfile import OFFICE, paragraph, word

FILES = Path(__file__).resolve().parent / "files"
SENTENCE = "前三季度，全县地区生产总值增长7.2%，财政收入突破100亿元，城镇新增就业一万二千人。"

#: Python runs a module of this name at the start of each process, also of that which reads and those that
#: share the files out. It tells all that has to do with sockets, and goes on.
WATCH = """
import os, sys
told = os.open({path!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
sys.addaudithook(lambda event, _: event.startswith("socket.") and os.write(told, event.encode() + b"\\n"))
"""

REMOTE = (
    "<base href='http://a.example/'><meta http-equiv='refresh' content='0;url=http://a.example/2'>"
    "<link rel='stylesheet' href='//a.example/a.css'><link rel='canonical' href='http://a.example/1.html'>"
    "<script src='http://a.example/a.js'></script><!DOCTYPE x SYSTEM 'http://a.example/a.dtd'>"
)
PICTURES = (
    "<img src='http://a.example/a.png' srcset='http://a.example/b.png 2x'>"
    "<iframe src='http://a.example/f'></iframe><object data='http://a.example/o'></object>"
    "<video src='http://a.example/v' poster='http://a.example/p'></video>"
)


def page(article: str) -> str:
    return f"<html><head><meta charset='utf-8'>{REMOTE}</head><body>{article}{PICTURES}</body></html>"


def saved_page() -> bytes:
    head = "Snapshot-Content-Location: http://a.example/1\nContent-Type: multipart/related; boundary=b\n\n"
    return (
        f"{head}--b\nContent-Type: text/html; charset=utf-8\nContent-Location: http://a.example/1\n\n"
        f"{page(f'<div id=zoom><p>{SENTENCE}</div>')}\n--b\nContent-Type: message/external-body; "
        "access-type=URL; URL='http://a.example/x'\n\n\n--b--\n"
    ).encode()


def linked_word() -> bytes:
    """Return a document whose parts stand elsewhere: template, footnotes, picture, another document."""
    target = "Target='http://a.example/x' TargetMode='External'"
    kinds = ("attachedTemplate", "footnotes", "styles", "numbering", "image", "aFChunk", "hyperlink")
    relations = "".join(f"<Relationship Id='x{kind}' Type='{OFFICE}/{kind}' {target}/>" for kind in kinds)
    instruction = 'INCLUDETEXT "http://a.example/x"'
    field = f"<w:fldSimple w:instr='{instruction}'><w:r><w:t>甲</w:t></w:r></w:fldSimple>"
    archive = BytesIO(word(paragraph(SENTENCE) + f"<w:p>{field}</w:p>"))
    with ZipFile(archive) as whole:
        contents = {name: whole.read(name) for name in whole.namelist()}
    name = "word/_rels/document.xml.rels"
    contents[name] = contents[name].replace(b"</Rel", f"{relations}</Rel".encode())
    out = BytesIO()
    with ZipFile(out, "w") as whole:
        for name, data in contents.items():
            whole.writestr(name, data)
    return out.getvalue()


def watched(folder: Path, *command: str) -> list[str]:
    """Return what a command, and the processes that it starts, do with sockets."""
    told, modules = folder / "told.txt", folder / "modules"
    modules.mkdir()
    (modules / "sitecustomize.py").write_text(WATCH.format(path=str(told)), "utf-8")
    path = os.pathsep.join(filter(None, (str(modules), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=os.environ | {"PYTHONPATH": path}, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    return told.read_text("utf-8").splitlines()


def test_no_socket_is_opened(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    contents = {
        "known.html": page(f"<div id='zoom'><p>{SENTENCE}</p></div>").encode(),
        "unknown.html": page(f"<p>{SENTENCE}<p>".join(["甲。"] * 12)).encode(),
        "saved.mhtml": saved_page(),
        "linked.docx": linked_word(),
        "linked.pdf": pdf_file(
            b"BT /F 12 Tf 50 500 Td (Growth was 7.2 percent) Tj ET",
            page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://a.example)>>>>]",
        ),
        "linked.md": f"![图](http://a.example/a.png)\n原文链接：http://a.example/1\n{SENTENCE}".encode(),
        "big.txt": SENTENCE.encode() + b" " * 2_500_000,  # so large that several processes share the work
    }
    for name, data in contents.items():
        (files / name).write_bytes(data)
    for name in ("government.html", "wechat.html", "wechat.mhtml", "report.docx", "report.pdf"):
        (files / name).write_bytes((FILES / name).read_bytes())
    assert watched(tmp_path, "-m", "jiaozhu", "import", "a.jiaozhu", "files") == []


def test_a_socket_would_be_told(tmp_path: Path) -> None:
    """Also one in the process that reads, where it is forbidden too."""
    program = f"""
import sys
sys.path[:] = {sys.path!r}
import socket, naughty
from jiaozhu.reading import ReadError, confined
socket.socket().close()
for deed in b"connect", b"resolve":
    try:
        confined.run(naughty.read, deed, "a", None)
    except ReadError:
        pass
"""
    assert set(watched(tmp_path, "-c", program)) >= {"socket.__new__", "socket.getaddrinfo"}
