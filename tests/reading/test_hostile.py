"""Files that mean harm: each ends in one sentence, soon, with little memory, and the next file is read."""

import os
import random
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiaozhu.model import Document
from jiaozhu.reading import ReadError, read, read_bytes
from pdffile import pdf_file
from wordfile import NAMESPACES, paragraph, word

FILES = Path(__file__).resolve().parent / "files"
TEXT = paragraph("全县生产总值增长7.2%。")
MEGABYTE = 1 << 20

MOST_SECONDS = 10.0
MOST_MEMORY = 1 << 30


def deflated(megabytes: int) -> bytes:
    """Return so many megabytes of spaces, packed; the checksum at the end is left out."""
    compressor = zlib.compressobj(9, wbits=-15)
    block = compressor.compress(b" " * MEGABYTE) + compressor.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + block * megabytes + b"\x03\x00"


def doctype(declared: str, text: str) -> bytes:
    body = paragraph("全县生产总值增长7.2%。" + text)
    root = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return word(f"<?xml version='1.0'?><!DOCTYPE w [{declared}]>{root}")


def laughs() -> str:
    """Return entities of which the last one is ten to the ninth times the first."""
    return "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))


def locked_zip() -> bytes:
    data = bytearray(word(TEXT))
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


def strange_zip() -> bytes:
    data = bytearray(word(TEXT))
    for mark, offset in (b"PK\x03\x04", 8), (b"PK\x01\x02", 10):
        place = 0
        while (place := data.find(mark, place)) >= 0:
            data[place + offset] = 97  # a way to compress that nobody has
            place += 4
    return bytes(data)


def forms(depth: int) -> list[bytes]:
    """Return pictures of a pdf file that each draw the next one ten times."""
    draw = b"/X Do " * 10
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>/Length %d>>stream\n%s\nendstream"
    made = [form % (b"/XObject<</X %d 0 R>>" % (7 + i), len(draw), draw) for i in range(depth)]
    return [*made, form % (b"", 4, b"q Q ")]


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", deflated(64)) + chunk(b"IEND", b"")


