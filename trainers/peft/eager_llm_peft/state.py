"""What a resume needs: one file, so that a kill leaves the old state or the new, never a mix."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.distributed.tensor import DTensor, distribute_tensor

from .errors import UserError
from .files import Tensors, load_tensors, load_with_metadata, save_tensors
from .processes import Processes

STATE = "state.safetensors"
BEST = "best.safetensors"
_MOMENTS = ("exp_avg", "exp_avg_sq")


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


Parameters = dict[str, nn.Parameter]


def save_state(
    folder: Path, parameters: Parameters, optimiser: torch.optim.AdamW, progress: Progress, processes: Processes
) -> None:
    """Every process takes part; the first one writes."""
    tensors = {f"value/{name}": _whole(value) for name, value in parameters.items()}
    steps = 0
    for name, value in parameters.items():
        own = optimiser.state.get(value, {})
        if own:
            steps = int(own["step"])
            tensors |= {f"{moment}/{name}": _whole(own[moment]) for moment in _MOMENTS}
    if processes.is_first:
        metadata = {"progress": json.dumps(dataclasses.asdict(progress)), "adamw_step": str(steps)}
        save_tensors(folder / STATE, tensors, metadata)
    processes.wait()


def load_state(folder: Path, parameters: Parameters, optimiser: torch.optim.AdamW) -> Progress | None:
    """Restores in place; None where there is nothing to resume."""
    path = folder / STATE
    if not path.exists():
        return None
    tensors, metadata = load_with_metadata(path)
    fits = all(
        f"value/{name}" in tensors and tensors[f"value/{name}"].shape == value.shape
        for name, value in parameters.items()
    )
    if not fits or "progress" not in metadata:
        raise UserError(
            "training/wrong-state",
            "is not a saved state of this training",
            place=str(path),
            remedy="Delete the file to train this stage from scratch.",
        )
    put_values(parameters, {name.removeprefix("value/"): value for name, value in tensors.items()})
    steps = float(metadata["adamw_step"])
    for name, value in parameters.items():
        if f"exp_avg/{name}" in tensors:
            moments = {moment: _like(tensors[f"{moment}/{name}"], value) for moment in _MOMENTS}
            # A fused optimiser counts where it computes.
            device = value.device if optimiser.defaults["fused"] else None
            optimiser.state[value] = {"step": torch.tensor(steps, device=device), **moments}
    return Progress(**json.loads(metadata["progress"]))


def save_best(folder: Path, parameters: Parameters, processes: Processes) -> None:
    values = whole_values(parameters)
    if processes.is_first:
        save_tensors(folder / BEST, values)
    processes.wait()


def load_best(folder: Path) -> Tensors | None:
    return load_tensors(folder / BEST) if (folder / BEST).exists() else None


def remove_state(folder: Path) -> None:
    """Deletes what only resuming needs, once the result of the training is written."""
    for name in (STATE, BEST):
        (folder / name).unlink(missing_ok=True)


def whole_values(parameters: Parameters) -> Tensors:
    """All trained values, on the CPU; every process takes part."""
    return {name: _whole(value) for name, value in parameters.items()}


@torch.no_grad()
def put_values(parameters: Parameters, values: Tensors) -> None:
    for name, parameter in parameters.items():
        parameter.copy_(_like(values[name], parameter))


def _whole(value: torch.Tensor) -> torch.Tensor:
    whole = value.full_tensor() if isinstance(value, DTensor) else value
    return whole.detach().to("cpu", copy=True)


def _like(value: torch.Tensor, parameter: nn.Parameter) -> torch.Tensor:
    value = value.to(parameter.device, parameter.dtype)
    if isinstance(parameter, DTensor):
        return distribute_tensor(value, parameter.device_mesh, parameter.placements)
    return value
