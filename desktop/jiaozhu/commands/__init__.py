"""Commands of the command line that are more than a call of the core, one a file; cli.py registers them."""
