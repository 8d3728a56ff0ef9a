"""A reader at work in a process of its own, so that whatever a file does to it stays there.

The process may not reach the network, write files or start programs, and it has so much time and memory.
It starts with the first file that needs it and serves until the program ends; a file that is too much for
it ends it, and the next one finds a fresh one.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from threading import Lock, Timer
from typing import IO

import msgspec

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import language
from jiaozhu.reading.content import Content, EncodingError, Reader, ReadError

#: What a file may take, unless its reader asks for more.
SECONDS = 7.0
MEMORY = 700_000_000  # bytes
_START = 60.0  # seconds until the process must serve; a machine may be busy

#: What the process runs, with the import paths of the one that starts it.
_PROGRAM = "import sys; sys.path[:] = {path!r}; from jiaozhu.reading import confined; confined.serve()"

#: Audit events of what no reader has a reason for: https://docs.python.org/3/library/audit_events.html
_FORBIDDEN = (
    *(
        "socket.",
        "subprocess.",
        "os.exec",
        "os.fork",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.system",
    ),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil."),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Request(msgspec.Struct):
    """What the process is asked to read; the bytes of the file follow."""

    reader: str  # its module
    source: str
    encoding: str | None
    size: int  # of the file, in bytes


class Patience(msgspec.Struct, tag=True):
    """The process is at work and may take `seconds` from now on."""

    seconds: float


class Done(msgspec.Struct, tag=True):
    """What was read."""

    content: Content


class Refused(msgspec.Struct, tag=True):
    """Why nothing was read, as a sentence."""

    sentence: str
    is_about_encoding: bool = False  # another encoding may be tried


_REQUEST = msgspec.msgpack.Decoder(Request)
_ANSWER = msgspec.msgpack.Decoder(Patience | Done | Refused)

_lock = Lock()  # one file at a time
_worker: _Worker | None = None
_answers: IO[bytes] | None = None  # in the process itself: where its answers go


def run(reader: Reader, data: bytes, source: str, encoding: str | None) -> Content:
    """Return what a reader makes of `data`; raise ReadError as it does, and if it takes too much."""
    global _worker
    if getattr(sys, "frozen", False):  # a frozen program has no interpreter to start
        return reader(data, source, encoding)
    request = Request(reader.__module__, source, encoding, len(data))
    with _lock:
        if _worker is None or not _worker.serves():
            _worker = _Worker()
        answer = _worker.ask(request, data)
    if isinstance(answer, Done):
        return answer.content
    raise (EncodingError if answer.is_about_encoding else ReadError)(answer.sentence)


def allow(seconds: float, memory: int = MEMORY) -> None:
    """Let the reader that calls this take `seconds` from now on, and `memory` more bytes than it holds."""
    if _answers is not None:
        _bound_memory(memory)
        _send(_answers, Patience(seconds))


class _Worker:
    """The process, seen from the one that asks."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"JIAOZHU_LANG": language()},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        atexit.register(self._end)

    def serves(self) -> bool:
        """Return whether the process can be asked: it runs, and is this process's own, not a parent's."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, request: Request, data: bytes) -> Done | Refused:
        """Return the answer to a request; where there is none, the process is over and that is refused."""
        late = False

        def stop() -> None:
            nonlocal late
            late = True
            self._process.kill()

        timer = Timer(_START, stop)
        timer.start()
        try:
            _send(self._requests, request)
            self._requests.write(data)
            self._requests.flush()
            while True:
                answer: Patience | Done | Refused = _ANSWER.decode(_receive(self._answers))
                if not isinstance(answer, Patience):
                    return answer
                timer.cancel()
                timer = Timer(answer.seconds, stop)
                timer.start()
        except (OSError, EOFError, msgspec.DecodeError):
            self._end()
            sentence = (
                _("读取“{name}”太费时间，已经停止；请检查文件，或拆分成几个文件再导入。")
                if late
                else _("“{name}”无法读取（文件已损坏，或需要的内存太多）；请用原来的程序打开并另存，再导入。")
            )
            return Refused(sentence.format(name=request.source))
        except BaseException:  # interrupted: an answer may still come, to nobody
            self._end()
            raise
        finally:
            timer.cancel()

    def _end(self) -> None:
        """End the process."""
        atexit.unregister(self._end)
        if self._owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for stream in self._requests, self._answers:
            with suppress(OSError):
                stream.close()


def serve() -> None:
    """Answer requests on standard input until it ends: what the process does."""
    global _answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that asks
    requests = sys.stdin.buffer
    _answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    sys.addaudithook(_forbid)
    with suppress(EOFError):
        while True:
            request = _REQUEST.decode(_receive(requests))
            data = requests.read(request.size)
            allow(SECONDS)
            _send(_answers, _answer(request, data))


def _answer(request: Request, data: bytes) -> Done | Refused:
    try:
        reader: Reader = import_module(request.reader).read
        return Done(reader(data, request.source, request.encoding))
    except ReadError as error:
        return Refused(str(error), isinstance(error, EncodingError))
    except MemoryError:
        sentence = _("读取“{name}”需要的内存太多，已经停止；请检查文件，或拆分成几个文件再导入。")
        return Refused(sentence.format(name=request.source))
    except Exception as error:  # what a library makes of a file that breaks its rules
        sentence = _("“{name}”已损坏，或不合格式规范（{error}）；请用原来的程序打开并另存，再导入。")
        return Refused(sentence.format(name=request.source, error=type(error).__name__))


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what no reader has a reason for; to a library it looks like a missing permission."""
    if event == "open":
        flags = arguments[2]
        if not (isinstance(flags, int) and flags & _WRITING):
            return
    elif not event.startswith(_FORBIDDEN):
        return
    raise PermissionError(f"a reader may not: {event}")


def _bound_memory(more: int) -> None:
    """Let this process take `more` bytes than it has; only Linux says how many these are and sees to it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (held + more, hard))


def _send(stream: IO[bytes], message: Request | Patience | Done | Refused) -> None:
    """Write a message, its length before it."""
    body = msgspec.msgpack.encode(message)
    stream.write(len(body).to_bytes(8, "big"))
    stream.write(body)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    """Return the next message; raise EOFError at the end of the stream."""
    length = stream.read(8)
    body = stream.read(int.from_bytes(length, "big")) if len(length) == 8 else b""
    if not body:
        raise EOFError
    return body
