"""Jiaozhu 校注: officials' speeches become verified metrics and commitments."""

__version__ = "0.1.0"
