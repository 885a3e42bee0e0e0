"""The model of a part, ready to be trained: every weight, or adapters and the rows of new tokens."""

from __future__ import annotations

import importlib.util
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import nn
from transformers import BitsAndBytesConfig

from .errors import UserError
from .families.family import Family, Network, is_tied
from .families.packed_attention import attention_of
from .families.registry import family_of
from .files import Tensors
from .job import EngineSettings, Job, Stage
from .objectives.registry import is_beside
from .trained_model import TrainedModel, beside_name
from .weights import StartingModel

NEW_ROWS = "new_rows"
NEW_HEAD_ROWS = "new_head_rows"


def build_model(job: Job, stage: Stage, start: StartingModel, device: torch.device) -> TrainedModel:
    """First values of what the part adds come from the job, as the Node engine draws them."""
    initial = job.tensors(f"{stage.folder}/initial.safetensors")
    network = load_network(start, job.engine, device, stage.quantization_bit)
    if stage.dropout > 0:
        start.family.add_dropout(network, _quantised(stage.dropout))
    if job.engine.gradient_checkpointing:
        network.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    adapted = stage.tuning != "full"
    if adapted:
        _add_adapters(network, job, stage, start)
    beside = {name: value for name, value in initial.items() if is_beside(name)}
    first_trained = job.model.first_new_token if adapted else None
    model = TrainedModel(network, beside, first_trained, job.engine.precision).to(device)
    with torch.no_grad():
        for name, parameter in trainables(model).items():
            if ".lora_" in name:
                parameter.copy_(initial[name])
    return model


def load_network(
    start: StartingModel, engine: EngineSettings, device: torch.device, quantization_bit: int = 0
) -> Network:
    """Weights that may be trained are float32; `quantization_bit` holds the projections in few bits."""
    options: dict[str, Any] = {}
    if quantization_bit:
        _need_bitsandbytes()
        compute = _frozen_type(engine)
        options["quantization_config"] = (
            BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=compute)
            if quantization_bit == 4
            else BitsAndBytesConfig(load_in_8bit=True)
        )
        options["device_map"] = {"": device}
    try:
        model = start.family.model_class.from_pretrained(
            None,
            config=start.family.config_class(**{**start.config, **start.family.fixed}),
            state_dict=start.tensors(),
            dtype=torch.float32,
            attn_implementation=attention_of(engine, device),
            **options,
        )
    except ImportError as error:
        raise UserError(
            "peft/attention",
            f"attention: {engine.attention} cannot be used here: {str(error).splitlines()[0]}",
            remedy="Install flash-attn beside torch, or set peft.attention: sdpa.",
        ) from error
    for module in model.modules():
        # On some processors bitsandbytes packs weights anew when it evaluates, and then has no gradient for them.
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
    return model if quantization_bit else model.to(device)


def trainables(model: TrainedModel) -> dict[str, nn.Parameter]:
    """What is trained, by the names of the Node engine's parameter store."""
    return {_own_name(model.family, name): value for name, value in model.named_parameters() if value.requires_grad}


def has_decay(name: str) -> bool:
    """Norms, biases and rows of new tokens get no weight decay."""
    return name not in (NEW_ROWS, NEW_HEAD_ROWS) and not name.endswith(("norm.weight", ".bias"))


def merged_tensors(start: StartingModel, stage: Stage, first_new_token: int, trained: Tensors) -> Tensors:
    """The whole model: W + (alpha / r) B A onto the weights as they were, and the trained rows in their places."""
    if stage.tuning == "full":
        return {name: value for name, value in trained.items() if not is_beside(name)}
    tensors = start.tensors()
    scale = stage.lora_alpha / stage.lora_r
    for name, value in trained.items():
        if name.endswith(".lora_A.weight"):
            weight = name.replace(".lora_A.weight", ".weight")
            product = trained[name.replace("lora_A", "lora_B")] @ value
            tensors[weight] = (tensors[weight].float() + scale * product).to(tensors[weight].dtype)
    for name, table in ((NEW_ROWS, start.family.embedding), (NEW_HEAD_ROWS, start.family.head)):
        if name in trained:
            grown = tensors[table].clone()
            grown[first_new_token:] = trained[name].to(grown.dtype)
            tensors[table] = grown
    return tensors


def lora_config(job: Job, stage: Stage, reference: str) -> LoraConfig:
    config = job.model.config
    family = family_of(config)
    ids = list(range(job.model.first_new_token, config["vocab_size"]))
    tables = [name.split(".")[-1] for name in (family.embedding_module, family.head_module)]
    indices = None if not ids else ids if is_tied(config) else dict.fromkeys(tables, ids)
    return LoraConfig(
        task_type=family.adapter_task,
        base_model_name_or_path=reference,
        r=stage.lora_r,
        lora_alpha=stage.lora_alpha,
        lora_dropout=_quantised(stage.lora_dropout),
        target_modules=list(stage.lora_target_modules),
        trainable_token_indices=indices,
    )


def _add_adapters(network: Network, job: Job, stage: Stage, start: StartingModel) -> None:
    """PEFT puts its layers into the model itself, in place."""
    if job.engine.precision == "bfloat16" and not stage.quantization_bit:
        network.to(torch.bfloat16)
    get_peft_model(network, lora_config(job, stage, str(start.folder)))
    for module in network.modules():
        if isinstance(module, BaseTunerLayer):
            # Autocast casts the inputs of products; PEFT would first raise them to float32.
            module.cast_input_dtype_enabled = False
    for parameter in network.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    if job.engine.gradient_checkpointing:
        # Frozen embeddings would cut the gradients' way back.
        network.enable_input_require_grads()


def _own_name(family: Family, name: str) -> str:
    name = name.removeprefix("network.").replace(".default", "")
    if name.endswith("token_adapter.trainable_tokens_delta"):
        return NEW_HEAD_ROWS if name.startswith(family.head_module) else NEW_ROWS
    return beside_name(name)


def _quantised(rate: float) -> float:
    """The Node engine's rates are multiples of 1/256."""
    return round(rate * 256) / 256


def _frozen_type(engine: EngineSettings) -> torch.dtype:
    return torch.bfloat16 if engine.precision == "bfloat16" else torch.float32


def _need_bitsandbytes() -> None:
    if importlib.util.find_spec("bitsandbytes") is None:
        raise UserError(
            "peft/no-bitsandbytes",
            "tuning: qlora needs the package bitsandbytes, which is not installed",
            remedy="Install it into the worker's environment (pip install bitsandbytes), or choose tuning: lora.",
        )
