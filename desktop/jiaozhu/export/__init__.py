"""Exports, one file per format; import of our own records is the mirror of one of them.

A new format is a file in this folder, with a constant EXPORTER, and its line in EXPORTERS.
"""

from jiaozhu.export import csv, jsonl
from jiaozhu.export.exporter import Exporter
from jiaozhu.export.table import tab_separated, write_table
from jiaozhu.export.writing import ExportError, write

#: What can be exported to, by the names that the command line and the window use.
EXPORTERS: tuple[Exporter, ...] = (jsonl.EXPORTER, csv.EXPORTER)

__all__ = ["EXPORTERS", "ExportError", "Exporter", "tab_separated", "write", "write_table"]
