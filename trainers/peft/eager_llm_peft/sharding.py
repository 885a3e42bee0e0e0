"""Weights split across the processes (FSDP): each holds a part, and a layer is complete only while it computes."""

from __future__ import annotations

from torch.distributed.fsdp import fully_shard

from .trained_model import TrainedModel


def share_out(model: TrainedModel) -> None:
    for layer in model.family.layers(model.network):
        fully_shard(layer)
    fully_shard(model)
