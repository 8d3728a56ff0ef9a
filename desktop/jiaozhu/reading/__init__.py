"""A file becomes a Document; one file per format, named in READERS."""

from jiaozhu.reading.content import ReadError
from jiaozhu.reading.document import PICTURES, READERS, read, read_bytes

__all__ = ["PICTURES", "READERS", "ReadError", "read", "read_bytes"]
