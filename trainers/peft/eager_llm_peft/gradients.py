"""Gradients of one update, from passes that the processes share."""

from __future__ import annotations

import zlib
from contextlib import AbstractContextManager

import torch
from torch import nn

from .contrast import draw_negatives, summary_count
from .job import Job, Stage
from .loss import LossSettings, Totals, TrainedModel, pass_loss
from .processes import Processes
from .rows import Row, passes_of


def compute_gradients(
    model: TrainedModel,
    parameters: dict[str, nn.Parameter],
    group: list[list[Row]],
    *,
    job: Job,
    stage: Stage,
    step: int,
    settings: LossSettings,
    processes: Processes,
    sharded: bool,
) -> float:
    """Puts the gradients of update `step` into the parameters and returns its mean loss."""
    totals = Totals(
        max(sum(row.loss_weight for rows in group for row in rows), 5e-324),
        sum(summary_count(rows) for rows in group),
    )
    passes = [own for rows in group for own in passes_of(rows, stage.micro_batch_tokens, settings.packing)]
    loss = 0.0
    for own in processes.share(list(enumerate(passes))):
        at, rows = own if own else (0, passes[0])
        negatives = draw_negatives(settings.contrast, job.seed, step, at) if settings.contrast else []
        torch.manual_seed(zlib.crc32(f"{job.seed} dropout {step} {at}".encode()))
        with autocast(job, model):
            value = model(pass_loss, rows, totals, negatives, settings)
        # A process without work takes part in the shared steps and adds nothing; shared-out gradients come as a mean.
        scale = 0.0 if own is None else float(processes.count) if sharded else 1.0
        (value * scale).backward()
        loss += 0.0 if own is None else float(value.detach())
    processes.sum_gradients(parameters.values())
    return processes.total(loss)


def autocast(job: Job, model: TrainedModel) -> AbstractContextManager[None]:
    return torch.autocast(model.llama.device.type, torch.bfloat16, enabled=job.engine.precision == "bfloat16")
