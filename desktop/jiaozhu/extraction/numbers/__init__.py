"""Numbers as written, units, and the quantities that they make together."""
