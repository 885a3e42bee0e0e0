"""What has to be there before weights can be shared out."""

from __future__ import annotations

import importlib.util

from .errors import UserError
from .job import Job
from .processes import Processes


def check_sharding(sharding: str, job: Job, processes: Processes) -> None:
    if sharding != "deepspeed" or processes.count == 1:
        return
    if importlib.util.find_spec("deepspeed") is None:
        raise UserError(
            "peft/no-deepspeed",
            "launcher.sharding: deepspeed needs the package deepspeed, which is not installed",
            remedy="Install it into the worker's environment (npx eager-llm setup deepspeed, or pip install -r"
            " worker/requirements-deepspeed.txt), or set launcher.sharding: fsdp, which shares out as much.",
        )
    if job.engine.torch_compile:
        raise _refused("peft.torch_compile", "set peft.torch_compile: false")
    if any(stage.quantization_bit for stage in job.stages):
        raise _refused("tuning: qlora", "choose tuning: lora")


def _refused(what: str, instead: str) -> UserError:
    return UserError(
        "peft/deepspeed",
        f"launcher.sharding: deepspeed does not work with {what}",
        remedy=f"Set launcher.sharding: none, or {instead}.",
    )
