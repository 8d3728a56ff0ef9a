"""A document's text becomes speeches, metrics and commitments: pure functions, no I/O."""

from jiaozhu.extraction.pipeline import VERSION, extract

__all__ = ["VERSION", "extract"]
