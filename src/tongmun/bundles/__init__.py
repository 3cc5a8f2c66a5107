"""A whole edition as files: load, export, read an announcement into a draft; has no tables of its own."""
