"""Web pages: what of them is the article, and how its elements become lines."""

import subprocess
import sys
from pathlib import Path

import pytest

from jiaozhu.model import Doubt
from jiaozhu.reading import EncodingError, html, read_bytes
from jiaozhu.reading.content import Content

FILES = Path(__file__).resolve().parent / "files"
SENTENCE = "前三季度，全县地区生产总值增长7.2%，财政收入突破100亿元，城镇新增就业一万二千人。"
BODY = f"<p>{SENTENCE}</p><p>{SENTENCE}</p>"
MENU = "<ul>" + "".join(f"<li><a href='/{i}'>栏目名称第{i}项</a></li>" for i in range(30)) + "</ul>"


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()
    )


def content(body: str, head: str = "") -> Content:
    return html.read(page(body, head), "a.html", None)


def lines(body: str) -> list[str]:
    """Return the lines of an article with this in it, without the sentences that make it one."""
    text = content(f"<div id='zoom'>{body}<p>{SENTENCE}</p></div>").text
    return text.removesuffix(SENTENCE).rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<p>甲。</p><p>乙。</p>", ["甲。", "乙。"], id="paragraphs"),
        pytest.param("<div>甲。<div>乙。</div>丙。</div>", ["甲。", "乙。", "丙。"], id="blocks in blocks"),
        pytest.param("甲。<br>乙。<br/><br/>丙。", ["甲。", "乙。", "丙。"], id="breaks"),
        pytest.param("<p>全<b>县</b><span>生</span>产<font>总</font>值</p>", ["全县生产总值"], id="inline"),
        pytest.param("<p>全县\n   生产\r\n总值</p>", ["全县生产总值"], id="breaks of the source are none"),
        pytest.param("<p>加入 Smart\n City</p>", ["加入 Smart City"], id="but spaces between words"),
        pytest.param("<p>龚 正&nbsp;王&emsp;敏</p>", ["龚 正\xa0王\u2003敏"], id="spaces that are meant"),
        pytest.param(
            "<p>A&amp;B &lt; 5&#8209;6 &#x4e00;</p>", ["A&B < 5\u20116 一"], id="characters by name"
        ),
        pytest.param("<p>面积300m<sup>2</sup></p>", ["面积300m2"], id="raised"),
        pytest.param("<pre>甲。\n  乙。</pre>", ["甲。", "乙。"], id="set as it is"),
        pytest.param(
            "<p>正文<script>var a = 1;</script><style>p{}</style><!-- 注 --></p>", ["正文"], id="code"
        ),
        pytest.param("<p>正文</p><p style='display: none'>藏</p><p hidden>藏</p>", ["正文"], id="hidden"),
        pytest.param("<p>正文</p><div class='share qr_code'>扫码</div>", ["正文"], id="furniture"),
        pytest.param(
            "<table><tr><th>指标</th><th>数值</th></tr><tr><td>GDP</td><td><p>104.3亿元</p></td></tr></table>",
            ["指标\t数值", "GDP\t104.3亿元"],
            id="table",
        ),
        pytest.param(
            "<table><tr><td><p>甲。</p><p>乙。</p></td><td>丙。</td></tr></table>",
            ["甲。", "乙。", "丙。"],
            id="table for layout",
        ),
        pytest.param(
            "<table><tr><td>外<table><tr><td>内</td><td>里</td></tr></table></td></tr></table>",
            ["外", "内\t里"],
            id="table in a table",
        ),
        pytest.param("<tr><td>无表</td></tr><td>无行</td>", ["无表", "无行"], id="broken table"),
        pytest.param(
            "<p>医共体<sup><a href='#n2'>2</a></sup>八个</p><p><a href='#t2'>2</a> 指紧密型医共体。</p>",
            ["医共体八个", "2 指紧密型医共体。"],
            id="mark of a note, and the note",
        ),
        pytest.param(
            "<p>医共体<a href='a.htm#_ftn2'>[2]</a>八个，见<a href='#p3'>第3条</a>、<a href='/3'>3</a></p>",
            ["医共体八个，见第3条、3"],
            id="other links stay",
        ),
        pytest.param("<p>甲<del>旧</del><ins>新</ins></p>", ["甲新"], id="changes accepted"),
        pytest.param(
            "<div title='header'><p>内部资料</p></div>甲", ["甲"], id="head of a page from LibreOffice"
        ),
        pytest.param(
            "<table><tr><td> 指标</td><td><p> 数值 </p></td></tr></table>",
            ["指标\t数值"],
            id="spaces in cells",
        ),
        pytest.param("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"], id="list"),
        pytest.param("<p>甲。<p>乙。<div>丙。", ["甲。", "乙。", "丙。"], id="never closed"),
        pytest.param("<ruby>泊<rp>(</rp><rt>bó</rt><rp>)</rp></ruby>", ["泊"], id="ruby"),
    ],
)
def test_elements_become_lines(body: str, text: list[str]) -> None:
    assert lines(body) == text


