"""What a part's loss is made of, from the files of its job."""

from __future__ import annotations

import torch

from .catalogue import load_catalogue
from .families.packed_attention import attention_of
from .job import Job, Stage
from .loss import LossSettings
from .objectives.contrast import Contrast
from .objectives.legal_digits import LegalDigits, digit_places
from .objectives.next_token import NextToken
from .objectives.objective import Objective
from .objectives.soft_targets import Teaching


def loss_settings(job: Job, stage: Stage, device: torch.device) -> LossSettings:
    objectives = _token_objectives(_teaching(job, stage, device), stage.loss_temperature)
    if stage.contrastive_weight > 0:
        vectors = job.tensors("vectors.safetensors")
        objectives.append(
            Contrast(
                {name: vectors[name].to(device) for name in stage.contrastive_sources},
                stage.contrastive_weight,
                stage.contrastive_temperature,
                stage.contrastive_negatives,
            )
        )
    return LossSettings(job.engine.packing, attention_of(job.engine, device), objectives)


def _token_objectives(teaching: Teaching | None, temperature: float) -> list[Objective]:
    """Every learned token once: digits of histories among those that can come, where they are taught so."""
    if teaching is None:
        return [NextToken(temperature=temperature)]
    levels = teaching.catalogue.levels
    return [NextToken(lambda row: digit_places(row, levels).flatten(), temperature), LegalDigits(teaching)]


def _teaching(job: Job, stage: Stage, device: torch.device) -> Teaching | None:
    if stage.digit_softmax != "legal":
        return None
    forecasts = None
    if stage.distillation > 0:
        forecasts = job.tensors("forecasts.safetensors")["shares"].to(device)
    return Teaching(load_catalogue(job, device), forecasts, stage.distillation, stage.label_smoothing)
