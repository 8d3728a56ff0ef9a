"""Encodings: a text comes back from each, and what is in none is refused with a sentence."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiaozhu.model import Doubt
from jiaozhu.reading import EncodingError, ReadError, candidates, read_bytes

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
    assert document.doubts == ()
    found = candidates(data)
    assert found[0] == (name, " ".join(text.split())[:60])
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


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("政府工作報告各位代表在會上發表講話", "euc_kr", "cp949"),  # only charset-normalizer knows it
        ("現", "gb18030", "gb18030"),  # in Big5 it is 政
    ],
)
def test_a_guess_is_used_with_a_doubt(text: str, encoding: str, name: str) -> None:
    document = read_bytes(text.encode(encoding, "ignore"), "text.txt")
    assert (document.encoding, document.doubts) == (name, (Doubt("encoding", name),))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode() + b"\xe5", None),
        ("Привет, мир! Доброе утро.".encode("cp1251"), None),
        (b"\xff\xfe\xfd" * 3, None),
        (TEXT.encode(), "ascii"),
        (TEXT.encode(), "klingon"),
        ((TEXT + "\n").encode("utf-16-le"), "latin-1"),  # NUL in each line
    ],
)
def test_that_the_encoding_is_in_doubt_can_be_told(data: bytes, encoding: str | None) -> None:
    with pytest.raises(EncodingError):
        read_bytes(data, "text.txt", encoding=encoding)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (
            "Привет, мир! Доброе утро.".encode("cp1251"),
            [("cp1251", "Привет, мир! Доброе утро."), ("cp1253", "Οπθβες, μθπ! Δξαπξε σςπξ.")],
        ),
        ("政".encode("big5"), [("gb18030", "現"), ("cp950", "政")]),
        # ASCII and tags tell nothing: what tells comes first.
        (b"a line\n" * 20 + "政府\n工作".encode("gb18030"), [("gb18030", "政府 工作")]),
        (
            b"<html><script>var a = 1;</script>" + b"<p class=a>" * 20 + "政府<br>工作".encode("gb18030"),
            [("gb18030", "政府 工作")],
        ),
    ],
)
def test_candidates_to_choose_from(data: bytes, found: list[tuple[str, str]]) -> None:
    assert candidates(data)[: len(found)] == found


def test_what_is_no_text_has_no_candidates() -> None:
    assert candidates(b"") == []
    assert candidates(bytes(range(256)) * 4) == []


@given(st.binary(max_size=60))
def test_any_candidate_can_be_asked_for(data: bytes) -> None:
    for name, preview in candidates(data):
        assert data.decode(name)
        assert "\n" not in preview
        assert len(preview) <= 60
        with suppress(ReadError):  # another format, or no text in it
            assert read_bytes(data, "text.txt", encoding=name).encoding in (name, None)


@given(st.binary(max_size=120))
@example(b"\x8dX\xfa\x80")  # in cp932, two ways to write one character
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
