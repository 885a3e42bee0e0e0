"""Memory: how much was used, and what to do when it runs out. No setting is ever lowered silently."""

from __future__ import annotations

import resource

import torch

from .errors import UserError
from .job import EngineSettings, Stage


def peak_memory(device: torch.device) -> int:
    """The most that was ever used, in bytes: of the GPU where there is one, else of this process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def is_out_of_memory(error: BaseException) -> bool:
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or (
        isinstance(error, RuntimeError) and "can't allocate memory" in str(error)
    )


def out_of_memory(error: BaseException, stages: list[Stage], engine: EngineSettings) -> UserError:
    """What would lower the use of memory, the cheapest first."""
    tokens = max(stage.micro_batch_tokens for stage in stages)
    advice = [f"micro_batch_tokens (now {tokens}; the result stays the same)"]
    if not engine.gradient_checkpointing:
        advice.append("peft.gradient_checkpointing: true (slower, the result stays the same)")
    if engine.precision == "float32" and engine.device != "cpu":
        advice.append("peft.precision: bfloat16")
    if any(stage.tuning == "lora" for stage in stages):
        advice.append("tuning: qlora")
    elif any(stage.tuning == "full" for stage in stages):
        advice.append("tuning: lora, or launcher.sharding: fsdp or deepspeed over several GPUs")
    return UserError(
        "peft/out-of-memory",
        f"out of memory: {str(error).splitlines()[0]}",
        remedy="Change one of these, in this order: " + "; ".join(advice) + ".",
    )
