"""Weights shared out among the processes (FSDP): each holds a part, and a layer is whole only while it computes."""

from __future__ import annotations

from torch.distributed.fsdp import fully_shard

from .loss import TrainedModel


def share_out(model: TrainedModel) -> None:
    for layer in model.llama.model.layers:
        fully_shard(layer)
    fully_shard(model)
