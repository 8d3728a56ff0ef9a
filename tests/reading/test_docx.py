"""Word documents: what of their XML is text, and the numbers that Word writes itself."""

import pytest

from jiaozhu.reading import ReadError, docx, read_bytes
from jiaozhu.reading.numbering import write_number
from wordfile import paragraph, run, word

TEXT = paragraph("前三季度，全县生产总值增长7.2%。")
DELETED = "<w:del w:id='1' w:author='a'><w:r><w:delText>旧</w:delText></w:r></w:del>"
INSERTED = f"<w:ins w:id='2' w:author='a'>{run('新')}</w:ins>"
MARK_DELETED = "<w:rPr><w:del w:id='3' w:author='a'/></w:rPr>"
CELL = "<w:tc>{}</w:tc>"
BOX = "<w:txbxContent>{}</w:txbxContent>"


def lines(body: str, **parts: str) -> list[str]:
    return docx.read(word(body, **parts), "a.docx", None).text.split("\n")


def table(*rows: list[str]) -> str:
    made = ("".join(CELL.format(paragraph(cell)) for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(run("甲") + run("乙"), "甲乙", id="runs"),
        pytest.param(f"{run('甲')}<w:r><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙", id="tab"),
        pytest.param(f"{run('甲。')}<w:r><w:br/><w:t>乙</w:t></w:r>", "甲。\n乙", id="line break"),
        pytest.param(f"{run('A')}<w:r><w:noBreakHyphen/></w:r>{run('B')}", "A-B", id="hyphen"),
        pytest.param(f"<w:hyperlink>{run('链接')}</w:hyperlink>", "链接", id="link"),
        pytest.param(f"<w:smartTag><w:smartTag>{run('县')}</w:smartTag></w:smartTag>", "县", id="smart tag"),
        pytest.param(f"<w:fldSimple w:instr='DATE'>{run('今天')}</w:fldSimple>", "今天", id="field"),
        pytest.param(
            "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>" + run("3"),
            "3",
            id="code of a field",
        ),
        pytest.param(DELETED + INSERTED, "新", id="changes accepted"),
        pytest.param(f"<w:moveFrom w:id='1'>{run('此')}</w:moveFrom>{run('彼')}", "彼", id="moved away"),
        pytest.param(f"<w:moveTo w:id='1'>{run('此')}</w:moveTo>", "此", id="moved here"),
        pytest.param(run("见") + run("暗", properties="<w:vanish/>"), "见", id="hidden"),
        pytest.param(run("见", properties="<w:vanish w:val='0'/>"), "见", id="hidden no more"),
        pytest.param(f"<w:sdt><w:sdtContent>{run('张三')}</w:sdtContent></w:sdt>", "张三", id="form"),
        pytest.param(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处')}</w:sdtContent></w:sdt>"
            + run("正文"),
            "正文",
            id="form not filled in",
        ),
        pytest.param("<w:r><w:sym w:font='Wingdings' w:char='2611'/></w:r>" + run("是"), "☑是", id="symbol"),
        pytest.param(
            f"<w:r><w:ruby><w:rt>{run('bó')}</w:rt><w:rubyBase>{run('泊')}</w:rubyBase></w:ruby></w:r>",
            "泊",
            id="ruby",
        ),
        pytest.param("<m:oMath><m:r><m:t>7.2%</m:t></m:r></m:oMath>", "7.2%", id="formula"),
        pytest.param(
            f"<mc:AlternateContent><mc:Choice>{run('新')}</mc:Choice><mc:Fallback>{run('旧')}</mc:Fallback>"
            "</mc:AlternateContent>",
            "新",
            id="one of two alternatives",
        ),
    ],
)
def test_a_paragraph(content: str, text: str) -> None:
    assert "\n".join(lines(paragraph(content))) == text


def test_paragraphs_out_of_what_wraps_them() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('乙。')}</w:sdtContent></w:sdt>"
    assert lines(paragraph("甲。") + wrapped + f"<w:customXml>{paragraph('丙。')}</w:customXml>") == [
        "甲。",
        "乙。",
        "丙。",
    ]


def test_a_deleted_mark_joins_two_paragraphs() -> None:
    assert lines(paragraph("前半", properties=MARK_DELETED) + paragraph("后半。") + TEXT)[0] == "前半后半。"


def test_a_table_has_a_line_a_row() -> None:
    rows = table(["指标", "数值"], ["生产总值", "104.3亿元"])
    assert lines(TEXT + rows)[1:] == ["指标\t数值", "生产总值\t104.3亿元"]


