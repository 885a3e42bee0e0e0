"""Who holds what a part trains, and updates it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import torch

from .files import Tensors
from .job import Stage
from .processes import Processes
from .trained_model import TrainedModel


class Updater(Protocol):
    """The trained parameters with their gradients and moments, wherever these lie.

    Every process calls each method at the same time: none is whole without the others.
    """

    @property
    def shapes(self) -> dict[str, torch.Size]:
        """Of whole values."""

    def compute(self, function: Callable[..., torch.Tensor], *arguments: Any) -> torch.Tensor:
        """The loss of a pass: some function of the model."""

    def add_gradients(self, loss: torch.Tensor, *, counts: bool) -> None:
        """Of a loss that was computed just now. One that does not count adds nothing, but takes part."""

    def update(self, learning_rate: float) -> float:
        """By the sum of all gradients since the last one; returns its norm. One that is not finite changes nothing."""

    def values(self) -> Tensors:
        """Whole, on the CPU."""

    def put_values(self, values: Tensors) -> None: ...

    def moments(self) -> tuple[int, Tensors]:
        """How many updates there were, and AdamW's averages: `exp_avg/NAME` and `exp_avg_sq/NAME`."""

    def put_moments(self, updates: int, moments: Tensors) -> None: ...

    def close(self) -> None:
        """Lets go of the model."""


def updater_for(model: TrainedModel, stage: Stage, processes: Processes, sharding: str) -> Updater:
    if sharding == "deepspeed" and processes.count > 1:
        from .zero_updater import ZeroUpdater

        return ZeroUpdater(model, stage, processes)
    from .own_updater import OwnUpdater

    return OwnUpdater(model, stage, processes, sharded=sharding == "fsdp" and processes.count > 1)
