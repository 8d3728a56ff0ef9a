"""Encodings: a text comes back from each, and what is in none is refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.reading import ReadError, read_bytes

TEXT = """\
政府工作报告
各位代表：现在，我代表市人民政府，向大会报告工作。
今年，全市生产总值增长7.2%，财政收入突破100亿元。"""
TRADITIONAL = """\
政府工作報告
各位代表：現在，我代表市人民政府，向大會報告工作。
今年，全市生產總值增長7.2%，財政收入突破100億元。"""


@pytest.mark.parametrize(
    ("text", "encoding", "mark", "name"),
    [
        (TEXT, "utf-8", "", "utf-8"),
        (TEXT, "utf-8", "\ufeff", "utf-8"),
        (TEXT, "utf-16-le", "\ufeff", "utf-16-le"),
        (TEXT, "utf-16-be", "\ufeff", "utf-16-be"),
        (TEXT, "utf-32-le", "\ufeff", "utf-32-le"),
        (TEXT, "utf-32-be", "\ufeff", "utf-32-be"),
        (TEXT, "utf-16-le", "", "utf-16-le"),
        (TEXT, "utf-16-be", "", "utf-16-be"),
        (TEXT, "utf-32-le", "", "utf-32-le"),
        (TEXT, "gb18030", "", "gb18030"),
        (TEXT, "gbk", "", "gb18030"),
        (TEXT + "㐂", "gb18030", "", "gb18030"),
        (TRADITIONAL, "gb18030", "", "gb18030"),
        (TRADITIONAL, "big5", "", "cp950"),
        (TRADITIONAL + "恒大𨋢", "big5hkscs", "", "big5hkscs"),
        ("GDP up 7.2%\nplain ASCII", "ascii", "", "utf-8"),
        ("GDP up 7.2%\nplain ASCII", "utf-16-le", "", "utf-16-le"),
        ("市长 林知远", "gb18030", "", "gb18030"),
    ],
)
def test_detected(text: str, encoding: str, mark: str, name: str) -> None:
    data = (mark + text).encode(encoding)
    document = read_bytes(data, "text.txt")
    assert document.encoding == name
    assert document.text == text
    source = data.decode(name)
    assert source == mark + text
    assert document.source_map is not None
    assert document.source_map.position(0) == len(mark)


@pytest.mark.parametrize(
    ("asked", "encoding", "name"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig", "utf-8"),
        ("GB2312", "gb2312", "gb18030"),
        ("gbk", "gbk", "gb18030"),
        ("utf-16", "utf-16", "utf-16-le"),
        ("utf-16", "utf-16-le", "utf-16-le"),
    ],
)
def test_asked_for(asked: str, encoding: str, name: str) -> None:
    document = read_bytes(TEXT.encode(encoding), "text.txt", encoding=asked)
    assert (document.encoding, document.text) == (name, TEXT)


def test_latin_is_read_when_asked_for_and_never_guessed() -> None:
    data = "Développement économique à Zürich, été 2024".encode("latin-1")
    assert read_bytes(data, "text.txt", encoding="latin-1").text.startswith("Développement")
    with pytest.raises(ReadError, match="--encoding"):
        read_bytes(data, "text.txt")


@pytest.mark.parametrize(
    ("data", "encoding", "sentence"),
    [
        (b"", None, "空"),
        (b" \r\n\xe3\x80\x80\n", None, "空"),
        ("\ufeff".encode(), None, "空"),
        (bytes(range(256)) * 4, None, "二进制"),
        (b"\x00\x01\x02\x03" * 50, None, "二进制"),
        ("报告".encode() + b"\x01\x02\x03\x04\x05", None, "二进制"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", None, "二进制"),
        (TEXT.encode() + b"\xe5", None, "看来是 utf-8 编码，但第 3 行"),
        ((TEXT * 5).encode("gb18030").replace(b"\n", b"\n\xff", 1), None, "看来是 gb18030 编码，但第 2 行"),
        (
            "Привет, мир! Доброе утро.".encode("cp1251"),
            None,
            "按 cp1251 开头是“Привет, мир! Доброе.*--encoding cp1251",
        ),
        (b"\xff\xfe\xfd" * 3, None, "--encoding"),
        (TEXT.encode(), "klingon", "不认识编码“klingon”"),
        (TEXT.encode(), "hex", "不认识编码“hex”"),
        (TEXT.encode(), "a\0b", "不认识编码"),
        (TEXT.encode(), "ascii", "不能按 ascii 解码：第 1 行"),
        (TEXT.encode("gb18030"), "utf-8", "--encoding"),
        (b"%PDF-1.7\n", None, "PDF"),
        (b"PK\x03\x04\x14\x00", None, "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None, "Word"),
        (b"{\\rtf1\\ansi", None, "RTF"),
        (b"<!DOCTYPE html><html><body>", None, "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), None, "密码"),
        (b"Subject: \r\nContent-Type: multipart/related\r\n\r\n", None, "网页"),
    ],
)
def test_refused(data: bytes, encoding: str | None, sentence: str) -> None:
    with pytest.raises(ReadError, match=sentence) as refusal:
        read_bytes(data, "2019-报告.txt", encoding=encoding)
    assert "2019-报告.txt" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@given(st.binary(max_size=120))
def test_any_bytes_are_read_exactly_or_refused(data: bytes) -> None:
    try:
        document = read_bytes(data, "text.txt")
    except ReadError:
        return
    assert document.encoding is not None
    assert document.source_map is not None
    source = document.raw.decode(document.encoding)
    assert source.encode(document.encoding) == data
    for offset, char in enumerate(document.text):
        assert source[document.source_map.position(offset)] == char or char in "\n "
