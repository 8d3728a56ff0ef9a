"""Quantities that state something become metrics."""
