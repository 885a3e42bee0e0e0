"""Global contrast decompression: InfoNCE between the state behind a target's code and the target's vectors."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional

from .random_stream import RandomStream
from .rows import Row


@dataclass(frozen=True)
class Contrast:
    #: Vectors of all items by source, [items, width], of unit length.
    tables: dict[str, torch.Tensor]
    weight: float
    temperature: float
    negatives: int


def summary_count(rows: list[Row]) -> int:
    return sum(len(row.items) for row in rows)


def draw_negatives(contrast: Contrast, seed: int, step: int, at: int) -> list[int]:
    """The items that pass `at` of update `step` is held against: the same that the Node engine draws."""
    items = len(next(iter(contrast.tables.values())))
    return RandomStream(seed, "contrast", step, at).integers(items, min(contrast.negatives, items))


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
    blocked = torch.where(negatives[None] == targets[:, None], -1e9, 0.0)
    total = states.new_zeros((), dtype=torch.float32)
    for name, table in contrast.tables.items():
        projected = functional.linear(states, projectors[name].to(states.dtype)).float()
        projected = projected * (projected.square().sum(1, keepdim=True) + 1e-12).rsqrt()
        own = (projected * table[targets]).sum(1, keepdim=True) / contrast.temperature
        others = projected @ table[negatives].T / contrast.temperature + blocked
        logits = torch.cat([own, others], 1)
        total = total + functional.cross_entropy(logits, torch.zeros_like(targets), reduction="sum")
    return total
