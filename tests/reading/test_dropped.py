"""What is left out of a file is told, in each format: nothing else but white space is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.reading import html, read_bytes
from jiaozhu.reading.rendering import find_lines
from pdffile import pdf_file
from wordfile import paragraph, run, word

FILES = Path(__file__).resolve().parent / "files"
SENTENCE = "前三季度，全县地区生产总值增长7.2%，财政收入突破100亿元，城镇新增就业一万二千人。"
TEXT = paragraph(SENTENCE)
BODY = f"<p>{SENTENCE}</p>"
INVISIBLE = "invisible character"


def page(article: str, around: str = "") -> bytes:
    return f"<!DOCTYPE html><meta charset='utf-8'>{around}<div id='zoom'>{BODY}{article}</div>".encode()


@pytest.mark.parametrize(
    ("name", "data", "dropped"),
    [
        pytest.param(
            "甲.txt",
            f"\ufeff{SENTENCE}\u200b\n— 1 —\n谢\u2060谢".encode(),
            [("\ufeff", INVISIBLE), ("\u200b", INVISIBLE), ("— 1 —", "page number"), ("\u2060", INVISIBLE)],
            id="text",
        ),
        pytest.param(
            "甲.docx",
            word(
                TEXT
                + paragraph(f"<w:del w:id='1'><w:r><w:delText>旧词</w:delText></w:r></w:del>{run('新词')}")
            ),
            [("旧词", "deleted")],
            id="a tracked change",
        ),
        pytest.param(
            "甲.docx",
            word(
                f"{TEXT}<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('旧行')}</w:tc></w:tr></w:tbl>"
            ),
            [("旧行", "deleted")],
            id="a row that was deleted",
        ),
        pytest.param(
            "甲.docx",
            word(TEXT + paragraph(run("藏", properties="<w:vanish/>") + run("见"))),
            [("藏", "hidden")],
            id="hidden words",
        ),
        pytest.param(
            "甲.docx",
            word(
                TEXT
                + paragraph(
                    f"<w:r><w:ruby><w:rt>{run('bó')}</w:rt><w:rubyBase>{run('泊')}</w:rubyBase></w:ruby></w:r>"
                )
            ),
            [("bó", "gloss")],
            id="how a character is pronounced",
        ),
        pytest.param(
            "甲.docx",
            word(
                f"{TEXT}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('单击此处')}</w:sdtContent></w:sdt>"
            ),
            [("单击此处", "form")],
            id="a form not filled in",
        ),
        pytest.param(
            "甲.docx",
            word(TEXT, comments=f"<w:comment w:id='0'>{paragraph('请核实')}</w:comment>"),
            [("请核实", "comment")],
            id="a comment",
        ),
        pytest.param(
            "甲.docx",
            word(TEXT, header=paragraph("内部资料"), footer=paragraph("— 1 —")),
            [("内部资料", "running head"), ("— 1 —", "running head")],
            id="head and foot",
        ),
        pytest.param(
            "甲.docx",
            word(
                paragraph(run(SENTENCE) + "<w:r><w:footnoteReference w:id='2'/></w:r>"),
                footnotes="<w:footnote w:id='2'>" + paragraph("初步\u200b核算") + "</w:footnote>",
            ),
            [("\u200b", INVISIBLE)],
            id="an invisible character in a note",
        ),
        pytest.param(
            "甲.pdf",
            pdf_file(b"BT /F 12 Tf 50 500 Td (Growth) Tj 0 400 Td (beside) Tj ET"),
            [("beside", "hidden")],
            id="words beside a page",
        ),
        pytest.param(
            "甲.html",
            page(
                "<p style='display:none'>藏</p><p hidden>匿</p><i class='share'>分享</i><button>播放</button>"
            ),
            [("藏", "hidden"), ("匿", "hidden"), ("分享", "viewer button"), ("播放", "form")],
            id="parts of an article that aren't text",
        ),
        pytest.param(
            "甲.html",
            page("<ruby>泊<rp>(</rp><rt>bó</rt><rp>)</rp></ruby><nav>上一页<br>下一页</nav>"),
            [("bó", "gloss"), ("上一页", "beside the text"), ("下一页", "beside the text")],
            id="glosses and links",
        ),
        pytest.param(
            "甲.html",
            page(
                "",
                "<ul><li>首页<li>政务公开</ul><h1>全县经济平稳</h1>2025-04-09 07:45<p>阅读 12",
            ),
            [("首页", "beside the text"), ("政务公开", "beside the text"), ("阅读 12", "beside the text")],
            id="what stands around an article",
        ),
        pytest.param(
            "甲.html",
            page("<p>\u202e谢谢\u200b</p>"),
            [("\u202e", INVISIBLE), ("\u200b", INVISIBLE)],
            id="invisible characters of a page",
        ),
    ],
)
def test_told(name: str, data: bytes, dropped: list[tuple[str, str]]) -> None:
    found = read_bytes(data, name).dropped
    assert [(item.text, item.reason) for item in found] == dropped


@pytest.mark.parametrize("name", ["government.html", "wechat.html"])
def test_a_page_is_text_or_told(name: str) -> None:
    """Each character that is written in a page, seen or not, is in the text or reported."""
    data = (FILES / name).read_bytes()
    content = html.read(data, name, None)
    written = find_lines(html._parse(html._decode(data, name, None)[0].text, name))
    told = content.text + "".join(item.text for item in content.dropped)
    assert sorted("".join(told.split())) == sorted("".join("".join(written).split()))


@given(
    st.text(alphabet="政府工作报告，。\u200b\u202e\n\r\f\u3000 —1", max_size=80).map(
        lambda text: f"全市生产总值增长。{text}"
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"]),
)
def test_a_text_is_its_source_without_what_is_told(source: str, encoding: str) -> None:
    document = read_bytes(source.encode(encoding), "甲.txt")
    assert document.encoding is not None
    assert document.source_map is not None
    source = document.raw.decode(document.encoding)
    kept = list(source)
    for item in document.dropped:
        assert source[item.source_start : item.source_end] == item.text
        kept[item.source_start : item.source_end] = " " * len(item.text)
    assert "".join(document.text.split()) == "".join("".join(kept).split())
    for offset, char in enumerate(document.text):
        assert char.isspace() or source[document.source_map.position(offset)] == char
