"""Pages: in which order their lines are read, what is no part of the text, and which lines go on."""

from pathlib import Path

import pytest

from jiaozhu.reading import ReadError, pdf, read_bytes
from jiaozhu.reading.columns import arrange
from jiaozhu.reading.composing import compose
from jiaozhu.reading.content import Content
from jiaozhu.reading.printed import RAISED, Page, PrintedLine
from pdffile import pdf_file

FILES = Path(__file__).resolve().parent / "files"
SIZE = 10.0
PITCH = 16.0
WIDTH, HEIGHT = 400.0, 600.0
LEFT = 50.0
FULL = "各位代表现在我代表市人民政府向大会报告工作请予审议并请各位委"  # from 50 to 350


def line(text: str, row: float, left: float = LEFT, size: float = SIZE) -> PrintedLine:
    """Return a line at a row of the page, as wide as its characters."""
    width = size * sum(1.0 if char > "\u2e80" else 0.5 for char in text.replace(RAISED, ""))
    top = 100 + row * PITCH
    return PrintedLine(text, left, top, left + width, top + size, size)


def page(*lines: PrintedLine, number: int = 1) -> Page:
    return Page(number, WIDTH, HEIGHT, list(lines))


def reading(lines: list[PrintedLine], *, ordered: bool = True) -> list[str]:
    (arranged,) = arrange([lines], ordered=ordered)
    return [line.text for line in arranged]


def left_column(rows: int) -> list[PrintedLine]:
    return [line(f"左{row}经济运行稳中向好", row) for row in range(rows)]


def right_column(rows: int) -> list[PrintedLine]:
    return [line(f"右{row}改革开放纵深推进", row, left=200) for row in range(rows)]


# Order


def test_two_columns_in_the_order_of_the_file_or_not() -> None:
    left, right = left_column(5), right_column(5)
    wanted = [line.text for line in left + right]
    by_row = [line for pair in zip(left, right, strict=True) for line in pair]
    for lines in left + right, by_row, right + left:
        assert reading(lines) == wanted


def test_a_title_across_both_columns_parts_them() -> None:
    title = line("中间的标题横跨左右两栏是全页的分界线", 5.0)
    lower = [
        line(f"下{row}坚持稳中求进工作总", row, left=left) for left in (LEFT, 200) for row in range(6, 11)
    ]
    lines = [*left_column(5), *right_column(5), title, *lower]
    assert reading(lines) == [line.text for line in lines]


def test_a_page_with_few_lines_has_the_columns_of_the_others() -> None:
    last = [line("左末经济运行稳中向好", 0), line("左完。", 1), line("右末。", 0, left=200)]
    arranged = arrange([[*left_column(5), *right_column(5)], last], ordered=True)
    assert [line.text for line in arranged[1]] == ["左末经济运行稳中向好", "左完。", "右末。"]


def test_a_table_is_no_pair_of_columns() -> None:
    names, values = ("生产总值", "财政收入", "就业", "粮食产量", "用电量"), ("418", "45.2", "4.6", "70", "9")
    rows = [
        cell
        for row, (name, value) in enumerate(zip(names, values, strict=True))
        for cell in (line(name, row), line(value, row, left=250))
    ]
    assert reading(rows) == [f"{name}\t{value}" for name, value in zip(names, values, strict=True)]


def test_a_cell_of_several_lines_is_one_entry() -> None:
    rows = [line("一般公共", 0), line("预算收入", 1), line("172.5", 0, left=250), line("5.3%", 0, left=330)]
    assert reading(rows) == ["一般公共预算收入\t172.5\t5.3%"]


def test_a_box_that_the_file_draws_first_is_read_where_it_stands() -> None:
    assert reading([line("框", 1), line("上面", 0), line("下面", 2)]) == ["上面", "框", "下面"]


def test_recognised_lines_come_in_no_order() -> None:
    assert reading([line("二", 1), line("一", 0), line("三", 2)], ordered=False) == ["一", "二", "三"]