def test_cells_of_several_paragraphs_are_read_one_by_one() -> None:
    cells = CELL.format(paragraph("甲。") + paragraph("乙。")) + CELL.format(paragraph("丙。"))
    assert lines(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == ["甲。", "乙。", "丙。"]


def test_deleted_rows_and_tables_in_tables() -> None:
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{CELL.format(paragraph('旧'))}</w:tr>"
    inner = f"<w:tr>{CELL.format(paragraph('外') + table(['内', '里']))}</w:tr>"
    assert lines(f"<w:tbl>{gone}{inner}</w:tbl>") == ["外", "内\t里"]


def test_a_footnote_stands_behind_its_paragraph() -> None:
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    again = "<w:r><w:footnoteReference w:id='3'/></w:r>"
    notes = "".join(
        f"<w:footnote w:id='{number}'>{paragraph(text)}</w:footnote>"
        for number, text in ((0, ""), (2, "指规模以上工业。"), (3, "指全县。"))
    )
    body = paragraph(run("规上工业") + reference + run("增长9%。")) + paragraph(run("全部") + again) + TEXT
    assert lines(body, footnotes=notes)[:4] == [
        "规上工业增长9%。",
        "1 指规模以上工业。",
        "全部",
        "2 指全县。",
    ]


def test_notes_are_numbered_as_the_document_says() -> None:
    reference = "<w:r><w:footnoteReference w:id='1'/><w:endnoteReference w:id='1'/></w:r>"
    form = (
        "<w:sectPr><w:footnotePr><w:numFmt w:val='decimalEnclosedCircleChinese'/></w:footnotePr></w:sectPr>"
    )
    assert lines(
        paragraph(run("正文。") + reference) + form,
        footnotes=f"<w:footnote w:id='1'>{paragraph('脚注')}</w:footnote>",
        endnotes=f"<w:endnote w:id='1'>{paragraph('尾注')}</w:endnote>",
    ) == ["正文。", "① 脚注", "i 尾注"]


def test_a_text_box_stands_behind_its_paragraph_once() -> None:
    content = BOX.format(paragraph("框一") + paragraph("框二"))
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(paragraph(box + run("甲。")) + paragraph("乙。")) == ["甲。", "框一", "框二", "乙。"]
    assert lines(paragraph(box) + paragraph("乙。")) == ["框一", "框二", "乙。"], (
        "a title in a box comes first"
    )
    assert lines(paragraph(box)) == ["框一", "框二"]


def test_running_heads_are_left_out_and_told() -> None:
    content = docx.read(word(TEXT, header=paragraph("内部资料"), footer=paragraph("— 1 —")), "a.docx", None)
    assert content.text == "前三季度，全县生产总值增长7.2%。"
    assert [dropped.text for dropped in content.dropped] == ["内部资料", "— 1 —"]


STYLES = (
    "<w:style w:styleId='a'><w:name w:val='Title'/></w:style>"
    "<w:style w:styleId='b'><w:name w:val='heading 1'/>"
    "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:styleId='c'><w:basedOn w:val='b'/></w:style>"
)


def test_the_title_is_the_paragraph_of_that_style() -> None:
    title = "<w:pStyle w:val='a'/>"
    body = paragraph("在澄湾港", properties=title) + paragraph("开港仪式上的话", properties=title) + TEXT
    document = read_bytes(word(body, styles=STYLES), "a.docx")
    assert document.title == "在澄湾港开港仪式上的话"


def level(at: int, form: str, text: str, more: str = "") -> str:
    form = f"<w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/>"
    return f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/>{more}{form}</w:lvl>"


NUMBERING = (
    "<w:abstractNum w:abstractNumId='7'>"
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + level(4, "bullet", "\uf06c")
    + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/>"
    "</w:lvlOverride></w:num>"
)


def item(text: str, at: int, name: int = 1) -> str:
    numbered = f"<w:numPr><w:ilvl w:val='{at}'/><w:numId w:val='{name}'/></w:numPr>"
    return paragraph(text, properties=numbered)


def test_numbers_that_word_writes() -> None:
    body = item("甲", 0) + item("乙", 1) + item("丙", 1) + item("丁", 2) + item("戊", 0) + item("己", 1)
    body += (
        item("庚", 3) + item("5亿元", 2) + item("辛", 4) + item("壬", 0, 2) + item("癸", 0, 0) + item("", 0)
    )
    assert lines(body, numbering=NUMBERING) == [
        *(
            "一、甲",
            "（一）乙",
            "（二）丙",
            "1.丁",
            "二、戊",
            "（一）己",
            "2.1 庚",
            "1. 5亿元",
            "•辛",
            "五、壬",
            "癸",
        ),
    ]


def test_a_deleted_item_has_no_number() -> None:
    numbered = f"<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>{MARK_DELETED}"
    body = item("甲", 0) + paragraph(DELETED, properties=numbered) + item("乙", 0)
    assert lines(body, numbering=NUMBERING) == ["一、甲", "二、乙"]
    body = item("甲", 0) + paragraph("前半", properties=numbered) + item("后半", 0)
    assert lines(body, numbering=NUMBERING) == ["一、甲", "二、前半后半"]


def test_numbers_that_come_with_a_style() -> None:
    body = "".join(
        paragraph(text, properties=f"<w:pStyle w:val='{style}'/>")
        for text, style in (("甲", "b"), ("乙", "c"))
    )
    assert lines(body, numbering=NUMBERING, styles=STYLES) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        (
            "chineseCounting",
            {1: "一", 10: "十", 12: "十二", 20: "二十", 99: "九十九", 103: "一百〇三", 0: "0"},
        ),
        ("chineseLegalSimplified", {2: "贰", 10: "壹拾", 215: "贰佰壹拾伍"}),
        ("ideographDigital", {10: "一〇"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerRoman", {4: "iv", 1999: "mcmxcix"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {3: "03"}),
        ("none", {3: ""}),
        ("unheard of", {3: "3"}),
    ],
)
def test_numbers_in_all_forms(form: str, numbers: dict[int, str]) -> None:
    assert {number: write_number(number, form) for number in numbers} == numbers


def test_a_document_with_macros_is_read() -> None:
    assert read_bytes(word(TEXT, macros=True), "a.docm").text == "前三季度，全县生产总值增长7.2%。"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"xl/workbook.xml": b""}, "Excel 表格"),
        ({"ppt/presentation.xml": b""}, "PowerPoint"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "OpenDocument"),
        ({"讲话.txt": b""}, "压缩包"),
    ],
)
def test_other_archives_are_named(files: dict[str, bytes], sentence: str) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    with pytest.raises(ReadError, match=sentence):
        read_bytes(out.getvalue(), "a.docx")