def test_a_program_that_breaks_lines_at_spaces() -> None:
    head = "<meta name='generator' content='LibreOffice 7.4'>"
    article = f"<div id='zoom'>{BODY}<p>市长\n林知远</p></div>"
    assert content(article, head).text.endswith("\n市长 林知远")
    assert content(article).text.endswith("\n市长林知远")


@pytest.mark.parametrize(
    "article",
    [
        "<div id='js_content' style='visibility: hidden'>{}</div>",
        "<div class='view TRS_UEDITOR trs_paper_default'>{}</div>",
        "<div class='pages_content' id='UCAP-CONTENT'><div class='trs_editor_view'>{}</div></div>",
        "<div id='vsb_content'><div class='v_news_content'>{}</div></div>",
        "<td id='zoom'><!--ZJEG_RSS.content.begin-->{}</td>",
        "<div class='whatever'><div>{}</div></div>",
        "<article>{}</article>",
        "<div class='xxgk_content'>{}</div>",
        "<div class='article-content'>{}</div>",
        "<div id='zoom'><div class='view TRS_UEDITOR trs_web'>{}</div></div>",
    ],
)
def test_the_article_is_found_in_any_layout(article: str) -> None:
    foot = "<div class='footer'>主办：某某市人民政府办公室　备案号：00000000号</div>"
    found = content(f"<div>{MENU}</div><table><tr>{article.format(BODY)}</tr></table>{foot}")
    assert found.text == f"{SENTENCE}\n{SENTENCE}"


def test_an_article_beside_menu_and_foot() -> None:
    """No element holds the article alone: what stands before the title and at the foot is left out."""
    links = (
        "<div>上一篇：<a href='1'>全市经济工作会议召开</a></div><div>主办：澄湾市人民政府　备案号：0号</div>"
    )
    title = "<h1>全县经济平稳运行</h1>"
    body = f"{MENU}<div>当前位置：首页</div>{title}{BODY}<p>谢谢！</p>{links}"
    found = content(body, "<title>全县经济平稳运行_澄湾市人民政府</title>")
    assert found.text.split("\n") == ["全县经济平稳运行", SENTENCE, SENTENCE, "谢谢！"]
    assert {"当前位置：首页", "上一篇：全市经济工作会议召开"} <= {dropped.text for dropped in found.dropped}


def test_imprint_without_spaces_and_a_byline() -> None:
    shown = (
        "<h1>在全县大会上的讲话</h1><p>县委书记 林知远</p><div><span>发布日期：2025-02-10 08:00</span>"
        "<span>来源：澄湾日报</span><span>浏览次数：12</span></div>"
    )
    document = read_bytes(page(f"{shown}<div id='zoom'>{BODY}</div>"), "a.html")
    assert document.text.split("\n")[:2] == ["在全县大会上的讲话", "县委书记 林知远"]
    assert (document.publisher, document.date) == ("澄湾日报", "2025-02-10")


def test_an_article_in_several_parts() -> None:
    parts = f"<div class='TRS_Editor'>{BODY}</div><div class='TRS_Editor'><p>{SENTENCE}</p></div>"
    assert content(f"<div>{MENU}{parts}</div>").text.count(SENTENCE) == 3


