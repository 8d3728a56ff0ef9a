"""Title, publisher, date and URL of a document, from the first and last lines of its text and its name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.model import Doubt
from jiaozhu.reading import occasion
from jiaozhu.reading.content import DATE, Content
from jiaozhu.reading.dates import find_days
from jiaozhu.reading.lines import is_address, is_credited, is_ended, is_item
from jiaozhu.reading.urls import find_url

_OPENING = 2500  # characters of the text looked at, and as many of its end
_FRONT_LINES = 80
_END_LINES = 4
#: A line with a full stop belongs to the body from this length on; before it, it may be a caption.
_BODY_LINE = 40  # characters
_LONGEST_LINE = 120  # characters of a line that says something about the document
_LONGEST_TITLE = 60  # characters
_LEAST_FILE_TITLE = 10  # Chinese characters in a file name that is a title
_LEAST_NAME = 4  # Chinese characters in the title among a document's properties
_LONGEST_NAME = 4  # characters
_ACCOUNT = 8  # characters of a name, that of an account between the title and the day
_LONGEST_PUBLISHER = 30  # characters

#: Quotes, items and bold type of Markdown, around what a line says; links, whose words count.
_MARKUP = re.compile(
    r"^>\s+|^[-*+]\s+(?=\S{2,8}[：:])|\*\*|\[(?=[^\[\]()]+\]\(https?:)|\]\(https?:[^\s()]*\)"
)
#: What WeChat writes under a title: 原创 某某 澄湾观察 2025年03月06日 10:22 浙江.
_ACCOUNT_LINE = re.compile(
    r"(?:原创\s+)?(?:\S{2,20}\s+)??(?P<name>\S{2,20})\s+\d{4}年\d\d月\d\d日\s+\d\d:\d\d(?:\s+\S{2,8})?$"
)
#: From one page of a newspaper to another: （上接第一版）.
_TURNED = re.compile(r"[（(]?(?:上接|下转|紧接)|[（(](?:作者|编辑|责任编辑|责编)")
#: What a head says of the occasion: 访谈时间：…, 主持人：….
_LABELLED = re.compile(r"\S{0,4}(?:时间|地点|嘉宾|主持人?|出席人?员?|发布人|记录|主题)\s?[：:]")
_EDITOR = re.compile(r"[【（(]?编者[按注的]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: 政 府 工 作 报 告
_SPACED = re.compile(r"(?:[\u4e00-\u9fff][ \u3000]){2,}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_REMARK = re.compile(r"[（(][^（）()]{1,8}[）)]$")  # （摘要）
_DELIVERED = re.compile(r"(?<!工)作[^，。]{0,8}报告$")  # 省长某某作政府工作报告: a caption
_NEWS_AGENCY = re.compile(r"[（(]?(新华社|中新社|中国新闻社)[^，。]{2,16}日[^，。]{0,6}电")
_PROGRAM = re.compile(r"^Microsoft \w+ - |\.(?:docx?|wps|pdf)$")  # what programs add to the name of a file


class Found(NamedTuple):
    """What a document says about itself; None where it says nothing certain."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None  # ISO: the occasion, else the publication
    url: str | None = None  # where it was published
    doubts: tuple[Doubt, ...] = ()  # days as written that are none


def find(text: str, source: str, content: Content | None = None) -> Found:
    """Return the metadata of a cleaned text that came from the file `source`.

    What the format says in `content` counts where the text doesn't tell better: a title that is marked as
    one is better than any line; a publisher, a day of publication and a title by name are not.
    """
    known = content or Content(text=text)
    page = _lay_out(text)
    front, end = page.front, page.end
    name = _PROGRAM.sub("", known.name or "")
    is_title = len(_CHINESE.findall(name)) >= _LEAST_NAME and _may_be_title(name)
    return Found(
        known.title or _find_title(front) or (name if is_title else _file_title(source)),
        _find_publisher([*front, *end]) or known.publisher,
        occasion.find_date(front, page.report, end, text, source, published=known.published),
        known.url or find_url(page.over, page.last),
        tuple(Doubt(DATE, day) for day in occasion.find_impossible([*front, *end], page.report)),
    )


