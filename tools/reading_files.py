"""Make the files that the readers are tested with: ``python tools/reading_files.py [NAME…]``.

They come out of real programs, from the sample documents: LibreOffice writes docx and pdf (soffice must be
there: apt install libreoffice-writer-nogui fonts-noto-cjk), poppler and Pillow draw the scanned page (apt
install poppler-utils; pip install pillow), python-docx writes a docx as many programs do. What a person
finds in NAME.SUFFIX is in expected/NAME.txt, a paragraph a line. tests/reading/files/README.md tells what
is in each. Made again they differ in dates and ids, not in what is read.
"""

import json
import re
import subprocess
import sys
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.sax.saxutils import escape as xml

from jiaozhu.paths import sample_docs
from jiaozhu.reading import read

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "reading" / "files"


def sample(name: str) -> list[str]:
    """Return the paragraphs of a sample document."""
    (file,) = sample_docs().glob(f"{name}-*.txt")
    return [line for line in read(file).text.split("\n") if line]


# Flat OpenDocument text, which LibreOffice turns into everything else ----------------------------


class Design(NamedTuple):
    """How a document is set: columns of its text, running head, what stands around the page number."""

    columns: int = 1
    size: int = 16  # points
    head: str = ""
    number: tuple[str, str] = ("— ", " —")


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties
  style:font-name-asian="Noto Serif CJK SC" style:font-name="Noto Serif CJK SC"
  fo:font-size="{size}pt" style:font-size-asian="{size}pt"
  style:language-asian="zh" style:country-asian="CN"/></style:default-style>
 <style:style style:name="Standard" style:family="paragraph">
  <style:paragraph-properties style:punctuation-wrap="simple"/></style:style>
 <style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:text-align="center" fo:margin-bottom="0.4cm"/>
  <style:text-properties fo:font-size="{large}pt" style:font-size-asian="{large}pt" fo:font-weight="bold"
   style:font-weight-asian="bold"/></style:style>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:parent-style-name="Standard"><style:paragraph-properties fo:text-indent="{indent}pt"/>
  <style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
 <style:style style:name="Middle" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:text-align="center"/></style:style>
 <style:style style:name="Body" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:text-indent="{indent}pt" fo:text-align="justify"/></style:style>
 <style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard">
  <style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>
 <style:style style:name="Raised" style:family="text"><style:text-properties
  style:text-position="super 58%"/></style:style>
 <text:list-style style:name="Numbers">
  <text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
  <text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（"
   style:num-suffix="）"/>
  <text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="."/>
 </text:list-style>
 <text:notes-configuration text:note-class="footnote" text:citation-style-name="Raised"
  text:citation-body-style-name="Raised" style:num-format="1" text:start-numbering-at="document"/>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
  fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.7cm" fo:margin-right="2.7cm"/>
  <style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style>
 </style:page-layout>
 <style:style style:name="Columns" style:family="section"><style:section-properties>
  <style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/></style:section-properties></style:style>
 <style:style style:name="Frame" style:family="graphic"><style:graphic-properties
  style:wrap="none" style:horizontal-pos="center" style:horizontal-rel="paragraph" fo:padding="0.2cm"
  style:vertical-pos="from-top" style:vertical-rel="paragraph" fo:border="0.5pt solid #000000"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">{head}
 <style:footer><text:p text:style-name="Middle">{before}<text:page-number
  text:select-page="current">1</text:page-number>{after}</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{changes}{body}</office:text></office:body>
