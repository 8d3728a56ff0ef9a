"""Files made by real programs (files/README.md): title, publisher, date, speeches, and the text complete."""

from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pytest

from jiaozhu.extraction import extract
from jiaozhu.model import Document
from jiaozhu.reading import ocr, pdf, read

FILES = Path(__file__).resolve().parent / "files"


class Case(NamedTuple):
    """A file, and what it says about itself."""

    name: str
    title: str
    publisher: str | None
    date: str
    speeches: int
    encoding: str | None = None
    url: str | None = None


REPORT = "政府工作报告"
FORUM = "比学赶超开新局,真抓实干促跨越"
OPENING = "在泊远市2025年第一季度重大项目集中开工活动上的讲话"
INTERVIEW = "访谈 | 沧屿县委书记池见山:小岛县要有大作为"
ARTICLE = "http://mp.weixin.example/s?__biz=AAAA&mid=1"

CASES = [
    Case("report.docx", REPORT, None, "2025-01-14", 1),
    Case("report.pdf", REPORT, None, "2025-01-14", 1),
    Case("sections.docx", FORUM, None, "2024-12-17", 5),
    Case("sections.pdf", FORUM, None, "2024-12-17", 5),
    Case("sections.html", FORUM, None, "2024-12-17", 5),
    Case("points.docx", "苇湾市商务局2025年工作要点", None, "2025-02-21", 1),
    Case("speech.docx", OPENING, None, "2025-02-18", 1),
    Case("speech-utf16.txt", OPENING, None, "2025-02-18", 1, "utf-16-le"),
    Case("speech-unicode.txt", OPENING, None, "2025-02-18", 1, "utf-16-le"),
    Case("address-big5.txt", "在鶴洲市第五屆運動會開幕式上的致辭", None, "2023-10-12", 1, "cp950"),
    Case(
        "county-gb18030.txt", "关于一九九七年国民经济和社会发展情况的报告", None, "1998-02-26", 1, "gb18030"
    ),
    Case("government.html", "东澜:县委书记论坛上,“一把手”们亮出二季度施工图", "澜声新闻", "2025-04-08", 10),
    Case("wechat.html", INTERVIEW, "东澜观察", "2025-03-06", 1, url=ARTICLE),
    Case("wechat.mhtml", INTERVIEW, "东澜观察", "2025-03-06", 1, url=ARTICLE),
]
SCANS = ["scan.pdf", "scan.png"]


def expected(name: str) -> list[str]:
    return (FILES / "expected" / name).with_suffix(".txt").read_text("utf-8").splitlines()


def paragraphs(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_a_person_reads_it(case: Case) -> None:
    document = read(FILES / case.name)
    assert paragraphs(document) == expected(case.name)
    assert (document.title, document.publisher, document.date) == (case.title, case.publisher, case.date)
    assert (document.encoding, document.url, document.doubts) == (case.encoding, case.url, ())
    assert (document.source_map is None) == (case.encoding is None)
    assert len(extract(document).speeches) == case.speeches


@pytest.mark.parametrize("name", ["report", "sections"])
def test_word_and_pdf_say_the_same(name: str) -> None:
    word, printed = (extract(read(FILES / f"{name}{suffix}")) for suffix in (".docx", ".pdf"))
    assert [speech.speaker for speech in word.speeches] == [speech.speaker for speech in printed.speeches]
    assert [metric.text for metric in word.metrics] == [metric.text for metric in printed.metrics]
    assert [item.text for item in word.commitments] == [item.text for item in printed.commitments]


@pytest.mark.parametrize("name", ["report.pdf", "sections.pdf"])
def test_what_is_left_out_is_told(name: str) -> None:
    """Nothing of the text layer is lost but running heads, page numbers and marks of notes."""
    import pypdfium2

    content = pdf.read((FILES / name).read_bytes(), name, None)
    layer = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(FILES / name))
    text = content.text + "".join(dropped.text for dropped in content.dropped)
    assert sorted("".join(text.split())) == sorted("".join(layer.split()))
    assert {dropped.reason for dropped in content.dropped} <= {
        "running head",
        "page number",
        "mark of a note",
    }


def test_lines_remember_their_place_on_the_page() -> None:
    document = read(FILES / "sections.pdf")
    assert document.boxes is not None
    starts = [box.text_start for box in document.boxes]
    assert starts == sorted(set(starts))
    assert {box.page for box in document.boxes} == {1, 2}
    assert all(0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1 for box in document.boxes)
    start = document.text.index("槐溪县委书记 祝云舒")
    (box,) = document.boxes_of(start, start + 5)
    assert box.right < 0.5 or box.left > 0.5, "a line of one column"
    assert len(document.boxes_of(0, len(document.text))) == len(document.boxes)


@pytest.mark.parametrize("name", SCANS)
def test_a_scanned_page_is_recognised(name: str) -> None:
    if not ocr.is_installed():
        pytest.skip("needs the extra jiaozhu[ocr]")
    document = read(FILES / name)
    assert (document.title, document.date) == (OPENING, "2025-02-18")
    found, wanted = "".join(document.text.split()), "".join("".join(expected(name)).split())
    halves = str.maketrans("（）！，：", "()!,:")  # marks in half width and full width look alike
    assert SequenceMatcher(None, found.translate(halves), wanted.translate(halves)).ratio() > 0.99
    assert len(paragraphs(document)) == len(expected(name))
    start = document.text.index("58个")
    (box,) = document.boxes_of(start, start + 3)
    assert box.page == 1
    assert 0.4 < box.top < 0.7


@pytest.mark.parametrize("name", SCANS)
def test_without_recognition_a_sentence_tells_how_to_get_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "_NEEDED", ("no_such_module",))
    reader = pdf.read if name.endswith(".pdf") else ocr.read
    with pytest.raises(ocr.ReadError, match=r"pip install \"jiaozhu\[ocr\]\"") as refusal:
        reader((FILES / name).read_bytes(), name, None)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)
