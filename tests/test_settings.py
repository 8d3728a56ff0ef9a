"""Settings are kept, and a file that is broken costs neither the start nor what the user wrote in it."""

from jiaozhu import settings
from jiaozhu.paths import user_folder


def test_there_are_none_at_first() -> None:
    assert settings.read() == {}


def test_a_change_keeps_the_others() -> None:
    settings.write(language="en", last_project="/tmp/讲话.jiaozhu")
    settings.write(language="zh")
    assert settings.read() == {"language": "zh", "last_project": "/tmp/讲话.jiaozhu"}
    settings.write(last_project=None)
    assert settings.read() == {"language": "zh"}


def test_nothing_is_left_beside_the_file() -> None:
    settings.write(language="en")
    assert [path.name for path in user_folder().iterdir()] == ["settings.json"]


def test_a_broken_file_is_put_aside() -> None:
    file = user_folder() / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"language": "en",', "utf-8")
    assert settings.read() == {}
    settings.write(language="zh")
    assert settings.read() == {"language": "zh"}
    assert file.with_suffix(".broken").read_text("utf-8") == '{"language": "en",'
