"""Tables for docs/performance.md from the figures of scripts/gpu-check.sh: table.py FOLDER"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import torch

from eager_llm_peft.environment import describe_environment

TITLES = {
    "agreement.json": "Loss and gradients beside a processor's in float32",
    "training.json": "Training steps beside transformers' Trainer",
    "decoding.json": "Lists of all users beside `generate`",
}


def main() -> int:
    folder = Path(sys.argv[1])
    there = describe_environment()
    machine = ", ".join(there.gpus) or f"no GPU: a processor, {torch.get_num_threads()} threads"
    versions = ", ".join(f"{name} {version}" for name, version in there.packages.items())
    print(f"{machine}; Python {there.python}, {versions}.")
    for name, title in TITLES.items():
        path = folder / name
        if path.is_file():
            figures = json.loads(path.read_text("utf-8"))
            print(f"\n{title}:\n")
            print(_table(_beside_trainer(figures) if name == "training.json" else figures))
    return 0


def _beside_trainer(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The speed as a multiple of the Trainer's, and of the losses the first and the last."""
    peers = {(each["model"], each["tuning"]): each.get("tokens/s") for each in figures if each["way"] == "Trainer"}
    rows = []
    for each in figures:
        row = {name: value for name, value in each.items() if name != "loss"}
        if each.get("loss"):
            row |= {"first loss": each["loss"][0], "last loss": each["loss"][-1]}
        peer = peers.get((each["model"], each["tuning"]))
        if peer and each["way"] != "Trainer" and "tokens/s" in each:
            row["times the Trainer"] = round(each["tokens/s"] / peer, 2)
        rows.append(row)
    return rows


def _table(figures: dict[str, Any] | list[dict[str, Any]]) -> str:
    rows = figures if isinstance(figures, list) else [figures]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_shown(row.get(name, "")) for name in columns] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [columns, ["---"] * len(columns), *cells])


def _shown(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    raise SystemExit(main())