</office:document>
"""


def flat(blocks: list[str], design: Design, changes: str = "") -> str:
    """Return a document in flat OpenDocument form; `blocks` is its content as markup."""
    head = f'<style:header><text:p text:style-name="Middle">{xml(design.head)}</text:p></style:header>'
    body = "\n".join(blocks)
    if design.columns > 1:
        body = f'<text:section text:style-name="Columns" text:name="columns">{body}</text:section>'
    return FLAT.format(
        size=design.size,
        large=design.size * 1.4,
        indent=design.size * 2,
        columns=design.columns,
        head=head if design.head else "",
        before=design.number[0],
        after=design.number[1],
        changes=changes,
        body=body,
    )


def paragraph(text: str, style: str = "Body") -> str:
    """Return a paragraph; `text` is markup already."""
    return f'<text:p text:style-name="{style}">{spaced(text)}</text:p>'


def spaced(text: str) -> str:
    """Return markup in which spaces at the ends and in rows survive."""
    return re.sub(r" {2,}", lambda match: f'<text:s text:c="{len(match[0])}"/>', text)


def plain(lines: list[str]) -> list[str]:
    """Return the paragraphs of a speech: the title, what stands centred under it, headings, text."""
    blocks = [paragraph(xml(lines[0]), "Title")]
    begun = False
    for line in lines[1:]:
        begun = begun or line[-1] in "。：:" or len(line) > 40
        heading = re.match("[一二三四五六七八九十]、", line) and line[-1] not in "。；"
        style = "Heading_20_1" if heading else "Body" if begun else "Middle"
        blocks.append(paragraph(xml(line), style))
    return blocks


def office(name: str, document: str, *formats: str) -> None:
    """Let LibreOffice write a document in formats, as files NAME.FORMAT."""
    with TemporaryDirectory() as folder:
        source = Path(folder, f"{name}.fodt")
        source.write_text(document, "utf-8")
        for kind in formats:
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            command += ["--convert-to", kind, "--outdir", str(FOLDER), str(source)]
            subprocess.run(command, check=True, capture_output=True)


def expect(name: str, lines: list[str]) -> None:
    """Write what is to be found in the files of that name."""
    (FOLDER / "expected" / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")


# The files ----------------------------------------------------------------------------------------


NOTES = {
    "规模以上工业": "规模以上工业：指年主营业务收入二千万元及以上的工业法人单位。",
    "医共体": "医共体：指县域内由县级医院牵头、乡镇卫生院参加的紧密型医疗卫生共同体。",
}
TABLE = [
    ["指标", "二〇二四年", "增长"],
    ["地区生产总值（亿元）", "2367.7", "7.0%"],
    ["一般公共预算收入（亿元）", "172.5", "5.3%"],
    ["城镇新增就业（万人）", "4.6", "2.1%"],
]
BOX = ["二〇二五年目标速览", "地区生产总值增长6.5%左右", "固定资产投资增长7%"]


def make_report() -> None:
    """A work report with running head, page numbers, footnotes, a table and a text box: docx and pdf."""
    lines = sample("chengwan")
    lines = [line for line in lines if not re.match("（[三四]）", line)]
    blocks, expected = plain(lines), list(lines)
    for number, (word, note) in enumerate(NOTES.items(), 1):
        at = next(i for i, line in enumerate(lines) if word in line)
        blocks[at] = blocks[at].replace(word, word + footnote(number, note), 1)
        expected[at] += f"\n{number} {note}"
    at = next(i for i, line in enumerate(lines) if line.startswith("二、"))
    blocks[at] = blocks[at].replace(">", ">" + text_box(BOX), 1)
    expected[at] = "\n".join((*("\t".join(row) for row in TABLE), lines[at], *BOX))
    blocks.insert(at, table(TABLE))
    office("report", flat(blocks, Design(head="澄湾市人民政府工作报告（2025）")), "docx", "pdf")
    expect("report", expected)


def footnote(number: int, text: str) -> str:
    """Return a footnote, to stand in a paragraph."""
    body = f"<text:note-body>{paragraph(xml(text), 'Footnote')}</text:note-body>"
    mark = f"<text:note-citation>{number}</text:note-citation>"
    return f'<text:note text:id="n{number}" text:note-class="footnote">{mark}{body}</text:note>'


def table(rows: list[list[str]]) -> str:
    """Return a table."""
    cells = (
        "".join(f"<table:table-cell>{paragraph(xml(cell), 'Standard')}</table:table-cell>" for cell in row)
        for row in rows
    )
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    content = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="table">{columns}{content}</table:table>'


def text_box(lines: list[str]) -> str:
    """Return a text box below the line of the paragraph that it stands in."""
    content = "".join(paragraph(xml(line), "Standard") for line in lines)
    return (
        '<draw:frame draw:style-name="Frame" text:anchor-type="paragraph" draw:name="box" svg:width="12cm" '
        f'svg:y="1cm"><draw:text-box fo:min-height="1cm">{content}</draw:text-box></draw:frame>'
    )


def make_sections() -> None:
    """Speeches of several officials in two columns, running head, bare page numbers: docx, pdf, html."""
    lines = sample("yunling")
    design = Design(columns=2, size=10, head="县（市、区）委书记工作交流会发言摘登", number=("", ""))
    office("sections", flat(plain(lines), design), "docx", "pdf", "html")
    expect("sections", lines)


NUMBERED = re.compile(r"(?:(?P<one>[一二三]、)|(?P<two>（[一二三四]）)|(?P<three>\d{1,2}\.))(?P<text>.*)")
#: What was deleted, and what was inserted in its place.
CHANGES = {"突破850亿元": ("突破800亿元", "突破850亿元"), "至少120家": ("100家左右", "至少120家")}
DELETED = "本条已并入前款。"


def make_points() -> None:
    """A plan whose numbers are Word's own, with changes that are still to be accepted: docx."""
    lines = sample("weiwan")
    blocks, regions = [paragraph(xml(lines[0]), "Title")], []
    part = 0
    for line in lines[1:]:
        text = xml(line)
        for words, (old, new) in CHANGES.items():
            if words in text:
                regions += [change("deletion", len(regions), [old]), change("insertion", len(regions) + 1)]
                first, last = len(regions) - 2, len(regions) - 1
                marks = [f'<text:change{mark} text:change-id="c{last}"/>' for mark in ("-start", "-end")]
                text = text.replace(words, f'<text:change text:change-id="c{first}"/>{new.join(marks)}')
        match = NUMBERED.fullmatch(text)
        if match is None:
            blocks.append(paragraph(text))
            continue
        part += match["one"] is not None
        level = 1 if match["one"] else 2 if match["two"] else 3
        blocks.append(item(match["text"], level, part))
    regions.append(change("deletion", len(regions), ["", DELETED]))
    blocks[3] = blocks[3].replace(
        "</text:p>", f'<text:change text:change-id="c{len(regions) - 1}"/></text:p>'
    )
    changes = f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"
    office("points", flat(blocks, Design(), changes), "docx")
    expect("points", lines)