# What is no part of the text


def text_of(*pages: Page) -> Content:
    return compose(list(pages))


def sheet(number: int, *lines: PrintedLine, head: str = "", foot: str = "") -> Page:
    above, below = [line(head, -4)] * bool(head), [line(foot, 28, left=190)] * bool(foot)
    return page(*above, *lines, *below, number=number)


def test_running_heads_of_left_and_right_pages() -> None:
    heads = ["政府工作报告", "澄湾市人民政府"] * 2
    pages = [sheet(i, line(f"第{i}段。", 0), head=head) for i, head in enumerate(heads, 1)]
    content = text_of(*pages)
    assert content.text == "第1段。\n第2段。\n第3段。\n第4段。"
    assert [dropped.text for dropped in content.dropped] == heads or len(content.dropped) == 4


def test_the_address_that_a_browser_prints_on_each_page() -> None:
    foot = [
        line("https://a.example/zw/1.html\u00a01/2", 30),
        line("https://a.example/zw/1.html\u00a02/2", 30),
    ]
    content = compose([page(line(FULL, 0), foot[0]), page(line(FULL, 0), foot[1], number=2)])
    assert content.url == "https://a.example/zw/1.html"


def test_a_title_that_stands_on_one_page_stays() -> None:
    pages = [sheet(1, line("甲。", 0), head="政府工作报告"), sheet(2, line("乙。", 0))]
    assert text_of(*pages).text == "政府工作报告\n甲。\n乙。"


@pytest.mark.parametrize("foot", ["{}", "— {} —", "第{}页 共3页", "{}/3"])
def test_page_numbers(foot: str) -> None:
    pages = [sheet(i, line("甲。", 0), line("乙。", 1), foot=foot.format(i + 4)) for i in (1, 2, 3)]
    content = text_of(*pages)
    assert content.text == "\n".join(["甲。", "乙。"] * 3)
    assert {dropped.reason for dropped in content.dropped} == {"page number"}


def test_numbers_that_dont_count_pages_stay() -> None:
    pages = [sheet(i, line("甲。", 0), foot=foot) for i, foot in enumerate(("418", "45", "52"), 1)]
    assert text_of(*pages).text == "甲。\n418\n甲。\n45\n甲。\n52"


def test_a_note_stands_behind_the_paragraph_with_its_mark() -> None:
    lines = [
        line(f"规上工业{RAISED}1增加值增长9%。", 0),
        line("全县用电量增长7%。", 1),
        line("1指年主营业务收入二千万元及以上的", 20, size=7),
        line("工业法人单位。", 20.7, size=7),
    ]
    content = text_of(page(*lines))
    assert content.text.split("\n") == [
        "规上工业增加值增长9%。",
        "1 指年主营业务收入二千万元及以上的工业法人单位。",
        "全县用电量增长7%。",
    ]
    assert [(dropped.text, dropped.reason) for dropped in content.dropped] == [("1", "mark of a note")]
    assert content.boxes is not None
    assert [round(box.top, 2) for box in content.boxes] == [0.17, 0.7, 0.19]


def test_small_print_without_a_mark_is_text_and_a_power_is_no_mark() -> None:
    lines = [line(f"新增绿地300m{RAISED}2以上。", 0), line("责任编辑：甲", 20, size=7)]
    assert text_of(page(*lines)).text == "新增绿地300m2以上。\n责任编辑：甲"


