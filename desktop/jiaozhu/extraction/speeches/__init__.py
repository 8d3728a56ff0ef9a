"""Where the speeches of a document begin and end, and who gives them."""