def item(text: str, level: int, part: int) -> str:
    """Return an item of a list; the headings of all parts are one list, the points of each another."""
    name = "headings" if level < 3 else f"points{part}"
    content = f"<text:list-item>{paragraph(text, 'Standard')}</text:list-item>"
    for _ in range(level - 1):
        content = f"<text:list-item><text:list>{content}</text:list></text:list-item>"
    opening = f'<text:list text:style-name="Numbers" text:continue-list="{name}" xml:id="{name}">'
    return f"{opening}{content}</text:list>"


def change(kind: str, number: int, deleted: list[str] | None = None) -> str:
    """Return a change that is to be accepted; what was deleted, a paragraph each."""
    content = "".join(paragraph(xml(text), "Standard") for text in deleted or [])
    return (
        f'<text:changed-region text:id="c{number}" xml:id="c{number}"><text:{kind}><office:change-info>'
        "<dc:creator>编辑</dc:creator><dc:date>2025-02-20T09:00:00</dc:date></office:change-info>"
        f"{content}</text:{kind}></text:changed-region>"
    )


def make_speech() -> None:
    """A short speech as python-docx writes it, and as a scanned page: docx, pdf, png."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from PIL import Image

    lines = sample("boyuan")
    document = Document()
    document.add_heading(lines[0], 0)
    for line in lines[1:]:
        text = document.add_paragraph(line)
        if len(line) < 25:
            text.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            text.paragraph_format.first_line_indent = Pt(24)
    document.core_properties.title = ""
    document.save(str(FOLDER / "speech.docx"))
    expect("speech", lines)

    with TemporaryDirectory() as folder:
        name = Path(folder, "speech.fodt")
        name.write_text(flat(plain(lines), Design(size=15)), "utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        subprocess.run([*command, "--convert-to", "pdf", "--outdir", folder, str(name)], check=True)
        page = str(Path(folder, "page"))
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", f"{folder}/speech.pdf", page], check=True)
        (picture,) = Path(folder).glob("page*.png")
        with Image.open(picture) as image:
            turned = image.rotate(0.4, fillcolor=255)  # no page lies quite straight
        scanned = turned.point(lambda value: 255 * (value > 140)).convert("1")
        scanned.save(FOLDER / "scan.png", optimize=True)
        scanned.save(FOLDER / "scan.pdf", resolution=150)
    expect("scan", lines)


TRADITIONAL = (
    "万萬 业業 两兩 个個 为為 举舉 习習 书書 争爭 们們 会會 体體 党黨 兴興 写寫 决決 准準 划劃 "
    "办辦 动動 势勢 区區 县縣 发發 台臺 号號 后後 听聽 员員 团團 园園 国國 圆圓 场場 奋奮 奥奧 "
    "学學 实實 宾賓 对對 将將 尽盡 届屆 帜幟 开開 强強 当當 彻徹 征徵 态態 战戰 扎紮 托託 执執 "
    "扬揚 挚摯 数數 时時 来來 构構 标標 样樣 梦夢 检檢 欢歡 满滿 热熱 环環 现現 盘盤 竞競 约約 "
    "练練 织織 结結 编編 职職 虚虛 计計 认認 让讓 设設 识識 诚誠 谢謝 负負 贯貫 贺賀 赛賽 载載 "
    "辞辭 边邊 运運 进進 远遠 钟鐘 长長 阅閱 难難 预預 题題 风風 飘飄 鹤鶴 着著"
)


def make_texts() -> None:
    """Texts in old encodings: Big5 in traditional characters, GB18030, UTF-16 without a mark and with one."""
    traditional = str.maketrans(dict(map(tuple, TRADITIONAL.split())))
    address = [line.translate(traditional) for line in sample("hezhou")]
    (FOLDER / "address-big5.txt").write_bytes("\r\n\r\n".join(address).encode("cp950"))
    expect("address-big5", address)
    county = sample("liujian")
    (FOLDER / "county-gb18030.txt").write_bytes(
        "\r\n".join(f"　　{line}" for line in county).encode("gb18030")
    )
    expect("county-gb18030", county)
    speech = sample("boyuan")
    (FOLDER / "speech-utf16.txt").write_bytes("\r\n".join(speech).encode("utf-16-le"))
    expect("speech-utf16", speech)
    office("speech-unicode", flat(plain(speech), Design()), "txt:Text (encoded):UNICODE")
    expect("speech-unicode", speech)


GOVERNMENT = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{title}_东澜省人民政府</title>
<meta name="SiteName" content="东澜省人民政府" />
<meta name="SiteDomain" content="www.donglan.example" />
<meta name="ColumnName" content="要闻动态" />
<meta name="ArticleTitle" content="{title}" />
<meta name="PubDate" content="2025-04-09 07:45" />
<meta name="ContentSource" content="澜声新闻" />
<link rel="stylesheet" href="http://www.donglan.example/images/style.css" />
<script src="http://www.donglan.example/js/jquery.js"></script>
<script>var url = "http://www.donglan.example/count?id=1"; document.write("访问量");</script>
</head>
<body>
<div class="header"><img src="http://www.donglan.example/images/logo.png" /><ul class="menu"><li><a href="/">首页</a></li>
<li><a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/yw/">要闻动态</a></div>
<table width="1000" align="center"><tr><td>
<div class="xl-title">{title}</div>
<div class="xl-info"><span>发布时间：2025-04-09 07:45</span>　<span>来源：澜声新闻</span>　<span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="bdsharebuttonbox"><a>分享到微信</a></div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2;}}</style>
{body}
</div>
<div class="xgwj"><h3>相关文章</h3><ul><li><a href="/1.html">全省一季度经济运行情况发布</a></li></ul></div>
</td></tr></table>
<div class="footer">主办：东澜省人民政府办公厅　备案号：澜ICP备00000000号<iframe src="http://www.donglan.example/foot.html"></iframe></div>
</body>
</html>
"""  # noqa: E501


