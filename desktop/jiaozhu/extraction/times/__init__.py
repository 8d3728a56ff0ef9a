"""Time expressions, the periods they name, and the period that holds where none is named."""