def half(name: str) -> bytes:
    data = (FILES / name).read_bytes()
    return data[: len(data) // 2]


CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # Word
    "a zip bomb": (
        ".docx",
        lambda: word(TEXT, files={"word/media/a.bin": b"\0" * 450 * MEGABYTE}),
        "解压后太大",
    ),
    "a zip bomb of markup": (
        ".docx",
        lambda: word(TEXT, files={"word/a.xml": b" " * 70 * MEGABYTE}),
        "解压后太大",
    ),
    "a zip of many files": (
        ".docx",
        lambda: word(TEXT, files={f"a/{i}": b"" for i in range(10_000)}),
        "太大",
    ),
    "millions of tags": (".docx", lambda: word("<w:p/>" * 2_100_000), "没有读取"),
    "millions of attributes": (
        ".docx",
        lambda: word("<w:p " + " ".join(f"a{i}=''" for i in range(1_000_000)) + "/>"),
        "已损坏|太多|太费时间",
    ),
    "entities that laugh": (".docx", lambda: doctype(laughs(), "&a9;"), "实体声明"),
    "an entity from a file": (
        ".docx",
        lambda: doctype("<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;"),
        "实体声明",
    ),
    "an entity from the network": (
        ".docx",
        lambda: doctype("<!ENTITY x SYSTEM 'http://a.example/'>", "&x;"),
        "实体声明",
    ),
    "entities in UTF-16": (
        ".docx",
        lambda: word(TEXT, files={"word/a.xml": "\ufeff<!DOCTYPE a []><a/>".encode("utf-16-le")}),
        "实体声明",
    ),
    "tables in tables in tables": (".docx", lambda: word("<w:tbl><w:tr><w:tc>" * 3000), "已损坏"),
    "a word document cut off": (".docx", lambda: half("report.docx"), "不是完整的 Word 文档"),
    "a locked archive": (".docx", locked_zip, "有密码保护"),
    "an archive packed in a strange way": (".docx", strange_zip, "不是完整的 Word 文档|已损坏"),
    "an archive with nothing in it": (".docx", lambda: b"PK\x05\x06" + b"\0" * 18, "压缩包"),
    "text that calls itself a word document": (".docx", lambda: "各位代表".encode(), "不是完整的 Word 文档"),
    # pdf
    "a page of two gigabytes": (
        ".pdf",
        lambda: pdf_file(deflated(2000), filters=b"/FlateDecode"),
        "需要的内存太多|太费时间",
    ),
    "a page packed twice": (
        ".pdf",
        lambda: pdf_file(zlib.compress(deflated(4000)), filters=b"[/FlateDecode/FlateDecode]"),
        "需要的内存太多|太费时间",
    ),
    "pictures that draw pictures": (
        ".pdf",
        lambda: pdf_file(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=forms(20)),
        "太费时间|需要的内存太多",
    ),
    "a page without end": (
        ".pdf",
        lambda: pdf_file(b"", pages=b"[3 0 R " + b"3 0 R " * 200_000 + b"]"),
        "超过 3000 页",
    ),
    "pages that hold themselves": (".pdf", lambda: pdf_file(b"", pages=b"[2 0 R]"), "不是完整的 PDF|空的"),
    "a pdf file cut off": (".pdf", lambda: half("report.pdf"), "不是完整的 PDF"),
    "a locked pdf file": (".pdf", lambda: (FILES / "locked.pdf").read_bytes(), "有密码保护"),
    "text that calls itself a pdf file": (".pdf", lambda: "各位代表".encode(), "不是完整的 PDF"),
    # Web pages
    "a page ten thousand deep": (".html", lambda: b"<html>" + b"<div>" * 10_000 + b"a", "嵌套太深"),
    "tags that are never closed": (".html", lambda: b"<html>" + b"<b><i><font>" * 20_000 + b"a", "嵌套太深"),
    "millions of paragraphs": (".html", lambda: b"<html>" + b"<p>a</p>" * 3_000_000, "太多|太费时间|已损坏"),
    "a page of one line": (".html", lambda: b"<html><p>" + b"a" * 190_000_000, "太多|太费时间|已损坏"),
    "a hundred thousand classes": (
        ".html",
        lambda: b"<html><p class='" + b"TRS_Editor " * 3_000_000 + b"'>a",
        "费时|空|多",
    ),
    "a saved page cut off": (".mhtml", lambda: (FILES / "wechat.mhtml").read_bytes()[:150], "没有网页"),
    "messages in messages": (
        ".mhtml",
        lambda: (
            b"Content-Type: multipart/related; boundary=a\n\n"
            + b"--a\nContent-Type: multipart/related; boundary=a\n\n" * 20_000
        ),
        "没有网页",
    ),
    # Text
    "a line of 190 megabytes": (".txt", lambda: b"a" * 190_000_000, "60 MB 的上限"),
    "ten million lines": (".txt", lambda: "正文\n".encode() * 8_000_000, "超过 250000 行"),
    "pages without end": (".txt", lambda: "正文\f".encode() * 8_000_000, "超过 250000 行"),
    "paragraphs in one line": (".txt", lambda: "正文。　　".encode() * 3_000_000, "超过 250000 行"),
    "invisible characters": (".txt", lambda: "文\u200b".encode() * 9_000_000, "不可见字符"),
    "blank lines without end": (".txt", lambda: b"\r\n" * 25_000_000 + b"a", "超过 250000 行"),
    "a file of records that is none": (
        ".doc",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "旧版 Word 文档",
    ),
    # Pictures
    "a picture of four gigapixels": (".png", lambda: png(65_000, 65_000), "太大|请先安装|请先|安装"),
    "a picture cut off": (".png", lambda: half("scan.png")[:60], "不是完整的图片|安装"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_and_no_harm(name: str) -> None:
    suffix, make, sentence = CASES[name]
    data = make()
    begin = time.monotonic()
    with pytest.raises(ReadError, match=sentence) as error:
        read_bytes(data, f"甲{suffix}")
    assert time.monotonic() - begin < MOST_SECONDS
    assert "\n" not in str(error.value)
    assert f"甲{suffix}" in str(error.value)
    assert read_bytes(word(TEXT), "乙.docx").text == "全县生产总值增长7.2%。"


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells the most memory of a process"
)
@pytest.mark.parametrize("name", ["a page of two gigabytes", "millions of paragraphs", "a page of one line"])
def test_memory_stays_small(name: str, tmp_path: Path) -> None:
    suffix, make, _ = CASES[name]
    file = tmp_path / f"甲{suffix}"
    file.write_bytes(make())
    program = """
import re, sys, threading
from pathlib import Path
import psutil
from jiaozhu.reading import ReadError, read
peaks, over = {}, threading.Event()
def watch():
    while not over.wait(0.005):
        for process in [psutil.Process(), *psutil.Process().children()]:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text()
            except OSError:
                continue
            if found := re.search(r"VmHWM:\\s+(\\d+)", status):
                peaks[process.pid] = int(found[1]) * 1024
watcher = threading.Thread(target=watch)
watcher.start()
try:
    read(sys.argv[1])
except ReadError:
    print(sum(peaks.values()))
over.set()
"""
    said = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=True)
    assert int(said.stdout) < MOST_MEMORY


def test_an_archive_writes_nothing_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    evil = {
        "../../evil.txt": b"a",
        "/evil.txt": b"a",
        "..\\..\\evil.txt": b"a",
        "word/../../evil.xml": b"<a/>",
    }
    assert read_bytes(word(TEXT, files=evil), "甲.docx").text == "全县生产总值增长7.2%。"
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["deep", "down"]


