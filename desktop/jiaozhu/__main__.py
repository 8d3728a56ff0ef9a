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
        sys.exit(open_window(project, render=render))

    cli.app()


def open_window(project: Path | None, *, render: Path | None = None) -> int:
    """Open the window and return the program's exit code when it is closed.

    With `render` the window is drawn into that picture, off the screen, and not shown.
    """
    if render is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_display():
        print(_("这里没有图形界面，打不开窗口。可以用 --render 图片.png 把窗口画成图片。"), file=sys.stderr)
        return 1
    from jiaozhu.qt import app

    return app.run(project, render=render)


def has_display() -> bool:
    """Return whether a window can be shown; Qt would end the process where it can't."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    main()