def find_date(text: str, source: str) -> str | None:
    """Return the ISO date alone that `find` would find in a cleaned text from the file `source`."""
    page = _lay_out(text)
    return occasion.find_date(page.front, page.report, page.end, text, source)


class _Page(NamedTuple):
    """The lines that metadata are looked for in."""

    over: list[str]  # before the text proper
    front: list[str]  # the short ones of these, without markup
    report: list[str]  # the first of the text, if its occasion may stand there
    last: list[str]
    end: list[str]  # the short ones of these


def _lay_out(text: str) -> _Page:
    lines = [line for line in text[:_OPENING].split("\n") if line]
    last = [line for line in text[-_OPENING:].split("\n") if line][-_END_LINES:]
    end = [line for line in last if len(line) <= _LONGEST_LINE]
    body = next((i for i, line in enumerate(lines) if i == _FRONT_LINES or _is_body(line)), len(lines))
    front = [_MARKUP.sub("", line) for line in lines[:body] if len(line) <= _LONGEST_LINE]
    # Whoever speaks to an audience speaks of other occasions; a report begins with its own.
    report = [] if body < len(lines) and is_address(lines[body]) else lines[body:]
    return _Page(lines[:body], front, report, last, end)


def _is_body(line: str) -> bool:
    """Return whether a line is no longer in front of the text: the address, or a paragraph."""
    if is_address(line):
        return True
    return len(line) >= _BODY_LINE and "。" in line and not is_credited(line)


def _find_title(front: list[str]) -> str | None:
    """Return the title among the lines in front of the text.

    A marked heading; else what is called the title, 标题：; else the fullest line that a word of the genre
    closes, 政府工作报告; else the line over the occasion, the day of publication or the byline; else the
    first line that may be one.
    """
    if heading := next((line for line in front if line.startswith("# ")), None):
        return heading[2:].strip()
    if labelled := next((match[1].strip() for line in front if (match := _title_label().match(line))), None):
        return labelled
    titles: list[str] = []
    anchored: str | None = None
    for i, line in enumerate(front):
        if titles and _EDITOR.match(line):
            break  # what stands behind the editor's note heads the first of several speeches
        at = occasion.find_occasion(line)  # None for most lines: the whole line is the name
        name = _SPACED.sub(lambda match: "".join(match[0].split()), line[:at]).strip()
        if titles and name in _genres() and front[i - 1] == titles[-1]:
            titles[-1] += name  # 在…会议上的 | 讲话
        elif _may_be_title(name) and not (i and front[i - 1][-1] in ":：") and not _is_office(front, i):
            titles.append(name)
        stands_below = at is not None or is_byline(line) or occasion.is_publication(line)
        if titles and anchored is None and stands_below:
            is_account = len(titles) > 1 and front[i - 2 : i] == titles[-2:] and len(titles[-1]) <= _ACCOUNT
            anchored = titles[-2] if is_account and len(titles[-2]) > _ACCOUNT else titles[-1]
    if of_genre := [title for title in titles if _is_of_genre(title)]:
        return max(of_genre, key=len)
    return anchored or next(iter(titles), None)


def _is_office(front: list[str], i: int) -> bool:
    """Return whether a line is an office, whose holder the next line names."""
    name = "".join(front[i + 1].split()) if i + 1 < len(front) else ""
    return front[i].endswith(lexicon.words("reading", "office", "head")) and 2 <= len(name) <= _LONGEST_NAME


