"""What a part's loss is made of, from the files of its job."""

from __future__ import annotations

import torch

from .catalogue import load_catalogue
from .contrast import Contrast
from .digits import Teaching
from .job import Job, Stage
from .loss import LossSettings


def loss_settings(job: Job, stage: Stage, device: torch.device) -> LossSettings:
    teaching = contrast = None
    if stage.digit_softmax == "legal":
        forecasts = None
        if stage.distillation > 0:
            forecasts = job.tensors("forecasts.safetensors")["shares"].to(device)
        teaching = Teaching(load_catalogue(job, device), forecasts, stage.distillation, stage.label_smoothing)
    if stage.contrastive_weight > 0:
        vectors = job.tensors("vectors.safetensors")
        contrast = Contrast(
            {name: vectors[name].to(device) for name in stage.contrastive_sources},
            stage.contrastive_weight,
            stage.contrastive_temperature,
            stage.contrastive_negatives,
        )
    return LossSettings(job.engine.packing, job.engine.attention, teaching, contrast)
