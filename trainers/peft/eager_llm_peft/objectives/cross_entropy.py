"""Cross entropy of states over the whole vocabulary, in pieces where its logits would be gigabytes."""

from __future__ import annotations

import torch
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

from ..trained_model import TrainedModel

#: Logits that are computed at once: 2 GB in float32, of which training holds several copies.
WHOLE = 2**29
#: Logits of a piece, where there are more.
PIECE = 2**27


def cross_entropies(
    model: TrainedModel, states: torch.Tensor, targets: torch.Tensor, temperature: float
) -> torch.Tensor:
    """[states], float32. Of each piece only the states are kept: going backward its logits are computed again."""

    def piece(states: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return functional.cross_entropy(model.logits(states) / temperature, targets, reduction="none")

    classes = model.network.config.vocab_size
    if len(states) * classes <= WHOLE or _is_shared_out(model):
        return piece(states, targets)
    size = max(1, PIECE // classes)
    pieces = zip(torch.split(states, size), torch.split(targets, size), strict=True)
    return torch.cat([checkpoint(piece, *own, use_reentrant=False) for own in pieces])


def _is_shared_out(model: TrainedModel) -> bool:
    """By ZeRO-3, which has taken the head's weights away when something is computed again."""
    return hasattr(next(model.parameters()), "ds_id")