def make_government() -> None:
    """A press report on a government site, GB2312, with pictures, scripts and frames from elsewhere."""
    lines = sample("donglan")
    first = next(i for i, line in enumerate(lines) if "施工图" in line)
    title, body = lines[first], lines[first + 2 :]
    written = "\n".join(
        f'<p style="text-indent: 2em" align="justify"><font face="宋体">　　{escape(line)}</font></p>'
        for line in body
    )
    page = GOVERNMENT.format(title=escape(title), body=written)
    (FOLDER / "government.html").write_bytes(page.replace("\n", "\r\n").encode("gb18030"))
    expect("government", [title, "发布时间：2025-04-09 07:45　来源：澜声新闻　字号：[大 中 小]", *body])


WECHAT = """<!DOCTYPE html>
<html class="">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1.0">
<meta property="og:title" content="{title}" />
<meta property="og:url" content="http://mp.weixin.example/s?__biz=AAAA&amp;mid=1" />
<title>{title}</title>
<script>var biz = "AAAA"; var ct = "1741227720"; var msg_title = '{title}'; var nickname = "东澜观察";</script>
</head>
<body id="activity-detail" class="zh_CN mm_appmsg">
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary">
<div class="rich_media_area_primary_inner"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title " id="activity-name">
{title}
</h1>
<div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">东澜观察</a>
<div id="js_profile_qrcode" class="profile_container" style="display:none;">微信扫一扫关注该公众号</div></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text">2025年03月06日 10:22</em>
</div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden;">
{body}
</div>
<script type="text/javascript">document.getElementById("js_content").style.visibility = "visible";</script>
</div></div></div>
<div class="rich_media_tool" id="js_toobar3">阅读 1万+ 赞 286 在看</div></div></div>
</body>
</html>
"""  # noqa: E501


