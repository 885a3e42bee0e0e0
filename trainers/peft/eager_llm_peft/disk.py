"""Is there room for what the training will write? Better asked now than after hours."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from .errors import UserError
from .job import Job


def check_disk(job: Job, result: Path) -> None:
    """A model each part; while one is trained, its state (values, two moments; old and new) and its best values."""
    config = job.model.config
    whole = 4 * parameter_count(config)
    rows = 4 * (config["vocab_size"] - job.model.first_new_token) * config["hidden_size"]
    trained = [whole if stage.tuning == "full" else whole // 50 + 2 * rows for stage in job.stages]
    needed = whole * (len(job.stages) + 1) + 7 * max(trained)
    free = shutil.disk_usage(result).free
    if free < needed:
        raise UserError(
            "peft/disk-full",
            f"{free / 1e9:.1f} GB are free, the training writes up to {needed / 1e9:.1f} GB",
            place=str(result),
            remedy="Free some space, or put the result on another disk; the same command goes on where it was.",
        )


def parameter_count(config: dict[str, Any]) -> int:
    """Of a LLaMA."""
    width, layers = config["hidden_size"], config["num_hidden_layers"]
    heads = config["num_attention_heads"]
    head_size = config.get("head_dim") or width // heads
    key_heads = config.get("num_key_value_heads") or heads
    attention = width * head_size * (2 * heads + 2 * key_heads)
    layer = attention + 3 * width * config["intermediate_size"] + 2 * width
    tables = 1 if config.get("tie_word_embeddings") else 2
    return int(layers * layer + width + tables * config["vocab_size"] * width)
