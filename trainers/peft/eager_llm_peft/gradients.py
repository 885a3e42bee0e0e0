"""Loss and gradients of one update, from passes that the processes share."""

from __future__ import annotations

import zlib
from functools import partial

import torch

from .job import Job, Stage
from .loss import LossSettings, pass_loss
from .processes import Processes
from .random_stream import RandomStream
from .rows import Row, passes_of
from .trained_model import TrainedModel
from .updater import Updater


def compute_gradients(
    model: TrainedModel,
    updater: Updater,
    group: list[list[Row]],
    *,
    job: Job,
    stage: Stage,
    step: int,
    settings: LossSettings,
    processes: Processes,
) -> float:
    """Gives the gradients of update `step` to who updates, and returns its mean loss."""
    totals = settings.totals([row for rows in group for row in rows])
    passes = [
        own
        for rows in group
        for own in passes_of(rows, model.family.lengths, stage.micro_batch_tokens, packing=settings.packing)
    ]
    loss = 0.0
    for own in processes.share(list(enumerate(passes))):
        at, rows = own if own else (0, passes[0])
        random_of = partial(_random, job.seed, step, at)
        torch.manual_seed(zlib.crc32(f"{job.seed} dropout {step} {at}".encode()))
        value = updater.compute(pass_loss, rows, totals, random_of, settings)
        # A process without work takes part in the shared steps.
        updater.add_gradients(value, counts=own is not None)
        loss += 0.0 if own is None else float(value.detach())
    return processes.total(loss)


def _random(seed: int, step: int, at: int, name: str) -> RandomStream:
    """What an objective of pass `at` of update `step` draws from: the same as in the Node engine."""
    return RandomStream(seed, name, step, at)
