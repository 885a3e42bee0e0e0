"""Beam search over the codes that exist, as orchestrator/decoding/beam-search.ts, batched on the device.

How a family reads prompts and grows beams is its own (families/). The probability of a digit is its softmax among the
digits that may follow its prefix. Equal scores are ordered by their digits, smaller ones first.
Items that are left out are so in the search: no beam enters a node with nothing else below it, scores do not change.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional

from .catalogue import Catalogue
from .rows import Ints
from .trained_model import TrainedModel


@dataclass(frozen=True)
class Beams:
    """The best codes of some prompts, best first: leaves and scores [prompts, width]; a score of -inf is no code."""

    leaves: torch.Tensor
    scores: torch.Tensor


@torch.no_grad()
def search(
    model: TrainedModel,
    catalogue: Catalogue,
    prompts: list[Ints],
    width: int,
    excluded: list[Ints] | None = None,
) -> Beams:
    """The `width` best codes behind each prompt, fewer where there are fewer; `excluded` has items by prompt."""
    device = catalogue.items.device
    nodes = torch.zeros((len(prompts), 1), dtype=torch.long, device=device)
    scores = torch.zeros((len(prompts), 1), dtype=torch.float64, device=device)
    closed = catalogue.closed(excluded) if excluded else None
    tree = model.plant(prompts)
    for level in range(catalogue.levels):
        with torch.autocast(device.type, enabled=False):
            rows = model.head_rows(catalogue.code_tokens[level]).float()
            logits = functional.linear(tree.states.float(), rows)
        parents, digits, nodes, scores = _expand(catalogue, level, nodes, scores, logits.double(), width, closed)
        if level + 1 < catalogue.levels:
            tree.grow(parents, catalogue.code_tokens[level][digits])
    return _best_first(nodes, scores)


def _expand(
    catalogue: Catalogue,
    level: int,
    nodes: torch.Tensor,
    scores: torch.Tensor,
    logits: torch.Tensor,
    width: int,
    closed: list[torch.Tensor] | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """The best children of some beams [rows, beams], in the order of their nodes: parents, digits, nodes, scores."""
    rows, beams = nodes.shape
    owner, child = catalogue.allowed(level, nodes.flatten())
    digit = catalogue.digits[level][child]
    size = logits.shape[2]
    dense = torch.full((rows * beams, size), -torch.inf, dtype=torch.float64, device=logits.device)
    dense[owner, digit] = logits.flatten(0, 1)[owner, digit]
    totals = scores.flatten()[:, None] + functional.log_softmax(dense, 1)
    if closed is not None:
        keys = (owner // beams) * len(catalogue.digits[level]) + child
        shut = torch.isin(keys, closed[level])
        totals[owner[shut], digit[shut]] = -torch.inf
    candidates = totals.view(rows, beams * size)
    # Beams stand in the order of their nodes, so candidates do in that of their digits: ties go to the smaller.
    count = min(width, len(catalogue.digits[level]))
    best = torch.sort(candidates, dim=1, descending=True, stable=True)
    chosen = best.indices[:, :count].sort(1).values
    numbers = torch.zeros((rows * beams, size), dtype=torch.long, device=logits.device)
    numbers[owner, digit] = child
    numbers = numbers.view(rows, beams * size)
    return chosen // size, chosen % size, numbers.gather(1, chosen), candidates.gather(1, chosen)


def _best_first(nodes: torch.Tensor, scores: torch.Tensor) -> Beams:
    best = torch.sort(scores, dim=1, descending=True, stable=True)
    return Beams(nodes.gather(1, best.indices), best.values)
