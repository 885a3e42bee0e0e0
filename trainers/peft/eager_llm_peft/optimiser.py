"""AdamW, clipping and schedule as in orchestrator/engine/optimisers/."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.distributed.tensor import DTensor

from .build_model import has_decay
from .job import Stage

#: What AdamW keeps for each parameter.
MOMENTS = ("exp_avg", "exp_avg_sq")


def make_adamw(parameters: dict[str, nn.Parameter], stage: Stage) -> torch.optim.AdamW:
    """Decoupled weight decay (Loshchilov and Hutter 2019) on all but norms and rows of new tokens."""
    groups = [
        {"params": [value for name, value in parameters.items() if has_decay(name) == decays], "weight_decay": decay}
        for decays, decay in ((True, stage.weight_decay), (False, 0.0))
    ]
    return torch.optim.AdamW(
        [group for group in groups if group["params"]],
        lr=stage.learning_rate,
        betas=(stage.adam_beta1, stage.adam_beta2),
        eps=1e-8,
        fused=all(value.is_cuda for value in parameters.values()),
    )


def counted(optimiser: torch.optim.AdamW, updates: int, device: torch.device) -> torch.Tensor:
    """What AdamW counts its updates in; a fused one counts where it computes."""
    return torch.tensor(float(updates), device=device if optimiser.defaults["fused"] else None)


def learning_rate_at(step: int, stage: Stage) -> float:
    """The rate of update `step` (from 0): a linear warm-up, then the schedule."""
    total = stage.updates
    warmup = math.floor(total * stage.warmup_ratio + 0.5)
    if step < warmup:
        return stage.learning_rate * (step + 1) / warmup
    if stage.lr_scheduler == "constant":
        return stage.learning_rate
    if stage.lr_scheduler == "inverse-sqrt":
        return stage.learning_rate * math.sqrt(max(1, warmup) / (step + 1))
    progress = min(1.0, (step - warmup) / max(1, total - warmup))
    if stage.lr_scheduler == "linear":
        return stage.learning_rate * (1 - progress)
    return stage.learning_rate * 0.5 * (1 + math.cos(math.pi * progress))


def update(optimiser: torch.optim.AdamW, learning_rate: float, max_grad_norm: float) -> float:
    """One update; returns the global norm before clipping. A norm that is not finite changes nothing."""
    gradients = []
    for group in optimiser.param_groups:
        for parameter in group["params"]:
            if parameter.grad is None:  # moments and decay go on without it
                parameter.grad = torch.zeros_like(parameter)
            gradients.append(parameter.grad)
    norm = float(_whole(torch.nn.utils.get_total_norm(gradients)))
    if math.isfinite(norm):
        if 0 < max_grad_norm < norm:
            torch._foreach_mul_(gradients, max_grad_norm / norm)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate
        optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return norm


def _whole(value: torch.Tensor) -> torch.Tensor:
    return value.full_tensor() if isinstance(value, DTensor) else value