def _may_be_title(line: str) -> bool:
    return (
        4 <= len(line) <= _LONGEST_TITLE
        and _CHINESE.search(line) is not None
        and line not in _furniture()
        and (
            not is_ended(line)
            or line[-1] in "!！?？"
            or line.endswith(lexicon.words("reading", "title", "event"))
        )
        and line[-1] not in "，、,"
        and "\t" not in line  # a row of a table
        and not _TURNED.match(line)
        and not _LABELLED.match(line)
        and not is_item(line)
        and "各位" not in line
        and not is_byline(line)
        and not _DELIVERED.search(line)
        and not _NEWS_AGENCY.match(line)
        and not occasion.is_publication(line)
    )


@cache
def _title_label() -> re.Pattern[str]:
    labels = (r"\s*".join(word) for word in lexicon.words("reading", "label", "title"))
    return re.compile(rf"(?:{'|'.join(labels)})\s?[：:]\s*(?=\S)(.{{4,{_LONGEST_TITLE}}})$")


def is_imprint(line: str) -> bool:
    """Return whether a line says who published the text, or when."""
    return (
        occasion.is_publication(line)
        or _publisher_label().search(line) is not None
        or next(find_days(line), None) is not None
    )


def _is_of_genre(title: str) -> bool:
    return _REMARK.sub("", title).endswith((*_genres(), *lexicon.words("reading", "title", "event")))


@cache
def _genres() -> tuple[str, ...]:
    return lexicon.words("reading", "title", "last")


@cache
def _furniture() -> frozenset[str]:
    return frozenset(lexicon.words("reading", "page", "furniture"))


def is_byline(line: str) -> bool:
    """Return whether a line is an office with a name: 市长 莫某某."""
    return len(line) <= _LONGEST_TITLE and _byline().search(line) is not None


@cache
def _byline() -> re.Pattern[str]:
    heads = "|".join(lexicon.words("reading", "office", "head"))
    no_names = "|".join(lexicon.words("persons", "no_name", "begin"))
    families = "".join(lexicon.words("persons", "surname", "single"))
    doubles = "|".join(lexicon.words("persons", "surname", "double"))
    return re.compile(
        rf"(?:{heads})(?:[ \u3000\xa0\u2002]+[\u4e00-\u9fff][\u4e00-\u9fff· \u3000]{{1,12}}"
        rf"|(?!{no_names})(?:{doubles}|[{families}])[\u4e00-\u9fff]{{1,2}})$"  # 市长莫某某, not 县长这样说
    )


def _file_title(source: str) -> str | None:
    """Return the file's name without suffix if it reads like a title."""
    stem = PurePath(source).stem.strip()
    return stem if _is_of_genre(stem) or len(_CHINESE.findall(stem)) >= _LEAST_FILE_TITLE else None


def _find_publisher(lines: list[str]) -> str | None:
    """Return who published the text: behind 来源：, a news agency, or the name over 官方公众号."""
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if following in lexicon.words("reading", "account", "label"):
            return line
        if match := _publisher_label().search(line):
            name = _after_publisher().split(line[match.end() :].strip() or following, maxsplit=1)[0].strip()
            if 1 < len(name) <= _LONGEST_PUBLISHER and _CHINESE.search(name):
                return name
    for line in lines:
        day = next(find_days(line), None) if occasion.is_publication(line) else None
        if day is not None and occasion.is_medium(line[: day.start]):
            return line[: day.start].strip()
    for line in lines:
        match = _ACCOUNT_LINE.match(line)
        if match and _CHINESE.search(match["name"]) and not is_item(match["name"]):
            return match["name"]
    agency = next((match for line in lines if (match := _NEWS_AGENCY.match(line))), None)
    return agency[1] if agency else None


@cache
def _after_publisher() -> re.Pattern[str]:
    """Return the pattern of what ends a name: white space, a bracket, the next label."""
    labels = (word for words in lexicon.classes("reading", "label").values() for word in words)
    return re.compile(rf"[\s|｜】\]）)]|(?:{'|'.join(map(re.escape, labels))})\s?[：:]")


@cache
def _publisher_label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[\s（(【\[\d|｜])(?:{'|'.join(lexicon.words('reading', 'label', 'publisher'))})\s?[：:】\]]+"
    )
