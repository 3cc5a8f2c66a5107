"""`python -m tongmun`, the same as the `tongmun` command."""

from tongmun.config.cli import main

if __name__ == "__main__":
    main()
