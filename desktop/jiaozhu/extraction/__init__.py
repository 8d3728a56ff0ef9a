"""A document's text becomes speeches, metrics and commitments: pure functions, no I/O."""
