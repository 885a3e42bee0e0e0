"""A tiny job, made by hand: three items, two levels of codes, rows that can be learned by heart."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn
from transformers import PreTrainedModel, T5Config, T5ForConditionalGeneration

from eager_llm_peft.environment import device_for
from eager_llm_peft.families.registry import family_of
from eager_llm_peft.files import Tensors, hash_file
from eager_llm_peft.job import EngineSettings

#: Ids: 0 to 5 are plain, 6 and 7 the first digits, 8 to 10 the second ones.
CODES = [[0, 0], [0, 2], [1, 1], [1, 2]]
CODE_TOKENS = [[6, 7], [8, 9, 10]]
CONFIG: dict[str, Any] = {
    "model_type": "llama",
    "vocab_size": 11,
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "rms_norm_eps": 1e-6,
    "max_position_embeddings": 64,
    "tie_word_embeddings": True,
}
#: What LLaMA's kin have and it has not.
KIN: dict[str, dict[str, Any]] = {
    "qwen2": {"model_type": "qwen2"},
    "qwen3": {"model_type": "qwen3", "head_dim": 6},
    "smollm3": {"model_type": "smollm3", "no_rope_layers": [1, 0], "no_rope_layer_interval": 2},
    "biased": {"attention_bias": True, "mlp_bias": True},
}
#: Few buckets, so that far positions share them.
T5_CONFIG: dict[str, Any] = {
    "model_type": "t5",
    "vocab_size": 11,
    "d_model": 16,
    "d_kv": 5,
    "d_ff": 24,
    "num_layers": 2,
    "num_decoder_layers": 3,
    "num_heads": 4,
    "relative_attention_num_buckets": 8,
    "relative_attention_max_distance": 12,
    "tie_word_embeddings": True,
    "decoder_start_token_id": 0,
}

STAGE: dict[str, Any] = {
    "folder": "01-alignment",
    "tuning": "full",
    "learning_rate": 0.01,
    "lr_scheduler": "cosine",
    "warmup_ratio": 0.1,
    "weight_decay": 0.1,
    "adam_beta1": 0.9,
    "adam_beta2": 0.98,
    "max_grad_norm": 1,
    "epochs": 3,
    "micro_batch_tokens": 16,
    "gradient_accumulation_steps": 1,
    "dropout": 0.1,
    "digit_softmax": "vocabulary",
    "label_smoothing": 0,
    "distillation": 0,
    "contrastive_weight": 0,
    "contrastive_sources": ["semantic"],
    "contrastive_temperature": 0.1,
    "contrastive_negatives": 3,
    "validate_every_epochs": 1,
    "patience": 0,
    "tasks": ["sequential-recommendation"],
}
ADAPTER: dict[str, Any] = {
    "tuning": "lora",
    "lora_r": 2,
    "lora_alpha": 4,
    "lora_dropout": 0.1,
    "lora_target_modules": ["q_proj", "v_proj", "down_proj"],
}
ENGINE = {
    "device": "cpu",
    "precision": "float32",
    "attention": "sdpa",
    "packing": False,
    "gradient_checkpointing": False,
    "torch_compile": False,
    "checkpoint_seconds": 0,
}

_ASKED = os.environ.get("EAGER_LLM_TEST_DEVICE", "cpu")
#: Where tests train and decode whose results may differ by rounding; scripts/gpu-check.sh asks for a GPU.
DEVICE = torch.device(device_for(EngineSettings(_ASKED, "float32", "sdpa", False, False, False, 0)))


def tiny_model(seed: int = 1, **change: Any) -> PreTrainedModel:
    """Larger weights than a fresh model's, so that attention and gates are far from flat."""
    torch.manual_seed(seed)
    config = {**CONFIG, **change}
    family = family_of(config)
    model: PreTrainedModel = family.model_class(family.config_class(**{**config, **family.fixed}))
    with torch.no_grad():
        for name, value in model.named_parameters():
            if value.dim() == 2:
                value.mul_(20)
            elif name.endswith((".bias", "_norm.weight")):
                value.add_(torch.randn_like(value) / 2)
    return model.eval()


def tiny_t5(seed: int = 1, **change: Any) -> T5ForConditionalGeneration:
    """Scores of attention far from flat, and logits that are not saturated; transformers ties what it makes."""
    torch.manual_seed(seed)
    model = T5ForConditionalGeneration(T5Config(**{**T5_CONFIG, "dropout_rate": 0, **change}))
    if not change.get("tie_word_embeddings", True):
        model.lm_head.weight = nn.Parameter(torch.randn(11, 16) / 4)
    return model.eval()


def weights_of(model: PreTrainedModel) -> Tensors:
    return {name: value.detach().clone() for name, value in model.named_parameters()}


def row_table(
    rows: list[list[int]],
    prefix: str = "",
    events: bool = False,
    sources: list[int] | None = None,
    summaries: list[int] | None = None,
) -> Tensors:
    """Each row learns all behind its source, but its first token; its last two tokens are the code of its item.

    `summaries` are the numbers of the rows that are read as a summary of their item: all of them by default.
    """
    lengths, given = [len(row) for row in rows], sources or [0] * len(rows)
    places = [(at, first) for length, first in zip(lengths, given, strict=True) for at in range(length)]
    summed = range(len(rows)) if summaries is None else summaries
    count = torch.tensor(list(summed), dtype=torch.int32)
    items = [_items_of(rows)[at] for at in summed]
    return {
        f"{prefix}tokens": torch.tensor([token for row in rows for token in row], dtype=torch.int32),
        f"{prefix}loss_weights": torch.tensor([float(at >= first) for at, first in places]),
        f"{prefix}source_lengths": torch.tensor(given, dtype=torch.int32),
        f"{prefix}row_offsets": torch.tensor([0, *torch.tensor(lengths).cumsum(0).tolist()]),
        f"{prefix}summary_rows": count,
        f"{prefix}summary_positions": torch.tensor([lengths[at] - 1 for at in summed], dtype=torch.int32),
        f"{prefix}summary_items": torch.tensor(items, dtype=torch.int32),
        f"{prefix}summary_events": count.clone() if events else torch.full_like(count, -1),
    }


