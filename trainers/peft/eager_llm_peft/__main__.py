"""Entry point of the worker: python -m eager_llm_peft train --job FOLDER --result FOLDER."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from .arguments import parse_arguments
from .quick_imports import quick_imports


def main() -> int:
    arguments = parse_arguments(sys.argv[1:])
    if arguments.command == "train":
        keep_output(Path(arguments.result))
    try:
        with quick_imports(getattr(arguments, "job", None)):
            from .commands import run_command  # torch takes seconds to import; what it prints belongs into the log
    except ImportError as error:
        return missing_package(error, arguments)
    return run_command(arguments)


def missing_package(error: ImportError, arguments: argparse.Namespace) -> int:
    """Before anything else can be imported."""
    told = {
        "kind": "user",
        "code": "peft/missing-package",
        "message": f"this Python cannot import what the worker needs: {error}",
        "place": sys.executable,
        "remedy": "Install the pinned versions: pip install -r worker/requirements.txt, or npx eager-llm setup peft.",
    }
    sys.stderr.write(f"error {told['code']}\n{told['place']}: {told['message']}\n  → {told['remedy']}\n")
    if arguments.command == "train":
        rank = int(os.environ.get("RANK", "0"))
        failure = Path(arguments.result) / "logs" / f"failure-{rank}.json"
        failure.write_text(json.dumps({"rank": rank, "error": told}), "utf-8")
    return 1


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