# Which lines go on


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(
            [
                line(FULL[:28], 0, LEFT + 20),
                line(FULL, 1),
                line("政协委员提出意见。", 2),
                line(FULL[:28], 3, LEFT + 20),
            ],
            [FULL[:28] + FULL + "政协委员提出意见。", FULL[:28]],
            id="indented paragraphs",
        ),
        pytest.param(
            [line(FULL, 0), line("意见。", 1), line(FULL, 2), line("工作。", 3)],
            [FULL + "意见。", FULL + "工作。"],
            id="no indents: a paragraph ends in a short line",
        ),
        pytest.param(
            [line(FULL, 0), line(FULL, 1), line(FULL, 3), line(FULL, 4)], [FULL * 2, FULL * 2], id="set apart"
        ),
        pytest.param(
            [line(FULL, 0), line(FULL, 1), line(FULL[:28], 2), line("2367.7亿元。", 3)],
            [FULL * 2 + FULL[:28] + "2367.7亿元。"],
            id="a number that had no room",
        ),
        pytest.param(
            [line(FULL, 0), line(FULL, 1), line("（一）产业结构", 2), line("持续优化", 3)],
            [FULL * 2 + "（一）产业结构", "持续优化"],
            id="a line that ends early",
        ),
        pytest.param(
            [
                line("在澄湾港区开港仪式活动中", 0, 104, 16),
                line("上的讲话", 1.5, 168, 16),
                line(FULL, 4),
                line(FULL, 5),
            ],
            ["在澄湾港区开港仪式活动中上的讲话", FULL * 2],
            id="a title in two lines",
        ),
    ],
)
def test_lines_become_paragraphs(lines: list[PrintedLine], text: list[str]) -> None:
    assert text_of(page(*lines)).text.split("\n") == text


def test_a_sentence_goes_on_behind_a_page() -> None:
    first = sheet(1, line(FULL, 0), line(FULL, 1), foot="1")
    second = sheet(2, line("意见。", 0), line(FULL, 1), line("谢谢大家。", 2), foot="2")
    assert text_of(first, second).text.split("\n") == [FULL * 2 + "意见。", FULL + "谢谢大家。"]


def test_latin_words_that_a_line_break_parts_keep_a_space() -> None:
    lines = [line("我市加入经济合作组织并引进Smart", 0), line("City平台。", 1), line(FULL, 2)]
    lines[0].right = lines[2].right
    assert text_of(page(*lines)).text.split("\n")[0] == "我市加入经济合作组织并引进Smart City平台。"


def test_no_lines_are_no_text() -> None:
    assert text_of(page()) == Content(text="", boxes=())


# Files


WORDS = b"BT /F 12 Tf 50 300 Td (GDP grew by) Tj 0 -16 Td (7.2% in 2024.) Tj ET"


@pytest.mark.parametrize("more", [b"", b"/CropBox[20 20 400 600]"])
def test_a_page_is_read(more: bytes) -> None:
    assert pdf.read(pdf_file(WORDS, page=more), "a.pdf", None).text == "GDP grew by\n7.2% in 2024."


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, b"0 1 -1 0 400 0 cm "), (180, b"-1 0 0 -1 400 600 cm "), (270, b"0 -1 1 0 0 600 cm ")],
)
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn: int, matrix: bytes) -> None:
    content = pdf.read(pdf_file(matrix + WORDS, page=b"/Rotate %d" % turn), "a.pdf", None)
    assert content.text == "GDP grew by\n7.2% in 2024."
    assert content.boxes is not None
    assert [box.left for box in content.boxes] == [content.boxes[0].left] * 2


def test_what_stands_beside_the_page_is_not_read() -> None:
    beside = b"BT /F 12 Tf 50 900 Td (cut off) Tj ET "
    assert pdf.read(pdf_file(beside + WORDS), "a.pdf", None).text == "GDP grew by\n7.2% in 2024."


def test_a_blank_page_is_no_picture() -> None:
    assert pdf.read(pdf_file(b"0 0 m 10 10 l S"), "a.pdf", None).text == ""


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert [pdf._character(ord(char)) for char in "⼀⻓⼾一"] == ["一", "长", "户", "一"]


def test_a_locked_file() -> None:
    with pytest.raises(ReadError, match=r"“locked\.pdf”有密码保护.*去掉密码"):
        read_bytes((FILES / "locked.pdf").read_bytes(), "locked.pdf")
