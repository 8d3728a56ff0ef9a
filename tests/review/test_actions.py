"""Every action can be found, read and pressed."""

import re
from collections import Counter

import pytest

from jiaozhu.review.actions import ACTIONS, ReviewAction, action

OURS = [item for item in ACTIONS if item.over == "session"]


def test_keys_and_ids_are_unique() -> None:
    for names in [item.id for item in ACTIONS], [key for item in ACTIONS for key in item.keys]:
        assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("item", OURS, ids=lambda item: item.id)
def test_an_action_has_a_title_a_group_keys_and_help(item: ReviewAction) -> None:
    assert item.title
    assert item.group
    assert item.keys
    assert item.help.endswith("。")


@pytest.mark.parametrize("item", OURS, ids=lambda item: item.id)
def test_a_letter_has_an_alias_that_no_input_method_takes(item: ReviewAction) -> None:
    letters = [key for key in item.keys if re.fullmatch(r"(Shift\+)?[A-Z]", key)]
    assert len(letters) < len(item.keys)


def test_an_action_is_registered_by_its_decorator() -> None:
    @action("test.dance", title="跳舞", group="测试", keys=("F24",), over="window")
    def dance(window: list[str]) -> None:
        """跳一支舞。"""
        window.append("danced")

    registered = ACTIONS.pop()
    window: list[str] = []
    registered.run(window)
    assert window == ["danced"]
    assert (registered.id, registered.help, registered.over) == ("test.dance", "跳一支舞。", "window")
