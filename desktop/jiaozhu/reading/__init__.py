"""A file becomes a Document; one file per format."""
