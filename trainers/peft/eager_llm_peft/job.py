"""The job folder: settings, checked against the files that came with it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import UserError
from .files import Tensors, hash_file, load_tensors

JOB_FILE = "job.json"


@dataclass(frozen=True)
class Shard:
    file: str
    micro_batches: int


@dataclass(frozen=True)
class Stage:
    """One part of the training; names as in a recipe."""

    folder: str
    tuning: str
    learning_rate: float
    lr_scheduler: str
    warmup_ratio: float
    weight_decay: float
    adam_beta1: float
    adam_beta2: float
    max_grad_norm: float
    epochs: int
    micro_batch_tokens: int
    gradient_accumulation_steps: int
    dropout: float
    digit_softmax: str
    label_smoothing: float
    distillation: float
    contrastive_weight: float
    contrastive_sources: list[str]
    contrastive_temperature: float
    contrastive_negatives: int
    validate_every_epochs: int
    patience: int
    tasks: list[str]
    micro_batches: int
    shards: list[list[Shard]]
    lora_r: int = 0
    lora_alpha: float = 0
    lora_dropout: float = 0
    lora_target_modules: list[str] = dataclasses.field(default_factory=list)
    quantization_bit: int = 0
    max_steps: int = 0
    loss_temperature: float = 1

    @property
    def name(self) -> str:
        """`alignment` of `01-alignment`"""
        return self.folder.split("-", 1)[1]

    @property
    def updates(self) -> int:
        every = self.epochs * -(-self.micro_batches // self.gradient_accumulation_steps)
        return min(every, self.max_steps) if self.max_steps > 0 else every


@dataclass(frozen=True)
class ModelSettings:
    config: dict[str, Any]
    base: str | None
    base_rows: int
    first_added_row: int
    first_new_token: int


@dataclass(frozen=True)
class EngineSettings:
    """How it is computed; changes no result beyond rounding, but for packing with contrast."""

    device: str
    precision: str
    attention: str
    packing: bool
    gradient_checkpointing: bool
    torch_compile: bool
    checkpoint_seconds: float


@dataclass(frozen=True)
class Job:
    folder: Path
    #: SHA-256 of job.json, which names the hash of every other file.
    sha256: str
    name: str
    seed: int
    max_length: int
    model: ModelSettings
    engine: EngineSettings
    num_beams: int
    stages: list[Stage]
    files: dict[str, dict[str, Any]]

    def tensors(self, name: str) -> Tensors:
        return load_tensors(self.folder / name)


def read_job(folder: Path) -> Job:
    """Reads job.json; a job of another version, or none, is a clear error."""
    path = folder / JOB_FILE
    try:
        value = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise _broken(path, "the file is missing") from error
    except (OSError, ValueError) as error:
        raise _broken(path, f"cannot be read: {error}") from error
    if value.get("schema_version") != 1:
        raise _broken(path, f"has schema_version {value.get('schema_version')}; this worker reads 1")
    try:
        stages = [
            Stage(**{**stage, "shards": [[Shard(**shard) for shard in epoch] for epoch in stage["shards"]]})
            for stage in value["stages"]
        ]
        return Job(
            folder=folder,
            sha256=hash_file(path),
            name=value["name"],
            seed=value["seed"],
            max_length=value["max_length"],
            model=ModelSettings(**value["model"]),
            engine=EngineSettings(**value["engine"]),
            num_beams=value["validation"]["num_beams"],
            stages=stages,
            files=value["files"],
        )
    except (KeyError, TypeError) as error:
        raise _broken(path, f"does not have the settings of a job: {error}") from error


def check_files(job: Job) -> None:
    """Every file is there and has its hash; all that are not are named together."""
    problems = []
    for name, expected in job.files.items():
        path = job.folder / name
        if not path.is_file():
            problems.append(f"{name} is missing")
        elif path.stat().st_size != expected["bytes"]:
            problems.append(f"{name} has {path.stat().st_size} bytes instead of {expected['bytes']}")
        elif hash_file(path) != expected["sha256"]:
            problems.append(f"{name} has another content than when the job was made")
    if problems:
        shown = "\n  ".join(problems[:8] + (["…"] if len(problems) > 8 else []))
        raise UserError(
            "job/damaged",
            f"{len(problems)} files do not match job.json:\n  {shown}",
            place=str(job.folder),
            remedy="Copy the whole job folder again, or recreate it: eager-llm job RUN FOLDER.",
        )


def _broken(path: Path, message: str) -> UserError:
    return UserError("job/broken-file", message, place=str(path), remedy="Recreate the job: eager-llm job RUN FOLDER.")
