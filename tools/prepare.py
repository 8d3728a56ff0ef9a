"""Make the checkout ready, then run Python in it: ``prepare.py [--dev] ARGUMENT…``.

Ready is: an interpreter, `.venv` with the project installed in it, and on Linux the system
libraries and the Chinese font that a window needs. What is ready already is left alone, so
that a second start costs nothing and needs no network. ``--dev`` adds the tools for tests.

This file must run on any Python 3, also one that is too old for the project, to say so.
"""

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "prepared.json"  # what is installed: {"run": hash, "dev": hash}
OLDEST = (3, 11)
INTERPRETERS = ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python")

#: What Qt's xcb and offscreen platforms load, and the Debian and Ubuntu package of each. (Where a
#: release says libglib2.0-0t64, that package provides the old name, and apt follows it.)
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
FONT = "fonts-noto-cjk"


def main(arguments):
    """Prepare, then become `.venv`'s Python with `arguments`; with none, only prepare."""
    dev = arguments[:1] == ["--dev"]
    prepare_system()
    prepare_environment("dev" if dev else "run")
    command = [str(VENV_PYTHON), *arguments[dev:]]
    if len(command) == 1:
        return 0
    if os.name == "nt":  # there, exec would return to the prompt before the program ends
        return subprocess.call(command)
    return os.execv(command[0], command)


def say(text):
    """Print one line about the preparation; standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def succeeds(*command):
    """Return whether a command ends well; what it prints is nobody's business."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


# The environment -------------------------------------------------------------------------------


def prepare_environment(kind):
    """Make `.venv` and install the project in it, unless what it would install is there already."""
    if read_stamp().get(kind) == fingerprint():
        return
    if not (VENV_PYTHON.exists() and is_new_enough(VENV_PYTHON) and succeeds(VENV_PYTHON, "-m", "pip", "-V")):
        make_venv(find_interpreter())
    say("Installing Jiaozhu and what it needs in .venv (once; about 100 MB to download) ...")
    install = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    install += ["--editable", ".[dev]" if kind == "dev" else "."]
    if not sys.stderr.isatty():
        install.append("--quiet")
    if subprocess.call(install, cwd=str(ROOT), stdout=sys.stderr) != 0:
        sys.exit("The installation failed; pip says why, above. Mend that (often the network) and try again.")
    stamp = dict.fromkeys(("run", "dev") if kind == "dev" else ("run",), fingerprint())
    STAMP.write_text(json.dumps(stamp))


def fingerprint():
    """Return a hash of what an installation depends on: place, interpreter, list of packages."""
    where = "\n".join((str(ROOT), str(VENV_PYTHON.resolve()), ""))
    return hashlib.sha256(where.encode() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def read_stamp():
    """Return what the stamp says is installed; nothing if there is no usable stamp."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def find_interpreter():
    """Return the path of a Python that is new enough, this one if it is."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in INTERPRETERS:
        path = shutil.which(name)
        if path and is_new_enough(path):
            return path
    return sys.exit(
        "Jiaozhu needs Python {}.{} or newer, and this is {}.{}. ".format(*OLDEST, *sys.version_info)
        + "Install one (Debian 12+, Ubuntu 24.04+: apt install python3; Ubuntu 22.04: apt install python3.11 "
        "python3.11-venv; macOS: brew install python; others: python.org) and try again."
    )


def is_new_enough(interpreter):
    """Return whether an interpreter starts and is new enough for the project."""
    return succeeds(interpreter, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})")


def make_venv(interpreter):
    """Make `.venv` anew, with pip in it.

    Debian keeps ensurepip, which puts pip into environments, in a package of its own. Where it is
    missing, the interpreter's own pip can do the same; without that, apt has to bring the package.
    """
    say(f"Making the environment .venv with {interpreter} ...")
    venv = [interpreter, "-m", "venv", "--clear", str(VENV)]
    if not succeeds(interpreter, "-c", "import venv, ensurepip"):
        into_venv = [interpreter, "-m", "pip", "--python", str(VENV_PYTHON)]
        if succeeds(*venv, "--without-pip") and succeeds(*into_venv, "install", "pip"):
            return
        version = "import sys; print('{}.{}'.format(*sys.version_info))"
        version = subprocess.check_output([interpreter, "-c", version], universal_newlines=True).strip()
        apt_install([f"python{version}-venv"], "Python's module venv")
    if subprocess.call(venv) != 0:
        sys.exit("The environment .venv could not be made; the message above says why.")


# The system ------------------------------------------------------------------------------------


def prepare_system():
    """See that a window can open and show Chinese. macOS and Windows bring what that takes."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in LIBRARIES if not loads(name)]
    packages = sorted({LIBRARIES[name] for name in missing})
    if not has_chinese_font():
        packages.append(FONT)
    if missing:
        apt_install(packages, f"system libraries for its window ({missing[0]} and others like it)")
    elif packages:
        apt_install(packages, "a font with Chinese", needed=False)


def loads(library):
    """Return whether the system has a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font():
    """Return whether fontconfig, which Qt asks too, knows a font for simplified Chinese."""
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return False
    for function in (fontconfig.FcNameParse, fontconfig.FcObjectSetCreate, fontconfig.FcFontList):
        function.restype = ctypes.c_void_p
    pattern = ctypes.c_void_p(fontconfig.FcNameParse(b":lang=zh-cn"))
    no_properties = ctypes.c_void_p(fontconfig.FcObjectSetCreate())
    found = fontconfig.FcFontList(None, pattern, no_properties)  # a struct that starts with a count
    return bool(found) and ctypes.c_int.from_address(found).value > 0


def apt_install(packages, what, needed=True):
    """Install Debian packages if this may be done; else say the command, and stop if they are `needed`."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        say(f"Jiaozhu needs {what}. In Debian's names: " + " ".join(packages))
        say("Install what this system calls them, then try again.")
    elif os.geteuid() != 0:
        say(f"Jiaozhu needs {what}. This command installs them; then try again.\n  sudo " + " ".join(command))
    else:
        say(f"Installing {what}: " + " ".join(packages) + " ...")
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        quiet = {"env": environment, "stdout": subprocess.DEVNULL}
        subprocess.call(["apt-get", "update", "-qq"], **quiet)
        if subprocess.call([*command, "-qq"], **quiet) == 0:
            return
        say("That failed; apt-get says why, above. The command was:\n  " + " ".join(command))
    if needed:
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
