"""Start the command line; nothing is imported before an interruption can be told from a fault."""

import sys


def main() -> None:
    """Run `coach`; Ctrl+C ends it with one word and exit code 130."""
    try:
        from coach.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
