"""A file becomes a Document; one file per format, named in READERS."""

from jiaozhu.reading.content import EncodingError, ReadError
from jiaozhu.reading.decoding import candidates
from jiaozhu.reading.document import PICTURES, READERS, read, read_bytes

__all__ = ["PICTURES", "READERS", "EncodingError", "ReadError", "candidates", "read", "read_bytes"]