def test_title_and_imprint_stand_before_the_article() -> None:
    head = (
        "<meta name='ArticleTitle' content='全县经济平稳运行'><title>全县经济平稳运行_澄湾市人民政府</title>"
    )
    shown = (
        "<div>首页</div><div class='t'>全县经济平稳运行</div><div>2025-04-09 07:45</div><div>阅读 12</div>"
    )
    shown += "<p>来源：</p><p>澄湾日报</p>"
    found = content(f"{shown}<div class='TRS_Editor'>{BODY}</div>", head)
    assert found.text.split("\n")[:4] == ["全县经济平稳运行", "2025-04-09 07:45", "来源：", "澄湾日报"]
    assert found.title == "全县经济平稳运行"
    document = read_bytes(page(f"{shown}<div class='TRS_Editor'>{BODY}</div>", head), "a.html")
    assert (document.publisher, document.date) == ("澄湾日报", "2025-04-09")


@pytest.mark.parametrize(
    ("head", "title", "publisher", "published"),
    [
        ("", None, None, None),
        ("<title>全县经济平稳运行 - 澄湾新闻网</title>", "全县经济平稳运行", None, None),
        (
            "<meta name='ContentSource' content='来源：澄湾日报'>"
            "<meta name='PubDate' content='2025-04-09 07:45'>",
            None,
            "澄湾日报",
            "2025-04-09",
        ),
        (
            "<meta property='article:published_time' content='2025-04-09T07:45:00+08:00'>",
            None,
            None,
            "2025-04-09",
        ),
        (
            '<script type=\'application/ld+json\'>{"datePublished": "2025-04-09"}</script>',
            None,
            None,
            "2025-04-09",
        ),
        ('<script>var ct = "1744155900";</script>', None, None, "2025-04-09"),  # 07:45 in Beijing
        ("<script>create_time: '2025-04-09 07:45'</script>", None, None, "2025-04-09"),
        ("<meta name='PubDate' content='2025-13-09'>", None, None, None),
    ],
)
def test_what_a_page_says_about_itself(
    head: str, title: str | None, publisher: str | None, published: str | None
) -> None:
    shown = "<h2>全县经济平稳运行</h2>" if title else ""
    found = content(f"{shown}<div id='zoom'>{BODY}</div>", head)
    assert (found.title, found.publisher, found.published) == (title, publisher, published)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", None),
        ("<link rel='canonical' href='https://a.example/zw/1.html'>", "https://a.example/zw/1.html"),
        ("<meta property='og:url' content='https://a.example/zw/1.html'>", "https://a.example/zw/1.html"),
        ("<!-- saved from url=(0027)https://a.example/zw/1.html -->", "https://a.example/zw/1.html"),
        (
            "<!-- saved from url=(0027)https://a.example/zw/1.html --><link rel='canonical' href='2.html'>",
            "https://a.example/zw/2.html",
        ),
        ("<!--\n Page saved with SingleFile \n url: https://a.example/1 \n-->", "https://a.example/1"),
        (
            '<script>var msg_link = "http://mp.example.com/s?__biz=MzA\\x26amp;mid=2&amp;idx=1#rd";</script>',
            "http://mp.example.com/s?__biz=MzA&mid=2&idx=1#rd",
        ),
        (
            '<script>var msg_link = "https:\\/\\/mp.example.com\\/s\\/A1";</script>',
            "https://mp.example.com/s/A1",
        ),
        # The front page of a site isn't the article's, nor is what nobody can open.
        (
            "<link rel='canonical' href='https://a.example/'><meta name='og:url' content='https://a.example/1'>",
            "https://a.example/1",
        ),
        ("<link rel='canonical' href='javascript:alert(1)'>", None),
        ("<link rel='canonical' href='1.html'>", None),
        ("<link rel='canonical' href='http://[::1'>", None),
        ("<!-- saved from url=(0020)file:///C:/secret.html -->", None),
        ("<!-- saved from url=(0014)about:internet -->", None),
        (f"<link rel='canonical' href='https://a.example/{'a' * 3000}'>", None),
    ],
)
def test_where_a_page_was_published(head: str, url: str | None) -> None:
    assert content(f"<div id='zoom'>{BODY}</div>", head).url == url


