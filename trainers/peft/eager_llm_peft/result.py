"""What a part leaves behind: a Hugging Face folder, and the adapter in PEFT's form."""

from __future__ import annotations

from pathlib import Path

from peft.utils.constants import SAFETENSORS_WEIGHTS_NAME

from .build_model import NEW_HEAD_ROWS, NEW_ROWS, lora_config, merged_tensors
from .families.family import Family
from .families.registry import family_of
from .files import Tensors, save_tensors, write_json
from .job import Job, Stage
from .processes import Processes
from .weights import StartingModel


def save_part(
    job: Job,
    stage: Stage,
    start: StartingModel,
    trained: Tensors,
    folder: Path,
    processes: Processes,
) -> None:
    """The first process writes. Weights come last, so that their presence means done."""
    if processes.is_first:
        if stage.tuning != "full":
            save_adapter(job, stage, folder / "adapter", str(start.folder), trained)
        config = {**job.model.config, "architectures": [start.family.architecture], "torch_dtype": "float32"}
        if "dtype" in config:
            config["dtype"] = "float32"
        write_json(folder / "model" / "config.json", config)
        tensors = merged_tensors(start, stage, job.model.first_new_token, trained)
        save_tensors(folder / "model" / "model.safetensors", {name: value.float() for name, value in tensors.items()})
    processes.wait()


def save_adapter(job: Job, stage: Stage, folder: Path, reference: str, trained: Tensors) -> None:
    """`adapter_config.json` and `adapter_model.safetensors` as PEFT writes them, each of them atomically."""
    family = family_of(job.model.config)
    config = lora_config(job, stage, reference)
    config.inference_mode = True
    values = {key: sorted(value) if isinstance(value, set) else value for key, value in config.to_dict().items()}
    write_json(folder / "adapter_config.json", values)
    tensors = {_peft_name(family, name): value for name, value in trained.items() if not name.startswith("contrast.")}
    save_tensors(folder / SAFETENSORS_WEIGHTS_NAME, tensors)


def _peft_name(family: Family, name: str) -> str:
    rows = "token_adapter.trainable_tokens_delta"
    if name == NEW_ROWS:
        return f"base_model.model.{family.embedding_module}.{rows}"
    if name == NEW_HEAD_ROWS:
        return f"base_model.model.{family.head_module}.{rows}"
    return f"base_model.model.{name}"
