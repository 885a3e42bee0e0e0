"""Global contrast decompression: InfoNCE between the state behind a target's code and the target's vectors."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional

from ..random_stream import RandomStream
from ..rows import Row
from ..trained_model import TrainedModel
from .objective import HIDDEN_SCORE, Pass

NAME = "contrast"


@dataclass(frozen=True)
class Contrast:
    #: Vectors of all items by source, [items, width], of unit length.
    tables: dict[str, torch.Tensor]
    weight: float
    temperature: float
    negatives: int
    name: str = NAME
    reads_whole: bool = True

    def count(self, rows: list[Row]) -> float:
        return sum(len(row.items) for row in rows)

    def losses(self, model: TrainedModel, own: Pass, total: float, random: RandomStream) -> list[torch.Tensor]:
        device = own.states.device
        # Rows without a target item have no summary and take no part.
        ends = [int(start + at) for row, start in zip(own.rows, own.starts, strict=True) for at in row.positions]
        projectors = model.tensors_of(NAME)
        if not ends:
            # Where weights are shared out, every process reduces the gradients of each.
            return [value.sum() * 0.0 for value in projectors.values()]
        items = len(next(iter(self.tables.values())))
        drawn = random.integers(items, min(self.negatives, items))
        sums = contrast_loss(
            own.states[torch.tensor(ends, device=device)],
            torch.tensor([int(item) for row in own.rows for item in row.items], device=device),
            torch.tensor(drawn, device=device),
            projectors,
            self,
        )
        return [sums * (self.weight / total)]

    def held_out(self) -> None:
        return None


def contrast_loss(
    states: torch.Tensor,
    targets: torch.Tensor,
    negatives: torch.Tensor,
    projectors: dict[str, torch.Tensor],
    contrast: Contrast,
) -> torch.Tensor:
    """The sum of the losses of all summaries and sources (van den Oord et al. 2018).

    `states` [S, hidden], `targets` [S] and `negatives` [N] are items, `projectors` [width, hidden] by source. The
    target is never among what it is held against.
    """
    blocked = torch.where(negatives[None] == targets[:, None], HIDDEN_SCORE, 0.0)
    total = states.new_zeros((), dtype=torch.float32)
    for name, table in contrast.tables.items():
        projected = functional.linear(states, projectors[name].to(states.dtype)).float()
        projected = projected * (projected.square().sum(1, keepdim=True) + 1e-12).rsqrt()
        own = (projected * table[targets]).sum(1, keepdim=True) / contrast.temperature
        others = projected @ table[negatives].T / contrast.temperature + blocked
        logits = torch.cat([own, others], 1)
        total = total + functional.cross_entropy(logits, torch.zeros_like(targets), reduction="sum")
    return total
