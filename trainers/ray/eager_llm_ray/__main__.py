"""Entry point: python -m eager_llm_ray lists --job FOLDER, or train --order FILE.

It ends when its standard input closes. Standard output has messages, one line of JSON each.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path

from .errors import pack_error
from .messages import Messages
from .parent import end_with_parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eager_llm_ray")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("environment", help="versions, as JSON")
    lists = commands.add_parser("lists", help="lists of items for blocks of users, as a Ray Data job")
    lists.add_argument("--job", required=True, type=Path, help="folder with job.json and blocks.jsonl")
    train = commands.add_parser("train", help="a training by the PyTorch engine, with Ray Train")
    train.add_argument("--order", required=True, type=Path, help="JSON: the cluster, its workers, their command")
    arguments = parser.parse_args()
    if arguments.command == "environment":
        return environment()
    messages = Messages()
    try:
        end_with_parent()
        # Ray takes a second to import.
        if arguments.command == "train":
            from .train import train as train_on_ray

            train_on_ray(arguments.order, messages)
        else:
            from .lists import write_lists

            write_lists(arguments.job, messages)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        messages.send({"type": "failed", "error": pack_error(error)})
        return 1
    messages.send({"type": "finished"})
    return 0


def environment() -> int:
    import ray

    sys.stdout.write(json.dumps({"python": platform.python_version(), "ray": ray.__version__}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
