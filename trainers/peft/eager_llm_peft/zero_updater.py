"""DeepSpeed's ZeRO-3: parameters, gradients and moments are split across processes, and DeepSpeed steps our AdamW."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import torch

from .build_model import trainables
from .files import Tensors
from .job import Stage
from .optimiser import MOMENTS, counted, make_adamw
from .processes import Processes
from .trained_model import TrainedModel

#: Elements that are gathered, or whose gradients are reduced, at a time: 200 MB.
_BUCKET = 50_000_000


class ZeroUpdater:
    def __init__(self, model: TrainedModel, stage: Stage, processes: Processes):
        deepspeed = _import_deepspeed(processes.device)
        self._parameters, self._count, self._rank = trainables(model), processes.count, processes.rank
        self.shapes = {name: value.shape for name, value in self._parameters.items()}
        self._gathered = deepspeed.zero.GatheredParameters
        self._engine, *_ = deepspeed.initialize(
            model=model, optimizer=make_adamw(self._parameters, stage), config=_config(model, stage)
        )
        self._optimiser = self._engine.optimizer
        layers = {value for layer in model.family.layers(model.network) for value in layer.parameters()}
        for value in model.parameters():
            if value not in layers:
                # Read wherever an objective needs it, which differs from process to process: whole in every pass.
                deepspeed.zero.register_external_parameter(model, value)

    def compute(self, function: Callable[..., torch.Tensor], *arguments: Any) -> torch.Tensor:
        loss: torch.Tensor = self._engine(function, *arguments)
        return loss

    def add_gradients(self, loss: torch.Tensor, *, counts: bool) -> None:
        # They come as a mean over all processes.
        self._engine.backward(loss * (float(self._count) if counts else 0.0))

    def update(self, learning_rate: float) -> float:
        self._optimiser.set_lr(learning_rate)
        self._engine.step()
        return float(self._engine.get_global_grad_norm())

    def values(self) -> Tensors:
        found = {}
        for name, parameter in self._parameters.items():
            with self._gathered(parameter):
                found[name] = parameter.detach().to("cpu", copy=True)
        return found

    @torch.no_grad()
    def put_values(self, values: Tensors) -> None:
        from deepspeed.utils import safe_set_local_fp32_param

        for name, parameter in self._parameters.items():
            with self._gathered(parameter, modifier_rank=0):
                parameter.copy_(values[name])
            # AdamW steps a copy of the own part.
            safe_set_local_fp32_param(parameter, self._own(values[name]))

    def moments(self) -> tuple[int, Tensors]:
        from deepspeed.utils import safe_get_full_optimizer_state

        updates = [int(own["step"]) for own in self._optimiser.optimizer.state.values()]
        if not updates:
            return 0, {}
        return updates[0], {
            f"{moment}/{name}": safe_get_full_optimizer_state(parameter, moment).detach().to("cpu", copy=True)
            for name, parameter in self._parameters.items()
            for moment in MOMENTS
        }

    def put_moments(self, updates: int, moments: Tensors) -> None:
        from deepspeed.utils import safe_set_local_optimizer_state

        if not moments:
            return
        adamw = self._optimiser.optimizer
        for part in self._optimiser.fp32_partitioned_groups_flat:
            empty = {moment: torch.zeros_like(part) for moment in MOMENTS}
            adamw.state[part] = {"step": counted(adamw, updates, part.device), **empty}
        for name, parameter in self._parameters.items():
            for moment in MOMENTS:
                safe_set_local_optimizer_state(parameter, self._own(moments[f"{moment}/{name}"]), moment)

    def close(self) -> None:
        from deepspeed.runtime.zero import parameter_offload

        self._engine.destroy()
        # It would keep the model, and with it the moments, for as long as the process runs.
        parameter_offload.FWD_MODULE_STACK.clear()

    def _own(self, whole: torch.Tensor) -> torch.Tensor:
        """This process's part, as long as everybody's: behind the last value come zeros."""
        size = -(-whole.numel() // self._count)
        padded = torch.zeros(size * self._count, dtype=whole.dtype)
        padded[: whole.numel()] = whole.flatten()
        return padded[size * self._rank : size * (self._rank + 1)]


def _config(model: TrainedModel, stage: Stage) -> dict[str, Any]:
    return {
        # Rows, passes and updates are counted by us.
        "train_micro_batch_size_per_gpu": 1,
        "managed_gradient_accumulation": False,
        "gradient_clipping": stage.max_grad_norm,
        "zero_optimization": {
            "stage": 3,
            "overlap_comm": False,
            "reduce_bucket_size": _BUCKET,
            "stage3_prefetch_bucket_size": _BUCKET,
            # Norms and biases are not worth a message each.
            "stage3_param_persistence_threshold": 10 * model.network.config.hidden_size,
        },
    }


def _import_deepspeed(device: torch.device) -> Any:
    os.environ["DS_ACCELERATOR"] = device.type
    import deepspeed
    import deepspeed.ops

    # None of its own kernels is needed, and on a processor it would compile one before it begins.
    deepspeed.ops.__compatible_ops__ = {}
    return deepspeed
