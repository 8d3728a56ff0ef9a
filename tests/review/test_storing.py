"""What is like a document of the project is told, held back or a new version; decisions go along."""

from pathlib import Path

import pytest

from jiaozhu.intake import Taken, take_bytes, take_file
from jiaozhu.model import Action, State
from jiaozhu.review import Session
from jiaozhu.review.carrying import quote
from jiaozhu.review.storing import Held, Stored, Treatment, store_all
from jiaozhu.store import Store

FIRST = """在全县经济工作会议上的讲话
（2025年4月2日）
县长 高远

同志们：
一季度，全县实现地区生产总值23.6亿元，增长7.3%，规模以上工业增加值增长9.1%，主要指标好于预期。
粮食播种面积保持在12.4万亩，新建高标准农田3600亩，农村居民人均可支配收入增长8.2%。
下一步，我们力争全年新增就业4100人，确保年底前建成两所公办幼儿园，加快建设河东产业园。
民生支出占一般公共预算支出的比重提高到78.5%，群众的日子一天比一天好。
"""
#: A paragraph more, and one number corrected.
SECOND = FIRST.replace("民生支出", "一季度接待游客51万人次。\n民生支出").replace("9.1%", "9.4%")
OTHER_SITE = "河东发布 2025年4月2日\n" + FIRST.replace("。\n", "。\n\n") + "编辑：某某\n"
#: A text of the same name of another day, which has half of its sentences in common with the first.
NEXT_YEAR = "\n".join([*FIRST.split("\n")[:1], "（2026年4月2日）", *FIRST.split("\n")[1:6]])
UNLIKE = "市政府新闻办公室今天介绍，全市夏粮总产量达到51.2万吨，比上年增长2.6%，收购工作平稳有序。\n"


def stored(store: Store, text: str, name: str, treatment: Treatment = Treatment.AUTO) -> Stored | Held:
    """Return what became of a text that came in under a name."""
    (item,) = store_all(store, [take_bytes(text.encode(), name)], treatment)
    assert isinstance(item, Stored | Held)
    return item


@pytest.mark.parametrize(
    ("text", "name", "treatment", "becomes", "versions"),
    [
        (UNLIKE, "a.txt", Treatment.ASK, "new", 1),
        (SECOND, "a.txt", Treatment.ASK, "version", 2),
        (SECOND, "a.txt", Treatment.AUTO, "version", 2),
        (NEXT_YEAR, "a.txt", Treatment.AUTO, "new", 1),
        (SECOND, "a.txt", Treatment.KEEP, "new", 1),
        (SECOND, "a.txt", Treatment.SKIP, "held", 1),
        (OTHER_SITE, "b.txt", Treatment.ASK, "held", 1),
        (OTHER_SITE, "b.txt", Treatment.AUTO, "new", 1),
        (OTHER_SITE, "b.txt", Treatment.KEEP, "new", 1),
        (OTHER_SITE, "b.txt", Treatment.SKIP, "held", 1),
        (OTHER_SITE, "b.txt", Treatment.VERSION, "version", 2),
        (FIRST, "b.txt", Treatment.ASK, "known", 1),
    ],
)
def test_what_is_alike(text: str, name: str, treatment: Treatment, becomes: str, versions: int) -> None:
    with Store() as store:
        first = stored(store, FIRST, "a.txt")
        item = stored(store, text, name, treatment)
        if isinstance(item, Held):
            assert becomes == "held"
        elif item.carried is not None:
            assert becomes == "version"
            assert item.taken.document.replaces == first.taken.document.id
        else:
            assert becomes == ("new" if item.is_new else "known")
        assert len(store.versions(first.taken.document.id)) == versions
        assert len(store.documents()) == 1 + (becomes in ("new", "version"))
        if text in (OTHER_SITE, SECOND):
            assert item.like is not None
            assert (item.like.document, item.like.is_same_source) == (
                first.taken.document.id,
                name == "a.txt",
            )
            assert item.like.similarity > 0.8


def test_a_new_version_takes_over_what_was_decided() -> None:
    with Store() as store:
        first = stored(store, FIRST, "a.txt").taken.document
        session = Session(store, reviewer="王敏")
        session.open(first.id)
        session.outline.describe(publisher="河东县人民政府")
        session.outline.rename(session.outline.speeches[0].id, region="义乌市")
        for annotation in session.annotations:
            session.focus(annotation.id)
            if "8.2%" in annotation.text:
                session.correct(value="8.3")
            elif "3600亩" in annotation.text:
                session.reject()
            elif annotation.text == "78.5%":
                session.set_span(annotation.start - 2, annotation.end)
            elif "4100" not in annotation.text:
                session.accept()
        place = first.text.index("民生支出")
        added = session.add("metric", place, place + len("民生支出"))
        before = {item.text: item for item in session.annotations}

        item = stored(store, SECOND, "a.txt")
        assert isinstance(item, Stored)
        assert item.carried is not None
        assert [quote(lost) for lost in item.carried.lost] == ["9.1%"]
        session.open(item.taken.document.id)
        after = {item.text: item for item in session.annotations}
        assert session.document is not None
        assert session.document.publisher == "河东县人民政府"
        assert session.outline.speeches[0].region == "义乌市"
        for text in before.keys() - {"9.1%", added.text}:
            assert after[text].state is before[text].state, text
        assert (after["8.2%"].value, after[added.text].state) == ("8.3", State.ADDED)
        assert [after["9.4%"].state, after["51万人次"].state] == [State.SUGGESTED] * 2
        assert [after["9.4%"].region, after["51万人次"].region] == ["义乌市"] * 2
        assert "78.5%" not in after  # its bounds were corrected: not suggested beside the corrected one
        history = store.history(item.taken.document.id, "metric", after["8.2%"].id)
        assert [(one.action, one.reviewer) for one in history] == [(Action.CARRY, "王敏")]

        # The earlier version is still there, but its facts leave the project once.
        assert store.document(first.id).text == FIRST.rstrip("\n")
        assert store.annotations(first.id) == list(before.values())
        (record,) = store.curated()
        assert record.document.id == item.taken.document.id
        assert list(store.waiting()) == [item.taken.document.id]


def test_the_newest_version_counts() -> None:
    third = SECOND.replace("51万人次", "52万人次")
    with Store() as store:
        ids = [stored(store, text, "a.txt").taken.document.id for text in (FIRST, SECOND, third)]
        assert [store.versions(id_) for id_ in ids] == [ids] * 3
        assert [row.replaced_by for row in store.documents()] == [ids[1], ids[2], None]


def test_a_file_of_a_folder_may_be_a_new_version_too(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "old" / "讲话.txt").write_text(FIRST, "utf-8")
    (tmp_path / "new" / "讲话.txt").write_text(SECOND, "utf-8")
    taken = [take_file(tmp_path / part / "讲话.txt") for part in ("old", "new")]
    with Store() as store:
        first, second = store_all(store, taken)
        assert isinstance(first, Stored)
        assert isinstance(second, Stored)
        assert isinstance(taken[0], Taken)
        assert second.taken.document.replaces == taken[0].document.id