def test_what_a_relation_points_to_outside_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<a>机密</a>", "utf-8")
    target = f"Target='{secret.as_uri()}' TargetMode='External'"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    data = BytesIO(word(TEXT))
    with ZipFile(data) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    relations = contents["word/_rels/document.xml.rels"]
    contents["word/_rels/document.xml.rels"] = relations.replace(
        b"</Rel", f"<Relationship Id='x' Type='{kind}' {target}/></Rel".encode()
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    assert "机密" not in read_bytes(out.getvalue(), "甲.docx").text


# Names and kinds of files


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as error:
        read(path)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.skipif(sys.platform == "win32", reason="no devices, pipes and links in folders")
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt"])
def test_devices_pipes_and_links(tmp_path: Path, suffix: str) -> None:
    pipe, device, loop = (tmp_path / f"{name}{suffix}" for name in ("pipe", "device", "loop"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    loop.symlink_to(loop)
    assert "不是普通文件" in refusal(pipe)
    assert "不是普通文件" in refusal(device)
    assert "无法读取" in refusal(loop)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize(
    "name", ["甲\n乙.docx", "-rf.docx", "--help.docx", "甲\x1b[2J.docx", "a\udcff.docx", "“甲”.docx"]
)
def test_odd_names(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"PK\x03\x04")
    assert "不是完整的 Word 文档" in refusal(file)
    file.write_bytes(word(TEXT))
    assert read(file).text == "全县生产总值增长7.2%。"


def test_the_command_line_says_it_and_leaves_the_project_alone(tmp_path: Path) -> None:
    project, good = tmp_path / "a.jiaozhu", tmp_path / "好.docx"
    good.write_bytes(word(TEXT))
    (tmp_path / "-bad.docx").write_bytes(CASES["entities that laugh"][1]())

    def jiaozhu(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "jiaozhu", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert jiaozhu("import", "a.jiaozhu", "好.docx").returncode == 0
    before = project.read_bytes()
    done = jiaozhu("import", "a.jiaozhu", "--", "-bad.docx")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "“-bad.docx”含有 Word 不会写入的内容（实体声明），没有读取；请用 Word 打开并另存，再导入。"
    ]
    assert project.read_bytes() == before


# Damage at random


def read_or_refuse(data: bytes, name: str) -> None:
    """Fail if reading ends in anything but a document or a sentence."""
    with suppress(ReadError):
        assert isinstance(read_bytes(data, name), Document)


@pytest.mark.parametrize("name", ["report.docx", "report.pdf", "government.html", "wechat.mhtml"])
def test_damage_at_random_places(name: str) -> None:
    whole = (FILES / name).read_bytes()
    chance = random.Random(name)
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 10, 200))):
            place = chance.randrange(len(data))
            match chance.choice(["change", "cut", "repeat"]):
                case "change":
                    data[place] = chance.randrange(256)
                case "cut":
                    del data[place : place + chance.randrange(40)]
                case "repeat":
                    data[place:place] = data[place : place + chance.randrange(40)]
        read_or_refuse(bytes(data), name)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<w:p>",
                    "</w:p>",
                    "<w:r>",
                    "</w:r>",
                    "<w:t>文</w:t>",
                    "<w:tbl>",
                    "</w:tbl>",
                    "<w:tr>",
                    "</w:tr>",
                ),
                *("<w:tc>", "</w:tc>", "<w:br/>", "<w:footnoteReference w:id='9'/>", "<w:ins>", "</w:ins>"),
                *("<w:numPr><w:numId w:val='x'/></w:numPr>", "<w:pPr>", "</w:pPr>", "<w:sym w:char='zz'/>"),
                *("<w:sdt>", "</w:sdt>", "<w:txbxContent>", "</w:txbxContent>", "<w:pict>", "</w:pict>"),
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_markup(body: str) -> None:
    read_or_refuse(word(body), "甲.docx")


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<div id=zoom>",
                    "</div>",
                    "<table>",
                    "</table>",
                    "<tr>",
                    "</tr>",
                    "<td>",
                    "</td>",
                ),
                *(
                    "文。",
                    "<br>",
                    "<title>",
                    "</title>",
                    "<h1>",
                    "</h1>",
                    "<pre>",
                    "</pre>",
                    "<body>",
                    "</html>",
                ),
                *(
                    "<!--",
                    "-->",
                    "<script>",
                    "</script>",
                    "<meta charset=x>",
                    "&#0;",
                    "&#xFFFF;",
                    "&#x110000;",
                    "\0",
                ),
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_page(body: str) -> None:
    read_or_refuse(("<html>" + body).encode(), "甲.html")
