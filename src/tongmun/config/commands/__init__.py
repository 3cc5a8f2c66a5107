"""What the `tongmun` command does: one file a command, each with `run(options) -> int`, the exit code."""
