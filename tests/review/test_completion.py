"""What is offered while a name is typed: from its own words, the sentence, other names, the last changes."""

import pytest

from jiaozhu.review.completion import MOST, Source, nearest, offers, repeated

OFFERED = [
    # what is typed stands in the name: its end is offered
    ("港区", Source(own="新一代港区投资"), "港区投资"),
    # it does not: it is put in front, or where the name goes on with its last characters
    ("主攻", Source(own="产业"), "主攻产业"),
    ("收入最高、", Source(own="收入创新高、位次"), "收入最高、位次"),
    # it stands in the sentence: up to a figure, a sign or a word of grammar
    ("改革", Source(sentence="推进改革试点5大领域"), "改革试点"),
    ("民生", Source(sentence="完成民生、交通项目12个"), "民生、交通项目"),
    ("民生", Source(sentence="完成民生项目和交通项目12个"), "民生项目"),
    ("园区", Source(sentence="园区产值达到9亿元"), "园区产值"),
    # it is the beginning, or a part, of a name that is known
    ("固定", Source(known=("固定资产投资",)), "固定资产投资"),
    ("投资", Source(known=("固定资产投资",)), "固定资产投资"),
    ("进", Source(near=("进出口总额",), known=("进口总额",)), "进出口总额"),
    # nothing is typed: a known name inside, and what stands near by
    ("", Source(own="完成固定资产投资额", known=("投资", "固定资产投资")), "固定资产投资"),
    ("", Source(own="项目", near=("重点项目",)), "重点项目"),
    ("", Source(own="副总", changes=[("教授", "双向教授")]), "双向副总"),
]


@pytest.mark.parametrize(("typed", "source", "expected"), OFFERED)
def test_a_name_is_offered(typed: str, source: Source, expected: str) -> None:
    assert expected in offers(typed, source)


def test_neither_what_is_typed_nor_the_name_itself_is_offered_nor_one_twice() -> None:
    assert offers("GDP", Source(own="增速", near=("GDP",))) == ["GDP增速"]
    assert offers("", Source(own="GDP", near=("GDP", "增速", "增速"))) == ["增速"]


def test_not_more_are_offered_than_can_be_read() -> None:
    assert len(offers("", Source(near=[f"名{number}" for number in range(50)]))) == MOST


REPEATED = [
    ("教授", "双向教授", "副总", "双向副总"),
    ("总量全区排名", "总量", "增幅全区排名", "增幅"),
    ("民间投资额", "民间投资", "社会投资额", "社会投资"),
    ("项目", "重点工程", "项目", "重点工程"),
    ("比重的", "比重", "增速", ""),
    ("投产企业数", "投产的企业数", "开工", ""),  # a change inside says nothing of other names
]


@pytest.mark.parametrize(("before", "after", "name", "expected"), REPEATED)
def test_the_change_of_a_name_is_repeated(before: str, after: str, name: str, expected: str) -> None:
    assert repeated(before, after, name) == expected


def test_the_nearest_comes_first_and_the_one_before_on_a_tie() -> None:
    assert nearest([(0, "a"), (8, "b"), (12, "c"), (11, None), (30, "b")], 10) == ["b", "c", "a"]
