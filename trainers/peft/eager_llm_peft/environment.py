"""The Python environment and what it supports."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
from dataclasses import dataclass

import torch

from .errors import UserError
from .job import EngineSettings

_PACKAGES = ("torch", "transformers", "peft", "accelerate", "safetensors", "bitsandbytes", "flash-attn", "deepspeed")


@dataclass(frozen=True)
class Environment:
    python: str
    #: Of those that are installed.
    packages: dict[str, str]
    #: Version that torch was built with; None: for the CPU alone.
    cuda: str | None
    #: Names of the GPUs that torch can use.
    gpus: list[str]
    bfloat16: bool


def describe_environment() -> Environment:
    gpus = [torch.cuda.get_device_name(at) for at in range(torch.cuda.device_count())]
    return Environment(
        python=platform.python_version(),
        packages={name: version for name in _PACKAGES if (version := _version(name))},
        cuda=torch.version.cuda,
        gpus=gpus,
        bfloat16=torch.cuda.is_bf16_supported() if gpus else True,
    )


def device_for(engine: EngineSettings) -> str:
    """`cuda` or `cpu`; an unavailable device is an error before any work."""
    available = torch.cuda.is_available()
    if engine.device == "cuda" and not available:
        built = (
            f"torch {torch.__version__} is built for CUDA {torch.version.cuda}"
            if torch.version.cuda
            else (f"torch {torch.__version__} is built for the CPU alone")
        )
        raise UserError(
            "peft/no-gpu",
            f"peft.device is cuda, and torch finds no GPU ({built})",
            remedy="Check with nvidia-smi that the driver supports that CUDA version; or set peft.device: cpu.",
        )
    device = "cuda" if available and engine.device != "cpu" else "cpu"
    if engine.precision == "bfloat16" and device == "cuda" and not torch.cuda.is_bf16_supported():
        raise UserError(
            "peft/no-bfloat16",
            f"peft.precision is bfloat16, and {torch.cuda.get_device_name()} does not support it",
            remedy="Set peft.precision: float32.",
        )
    if engine.attention == "flash_attention_2" and (device == "cpu" or engine.precision != "bfloat16"):
        raise UserError(
            "peft/attention",
            "peft.attention: flash_attention_2 needs a GPU and peft.precision: bfloat16",
            remedy="Set peft.attention: sdpa.",
        )
    return device


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
