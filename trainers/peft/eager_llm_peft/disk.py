"""Checks the disk space that the training needs, before hours of work."""

from __future__ import annotations

import shutil
from pathlib import Path

from .errors import UserError
from .families.registry import family_of
from .job import Job


def check_disk(job: Job, result: Path) -> None:
    """A model each part; while one is trained, its state (values, two moments; old and new) and its best values."""
    config = job.model.config
    family = family_of(config)
    whole = 4 * family.parameter_count(config)
    rows = 4 * (config["vocab_size"] - job.model.first_new_token) * config[family.hidden_size]
    trained = [whole if stage.tuning == "full" else whole // 50 + 2 * rows for stage in job.stages]
    needed = whole * (len(job.stages) + 1) + 7 * max(trained)
    free = shutil.disk_usage(result).free
    if free < needed:
        raise UserError(
            "peft/disk-full",
            f"{free / 1e9:.1f} GB are free, the training writes up to {needed / 1e9:.1f} GB",
            place=str(result),
            remedy="Free some space, or put the result on another disk, then run the same command again to resume.",
        )