def _items_of(rows: list[list[int]]) -> list[int]:
    return [CODES.index([row[-2] - 6, row[-1] - 8]) for row in rows]


ROWS = [[1, 2, 6, 8], [3, 6, 10], [1, 4, 5, 7, 9], [2, 7, 10], [5, 3, 6, 8], [4, 4, 4, 7, 9]]
#: How many tokens of each are given, where a model has sources and targets.
SOURCES = [1, 1, 3, 1, 2, 2]


def catalogue_tensors() -> Tensors:
    return {
        "codes": torch.tensor(CODES, dtype=torch.int32),
        "items": torch.arange(4, dtype=torch.int32),
        "starts/0": torch.tensor([0, 2], dtype=torch.int32),
        "starts/1": torch.tensor([0, 2, 4], dtype=torch.int32),
        "starts/2": torch.arange(5, dtype=torch.int32),
        "digits/0": torch.tensor([0, 1], dtype=torch.int32),
        "digits/1": torch.tensor([0, 2, 1, 2], dtype=torch.int32),
        "code_tokens/0": torch.tensor(CODE_TOKENS[0]),
        "code_tokens/1": torch.tensor(CODE_TOKENS[1]),
    }


def write_tiny_job(
    folder: Path,
    stages: list[dict[str, Any]] | None = None,
    engine: dict[str, Any] | None = None,
    model: dict[str, Any] | None = None,
    excluded: list[list[int]] | None = None,
    summaries: list[int] | None = None,
    events: bool = False,
) -> Path:
    """Two micro-batches of three rows an epoch; each stage may change what STAGE says.

    `excluded` has for each of the three validation cases the items that its search leaves out, `summaries` the rows
    of an epoch that contrast learns from; with `events` each row ends with an event of the log.
    """
    codes = catalogue_tensors()
    if events:
        codes["event_items"] = torch.tensor(_items_of(ROWS), dtype=torch.int32)
    save(folder / "catalogue.safetensors", codes)
    prompts = {
        "prompts": torch.tensor([1, 2, 3, 1, 4, 5], dtype=torch.int32),
        "prompt_offsets": torch.tensor([0, 2, 3, 6]),
        "targets": torch.tensor([0, 1, 2], dtype=torch.int32),
    }
    if excluded:
        ends = torch.tensor([len(items) for items in excluded]).cumsum(0)
        prompts["excluded"] = torch.tensor([item for items in excluded for item in items], dtype=torch.int32)
        prompts["excluded_offsets"] = torch.tensor([0, *ends.tolist()])
    config = (model or {}).get("config", CONFIG)
    sources = SOURCES if config["model_type"] == "t5" else [0] * len(ROWS)
    held_out = row_table(ROWS[:3], "sequential-recommendation/", sources=sources[:3])
    save(folder / "validation.safetensors", prompts | held_out)
    save(folder / "vectors.safetensors", {"semantic": torch.eye(4)})
    weights = weights_of(tiny_t5(**config) if config["model_type"] == "t5" else tiny_model(**config))
    if (model or {}).get("base") is None:
        save(folder / "model" / "model.safetensors", weights)
    written = []
    for at, change in enumerate(stages or [{}]):
        stage = {**STAGE, "folder": f"0{at + 1}-part{at + 1}", **change}
        shards = []
        for epoch in range(stage["epochs"]):
            file = f"{stage['folder']}/rows/epoch-{epoch}.safetensors"
            save(
                folder / file,
                row_table(ROWS, events=events, sources=sources, summaries=summaries)
                | {"batch_offsets": torch.tensor([0, 3, 6], dtype=torch.int32)},
            )
            shards.append([{"file": file, "micro_batches": 2}])
        save(folder / stage["folder"] / "initial.safetensors", _initial(stage, weights))
        written.append({**stage, "micro_batches": 2, "shards": shards})
    job = {
        "schema_version": 1,
        "name": "tiny",
        "stage_key": None,
        "seed": 1,
        "max_length": 16,
        "model": {
            "config": CONFIG,
            "base": None,
            "base_rows": 11,
            "first_added_row": 6,
            "first_new_token": 6,
            **(model or {}),
        },
        "engine": {**ENGINE, **(engine or {})},
        "validation": {"cases": 3, "num_beams": 4},
        "stages": written,
        "files": {
            str(path.relative_to(folder)): {"bytes": path.stat().st_size, "sha256": hash_file(path)}
            for path in sorted(folder.rglob("*.safetensors"))
        },
    }
    (folder / "job.json").write_text(json.dumps(job))
    return folder


def _initial(stage: dict[str, Any], weights: Tensors) -> Tensors:
    tensors: Tensors = {}
    if stage["contrastive_weight"] > 0:
        tensors["contrast.semantic.weight"] = torch.ones(4, 16) * 0.1
    if stage["tuning"] != "full":
        generator = torch.Generator().manual_seed(1)
        for name, weight in weights.items():
            path = name.removesuffix(".weight")
            if path.split(".")[-1] in stage["lora_target_modules"]:
                rows, columns = weight.shape
                tensors[f"{path}.lora_A.weight"] = torch.randn(stage["lora_r"], columns, generator=generator) / 4
                tensors[f"{path}.lora_B.weight"] = torch.zeros(rows, stage["lora_r"])
    return tensors


def save(path: Path, tensors: Tensors) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in tensors.items()}, path)
