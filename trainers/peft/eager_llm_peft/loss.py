"""The loss of a pass, as the Node engine has it (orchestrator/training/loss-graph.ts)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from .families.family import Reading
from .objectives.objective import Objective, Pass
from .random_stream import RandomStream
from .rows import Row
from .trained_model import TrainedModel


@dataclass(frozen=True)
class LossSettings:
    packing: bool
    attention: str
    objectives: list[Objective]

    def held_out(self) -> LossSettings:
        """The part of it that is measured on held-out rows."""
        measured = [own for objective in self.objectives if (own := objective.held_out())]
        return LossSettings(self.packing, self.attention, measured)

    def totals(self, rows: list[Row]) -> list[float]:
        """How much of each objective some rows hold, above 0: what its losses are a mean over."""
        return [max(objective.count(rows), 5e-324) for objective in self.objectives]


def pass_loss(
    model: TrainedModel,
    rows: list[Row],
    totals: list[float],
    random_of: Callable[[str], RandomStream],
    settings: LossSettings,
) -> torch.Tensor:
    """The sum of all objectives' losses; `totals` are their counts over the whole update, in their order."""
    whole = any(objective.reads_whole for objective in settings.objectives)
    states = model.read_rows(rows, Reading(settings.packing, settings.attention, whole))
    own = Pass(rows, states.values, states.starts)
    loss = states.values.new_zeros((), dtype=torch.float32)
    for objective, total in zip(settings.objectives, totals, strict=True):
        for part in objective.losses(model, own, total, random_of(objective.name)):
            loss = loss + part
    return loss
