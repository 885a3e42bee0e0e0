"""Loss and gradients of a part's first update, to compare engines, devices and precisions."""

from __future__ import annotations

import torch

from .build_model import build_model
from .environment import device_for
from .files import Tensors
from .gradients import compute_gradients
from .job import Job
from .loss_settings import loss_settings
from .own_updater import OwnUpdater
from .processes import Processes
from .rows import groups_of, micro_batches
from .weights import first_model


def first_update(job: Job, part: int, base: str | None) -> tuple[Tensors, float]:
    """By the names of the Node engine's parameter store; what nothing flows to has zeros."""
    stage = job.stages[part]
    processes = Processes(0, 1, torch.device(device_for(job.engine)))
    model = build_model(job, stage, first_model(job, base), processes.device)
    updater = OwnUpdater(model, stage, processes)
    batches = micro_batches(job, stage.shards[0], 0)
    loss = compute_gradients(
        model.train(),
        updater,
        next(groups_of(batches, stage.gradient_accumulation_steps)),
        job=job,
        stage=stage,
        step=0,
        settings=loss_settings(job, stage, processes.device),
        processes=processes,
    )
    trained = updater.parameters.items()
    return {name: torch.zeros_like(value) if value.grad is None else value.grad for name, value in trained}, loss
