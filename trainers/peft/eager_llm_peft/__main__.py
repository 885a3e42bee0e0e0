"""The door of the worker: python -m eager_llm_peft train --job FOLDER --result FOLDER."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .arguments import parse_arguments


def main() -> int:
    arguments = parse_arguments(sys.argv[1:])
    if arguments.command == "train":
        keep_output(Path(arguments.result))
    from .commands import run_command  # torch takes seconds to import; what it prints belongs into the log

    return run_command(arguments)


def keep_output(result: Path) -> None:
    """What this rank and its libraries print goes into a log of its own."""
    folder = result / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    rank = int(os.environ.get("RANK", "0"))
    log = os.open(folder / f"rank-{rank}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)


if __name__ == "__main__":
    sys.exit(main())
