"""Where a part's weights come from: the job, a base model, or the part before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
from safetensors import safe_open

from .errors import UserError
from .families.family import Family, is_tied
from .families.registry import family_of
from .files import Tensors, load_tensors
from .job import Job


@dataclass(frozen=True)
class StartingModel:
    """The model that a part begins with: its folder, and rows that are put behind those of its embedding."""

    folder: Path
    config: dict[str, Any]
    base_rows: int
    first_added_row: int
    added: Tensors

    @property
    def family(self) -> Family:
        return family_of(self.config, str(self.folder))

    def tensors(self) -> Tensors:
        """Every tensor of the model, as stored, with the added rows in place."""
        family = self.family
        tensors = {name: tensor for name, tensor in _stored(self.folder).items() if family.computes(name)}
        if is_tied(self.config):
            tensors.pop(family.head, None)
        for name, rows in self.added.items():
            if name not in tensors:
                raise _misfit(self.folder, f'the base has no tensor "{name}"')
            tensors[name] = self._grown(tensors[name], rows)
        return tensors

    def _grown(self, base: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        if base.shape[0] != self.base_rows:
            raise _misfit(
                self.folder, f"its vocabulary has {base.shape[0]} rows, the job was made for {self.base_rows}"
            )
        table = torch.zeros((self.config["vocab_size"], base.shape[1]), dtype=torch.float32)
        table[: self.base_rows] = base.float()
        table[self.first_added_row : self.first_added_row + len(rows)] = rows
        return table


def first_model(job: Job, base: str | None) -> StartingModel:
    """What the first part begins with; `base` stands in for the base that the job names, for another machine."""
    settings = job.model
    if settings.base is None:
        return whole_model(job.folder / "model", settings.config)
    folder = _base_folder(base or settings.base)
    _check_config(folder, settings.config, settings.base_rows)
    return StartingModel(
        folder,
        settings.config,
        settings.base_rows,
        settings.first_added_row,
        load_tensors(job.folder / "new-rows.safetensors"),
    )


def whole_model(folder: Path, config: dict[str, Any]) -> StartingModel:
    """A model whose rows are all there: from the job, or of an earlier part."""
    return StartingModel(folder, config, config["vocab_size"], config["vocab_size"], {})


def _base_folder(reference: str) -> Path:
    folder = Path(reference).expanduser()
    if folder.is_dir():
        return folder
    if folder.is_absolute() or reference.startswith("."):
        raise UserError(
            "model/not-found",
            "the base model is not in this folder",
            place=reference,
            remedy="Copy it here, or say where it is: --base-model FOLDER.",
        )
    try:
        return Path(
            snapshot_download(reference, allow_patterns=["*.safetensors", "*.safetensors.index.json", "*.json"])
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:
        raise UserError(
            "model/not-on-hub",
            f"the base model cannot be fetched from the hub: {str(error).splitlines()[0]}",
            place=reference,
            remedy="Check the id and the network (for models behind a licence set HF_TOKEN), or give its folder:"
            " --base-model FOLDER.",
        ) from error


def _check_config(folder: Path, expected: dict[str, Any], base_rows: int) -> None:
    """All mismatches between the base and the job, at once."""
    path = folder / "config.json"
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _misfit(folder, f"its config.json cannot be read: {error}") from error
    problems = [
        f"{name} is {found.get(name)}, the job was made for {expected[name]}"
        for name in family_of(expected).sizes
        if found.get(name) != expected[name]
    ]
    if found.get("vocab_size") != base_rows:
        problems.append(f"vocab_size is {found.get('vocab_size')}, the job was made for {base_rows}")
    if problems:
        raise _misfit(folder, "\n  ".join(["is another model:", *problems]))


def _misfit(folder: Path, message: str) -> UserError:
    return UserError(
        "model/wrong-base",
        message,
        place=str(folder),
        remedy="Give the base model that the job was made with, or make the job again from this one.",
    )


def _stored(folder: Path) -> Tensors:
    index = folder / "model.safetensors.index.json"
    if (folder / "model.safetensors").is_file():
        files = [folder / "model.safetensors"]
    elif index.is_file():
        files = [folder / name for name in sorted(set(json.loads(index.read_text("utf-8"))["weight_map"].values()))]
    else:
        raise UserError(
            "model/no-weights",
            "expected model.safetensors or model.safetensors.index.json",
            place=str(folder),
            remedy="Give the folder of a Hugging Face model with its safetensors files.",
        )
    tensors: Tensors = {}
    for path in files:
        if not path.is_file():
            raise _misfit(folder, f"{path.name} is missing")
        with safe_open(path, framework="pt") as file:
            tensors.update({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118
    return tensors
