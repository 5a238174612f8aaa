"""Start the command line; nothing is imported before an interruption can be told from a fault."""

import os
import sys

# Vectors are multiplied faster by one thread than by several that wait for each other; read when numpy is imported, here or by `coach serve`.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


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
