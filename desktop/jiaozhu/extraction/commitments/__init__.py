"""Clauses that promise something become commitments."""
