"""Break a running installation on purpose, and see whether it keeps what it acknowledged."""
