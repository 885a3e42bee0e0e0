"""What a resume needs: one file, so that a kill leaves the old state or the new, never a mix."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from .errors import UserError
from .files import Tensors, load_tensors, load_with_metadata, save_tensors
from .processes import Processes
from .updater import Updater

STATE = "state.safetensors"
BEST = "best.safetensors"


@dataclass
class Progress:
    """Where the next update starts. Every draw follows from the seed and this place, so no generator is kept."""

    epoch: int = 0
    batch: int = 0
    step: int = 0
    tokens: int = 0
    loss: float | None = None
    best: float | None = None
    best_epoch: int = 0
    since_best: int = 0
    finished: bool = False


def save_state(folder: Path, updater: Updater, progress: Progress, processes: Processes) -> None:
    """Every process takes part; the first one writes."""
    values = {f"value/{name}": value for name, value in updater.values().items()}
    updates, moments = updater.moments()
    if processes.is_first:
        metadata = {"progress": json.dumps(dataclasses.asdict(progress)), "adamw_step": str(updates)}
        save_tensors(folder / STATE, values | moments, metadata)
    processes.wait()


def load_state(folder: Path, updater: Updater) -> Progress | None:
    """Restores in place; None where there is nothing to resume."""
    path = folder / STATE
    if not path.exists():
        return None
    tensors, metadata = load_with_metadata(path)
    fits = all(
        f"value/{name}" in tensors and tensors[f"value/{name}"].shape == shape for name, shape in updater.shapes.items()
    )
    if not fits or "progress" not in metadata:
        raise UserError(
            "training/wrong-state",
            "is not a saved state of this training",
            place=str(path),
            remedy="Delete the file to train this stage from scratch.",
        )
    updater.put_values({name: tensors.pop(f"value/{name}") for name in updater.shapes})
    updater.put_moments(int(metadata["adamw_step"]), tensors)
    return Progress(**json.loads(metadata["progress"]))


def save_best(folder: Path, updater: Updater, processes: Processes) -> None:
    values = updater.values()
    if processes.is_first:
        save_tensors(folder / BEST, values)
    processes.wait()


def load_best(folder: Path) -> Tensors | None:
    return load_tensors(folder / BEST) if (folder / BEST).exists() else None


def remove_state(folder: Path) -> None:
    """Deletes what only resuming needs, once the result of the training is written."""
    for name in (STATE, BEST):
        (folder / name).unlink(missing_ok=True)