def make_wechat() -> None:
    """An interview published in WeChat: html as it is sent, and mhtml as a browser saves it."""
    lines = sample("cangyu")
    first = next(i for i, line in enumerate(lines) if line.startswith("访谈"))
    title, body = lines[first], lines[first + 2 :]
    sections = []
    for line in body:
        who, colon, words = line.partition(":")
        line = f"<strong>{escape(who + colon)}</strong>{escape(words)}" if len(who) < 5 else escape(line)
        sections.append(f'<section style="margin: 8px;"><p><span leaf="">{line}</span></p></section>')
    picture = (
        '<section><img class="rich_pages" data-src="https://mmbiz.example/0.jpg" data-ratio="0.66"></section>'
    )
    page = WECHAT.format(title=escape(title), body="\n".join([picture, *sections]))
    (FOLDER / "wechat.html").write_text(page, "utf-8")
    message = EmailMessage(SMTP)
    message["From"] = "<Saved by Blink>"
    message["Subject"] = title
    message["Snapshot-Content-Location"] = "https://mp.weixin.example/s?__biz=AAAA&mid=1"
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG\r\n", "image", "png", cid="<frame@mhtml.blink>")
    (FOLDER / "wechat.mhtml").write_bytes(message.as_bytes())
    expect("wechat", [title, "东澜观察 2025年03月06日 10:22", *body])


def make_locked() -> None:
    """An address that opens with a password: pdf."""
    encrypted = {"EncryptFile": {"type": "boolean", "value": "true"}}
    password = {"DocumentOpenPassword": {"type": "string", "value": "12"}}
    options = json.dumps(encrypted | password)
    office("locked", flat(plain(sample("hezhou")[:2]), Design()), f"pdf:writer_pdf_Export:{options}")


MAKERS = [
    *(make_report, make_sections, make_points, make_speech, make_texts, make_government, make_wechat),
    make_locked,
]


def main(names: list[str]) -> None:
    """Make the files named, or all."""
    (FOLDER / "expected").mkdir(parents=True, exist_ok=True)
    for make in MAKERS:
        name = make.__name__.removeprefix("make_")
        if not names or name in names:
            make()
            print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