@pytest.mark.parametrize(
    ("outer", "inner", "url"),
    [
        ("Snapshot-Content-Location: https://a.example/zw/1.html\n", "", "https://a.example/zw/1.html"),
        ("Snapshot-Content-Location: https://a.example/\n zw/1.html\n", "", "https://a.example/zw/1.html"),
        ("", "Content-Location: https://a.example/zw/1.html\n", "https://a.example/zw/1.html"),
        ("", "Content-Location: cid:1@mhtml.blink\n", None),
        ("", "", None),
    ],
)
def test_where_a_page_in_one_file_was_published(outer: str, inner: str, url: str | None) -> None:
    text = (
        f"From: <Saved by Blink>\n{outer}MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
        f"--b\n{inner}Content-Type: text/html; charset=utf-8\n\n<html><div id='zoom'>{BODY}</div>\n--b--\n"
    )
    document = read_bytes(text.encode(), "a.mhtml")
    assert (document.text, document.url) == (f"{SENTENCE}\n{SENTENCE}", url)


def test_an_address_in_the_article() -> None:
    document = read_bytes(page(f"<div id='zoom'>{BODY}<p>原文链接：https://a.example/1</p></div>"), "a.html")
    assert document.url == "https://a.example/1"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (page(f"<div id='zoom'>{BODY}</div>"), None),
        (f"<meta charset=gb2312><div id='zoom'>{BODY}</div>".encode("gb18030"), None),
        (f"<meta charset=utf-8><div id='zoom'>{BODY}</div>".encode("gb18030"), None),  # not what it says
        (f"<html><div id='zoom'>{BODY}</div>".encode("gb18030"), None),
        (f"<html><div id='zoom'>{BODY}</div>".encode("utf-16"), None),
        (f"<meta charset=big5><div id='zoom'>{BODY}</div>".encode("gb18030"), "gb18030"),
        (f"<meta charset=utf-8><div id='zoom'>{BODY}</div>".encode() + b"<p>\xff\xfe</p>", None),
        (f"<meta charset=iso-8859-1><div id='zoom'>{BODY}</div>".encode("gb18030"), None),  # never silently
    ],
)
def test_encodings(data: bytes, encoding: str | None) -> None:
    document = read_bytes(data, "a.html", encoding=encoding)
    assert document.text == f"{SENTENCE}\n{SENTENCE}"
    assert document.doubts == ()


def test_a_declared_encoding_that_makes_no_chinese_is_doubtful() -> None:
    data = f"<html><meta charset=cp1251><div id='zoom'>{'Привет, мир! ' * 9}</div>".encode("cp1251")
    document = read_bytes(data, "a.html")
    assert document.text == ("Привет, мир! " * 9).strip()
    assert document.doubts == (Doubt("encoding", "cp1251"),)


def test_damage_in_the_article_is_said() -> None:
    data = page(f"<div id='zoom'>{BODY}</div>").replace("突破".encode(), b"\xff\xfe")
    with pytest.raises(EncodingError, match="损坏的文字"):
        html.read(data, "a.html", None)


def test_no_socket_is_opened() -> None:
    """Whatever a page, a Word document or a saved page names, nothing is fetched, and no name looked up."""
    program = """
import sys
events = []
sys.addaudithook(lambda event, arguments: event.startswith("socket") and events.append(event))
from pathlib import Path
from jiaozhu.reading import docx, html, mhtml, pdf
files = Path(sys.argv[1])
for reader, name in ((html, "government.html"), (html, "wechat.html"), (mhtml, "wechat.mhtml"),
                     (docx, "report.docx"), (pdf, "report.pdf")):
    assert reader.read((files / name).read_bytes(), name, None).text
unknown = "<img src='http://a.example/b.png'><p>" + "<p>".join(["全县生产总值增长，财政收入突破。" * 9] * 9)
assert html.read(f"<html><base href='http://a.example/'><body>{unknown}".encode(), "a.html", None).text
assert "trafilatura" in sys.modules
assert events == [], events
"""
    result = subprocess.run([sys.executable, "-c", program, FILES], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
