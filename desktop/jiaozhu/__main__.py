"""The program's entry: without arguments the window, else the command line.

Qt is imported when a window is asked for, and the command line when there are arguments: neither
waits for the other.
"""

import os
import sys
from pathlib import Path

from jiaozhu.i18n import gettext as _


def main() -> None:
    """Open the window on the last project if there are no arguments; else obey them."""
    if len(sys.argv) == 1:
        sys.exit(open_window(None))
    obey()


def obey() -> None:
    """Run the command line: the core's commands, and `open`, which needs the window."""
    from typing import Annotated

    from typer import Argument, Option

    from jiaozhu import cli

    @cli.app.command("open", help=_("打开窗口，校阅一个项目。"))
    def open_project(
        project: Annotated[Path, Argument(metavar="PROJECT", help=_("项目文件（.jiaozhu）。"))],
        render: Annotated[
            Path | None,
            Option("--render", metavar="FILE.png", help=_("不打开窗口，把它画成一张图片。")),
        ] = None,
    ) -> None:
        sys.exit(open_window(project) if render is None else draw_window(project, render))

    cli.app(prog_name="jiaozhu")


def open_window(project: Path | None) -> int:
    """Open the window, by default on the last project; return the exit code when it is closed."""
    if not has_display():
        return complain(_("这里没有图形界面，打不开窗口；可以用 --render 图片.png 把窗口画成图片。"))
    from jiaozhu.qt import app

    return app.run(project)


def draw_window(project: Path, picture: Path) -> int:
    """Draw the window into a picture, off the screen, and print what the project holds, a line a speech."""
    from jiaozhu.commands.importing import speech_lines
    from jiaozhu.model import State
    from jiaozhu.store import Store, StoreError

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what this platform can't do
    try:
        with Store(project, read_only=True) as store:
            for record in store.curated(State):
                print(record.document.source, *speech_lines(record), sep="\n")
    except StoreError as error:
        return complain(str(error))
    from jiaozhu.qt import app

    try:
        if app.run(project, render=picture) == 0:
            print(_("窗口画在 {path}").format(path=picture))
            return 0
        reason = _("不能写成图片")
    except OSError as error:
        reason = error.strerror or str(error)
    return complain(
        _("无法写入“{path}”（{reason}）；请换一个位置，文件名以 .png 结尾。").format(
            path=picture, reason=reason
        )
    )


def complain(sentence: str) -> int:
    """Say what went wrong; return the exit code of a job that failed."""
    print(sentence, file=sys.stderr)
    return 1


def has_display() -> bool:
    """Return whether a window can be shown; Qt would end the process where it can't."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    main()
