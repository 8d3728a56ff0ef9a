"""A reader that does what the file says: to see what becomes of one that a hostile file has taken over."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from jiaozhu.reading import EncodingError, ReadError, confined
from jiaozhu.reading.content import Content


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Do what the first word of `data` says."""
    deed, _, rest = data.decode().partition(" ")
    match deed:
        case "say":
            print("noise on standard output", file=sys.__stdout__, flush=True)
        case "refuse":
            raise ReadError(rest)
        case "doubt":
            raise EncodingError(rest)
        case "fail":
            raise KeyError(rest)
        case "connect":
            socket.create_connection(("127.0.0.1", 9))
        case "resolve":
            socket.getaddrinfo("example.org", 80)
        case "write":
            Path(rest).write_text("taken over", "utf-8")
        case "remove":
            Path(rest).unlink()
        case "start":
            subprocess.run([sys.executable, "-c", "pass"])
        case "hang":
            confined.allow(0.3)
            time.sleep(60)
        case "eat":
            rest = "x" * 2_000_000_000
        case "recurse":
            read(data, source, encoding)
        case "die":
            os._exit(3)
        case "chatter":
            os.write(confined._answers.fileno() if confined._answers else 1, b"\0" * 7 + b"\x05nonsense")
    return Content(text=rest)
