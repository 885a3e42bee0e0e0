"""The model of a part, ready to be trained: every weight, or adapters and the rows of new tokens."""

from __future__ import annotations

import importlib.util
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from torch import nn
from torch.nn import functional
from transformers import BitsAndBytesConfig, LlamaConfig, LlamaForCausalLM

from .errors import UserError
from .files import Tensors
from .job import EngineSettings, Job, Stage
from .loss import TrainedModel
from .weights import StartingModel

NEW_ROWS = "new_rows"
NEW_HEAD_ROWS = "new_head_rows"


def build_model(job: Job, stage: Stage, start: StartingModel, device: torch.device) -> TrainedModel:
    """First values of what the part adds come from the job, as the Node engine draws them."""
    initial = job.tensors(f"{stage.folder}/initial.safetensors")
    llama = load_llama(start, job.engine, device, stage.quantization_bit)
    _drop_residuals(llama, _quantised(stage.dropout))
    if job.engine.gradient_checkpointing:
        llama.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    adapted = stage.tuning != "full"
    if adapted:
        _add_adapters(llama, job, stage, start)
    projectors = {name.split(".")[1]: value for name, value in initial.items() if name.startswith("contrast.")}
    model = TrainedModel(llama, projectors, job.model.first_new_token if adapted else None).to(device)
    own = trainables(model)
    with torch.no_grad():
        for name, parameter in own.items():
            if ".lora_" in name:
                parameter.copy_(initial[name])
    return model


def load_llama(
    start: StartingModel, engine: EngineSettings, device: torch.device, quantization_bit: int = 0
) -> LlamaForCausalLM:
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
        model = LlamaForCausalLM.from_pretrained(
            None,
            config=LlamaConfig(**start.config),
            state_dict=start.tensors(),
            dtype=torch.float32,
            attn_implementation=engine.attention,
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


def trainables(model: nn.Module) -> dict[str, nn.Parameter]:
    """What is trained, by the names of the Node engine's parameter store."""
    return {_own_name(name): value for name, value in model.named_parameters() if value.requires_grad}


def has_decay(name: str) -> bool:
    """Norms and rows of new tokens are not pulled to zero."""
    return name not in (NEW_ROWS, NEW_HEAD_ROWS) and not name.endswith("norm.weight")


def merged_tensors(start: StartingModel, stage: Stage, first_new_token: int, trained: Tensors) -> Tensors:
    """The whole model: W + (alpha / r) B A onto the weights as they were, and the trained rows in their places."""
    if stage.tuning == "full":
        return {name: value for name, value in trained.items() if not name.startswith("contrast.")}
    tensors = start.tensors()
    scale = stage.lora_alpha / stage.lora_r
    for name, value in trained.items():
        if name.endswith(".lora_A.weight"):
            weight = name.replace(".lora_A.weight", ".weight")
            product = trained[name.replace("lora_A", "lora_B")] @ value
            tensors[weight] = (tensors[weight].float() + scale * product).to(tensors[weight].dtype)
    for name, table in ((NEW_ROWS, "model.embed_tokens.weight"), (NEW_HEAD_ROWS, "lm_head.weight")):
        if name in trained:
            grown = tensors[table].clone()
            grown[first_new_token:] = trained[name].to(grown.dtype)
            tensors[table] = grown
    return tensors


def lora_config(job: Job, stage: Stage, reference: str) -> LoraConfig:
    ids = list(range(job.model.first_new_token, job.model.config["vocab_size"]))
    tied = job.model.config.get("tie_word_embeddings")
    indices = None if not ids else ids if tied else {"embed_tokens": ids, "lm_head": ids}
    return LoraConfig(
        task_type="CAUSAL_LM",
        base_model_name_or_path=reference,
        r=stage.lora_r,
        lora_alpha=stage.lora_alpha,
        lora_dropout=_quantised(stage.lora_dropout),
        target_modules=list(stage.lora_target_modules),
        trainable_token_indices=indices,
    )


def _add_adapters(llama: LlamaForCausalLM, job: Job, stage: Stage, start: StartingModel) -> None:
    """PEFT puts its layers into the model itself, in place."""
    if job.engine.precision == "bfloat16" and not stage.quantization_bit:
        llama.to(torch.bfloat16)
    get_peft_model(llama, lora_config(job, stage, str(start.folder)))
    for parameter in llama.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    if job.engine.gradient_checkpointing:
        # Frozen embeddings would cut the gradients' way back.
        llama.enable_input_require_grads()


def _drop_residuals(llama: LlamaForCausalLM, rate: float) -> None:
    """Dropout on the embedding and on what attention and MLP add, as in the Node engine."""
    if rate == 0:
        return

    def drop(module: nn.Module, _inputs: Any, output: Any) -> Any:
        if isinstance(output, tuple):
            return (functional.dropout(output[0], rate, module.training), *output[1:])
        return functional.dropout(output, rate, module.training)

    llama.model.embed_tokens.register_forward_hook(drop)
    for layer in llama.model.layers:
        layer.self_attn.register_forward_hook(drop)
        layer.mlp.register_forward_hook(drop)


def _own_name(name: str) -> str:
    name = name.removeprefix("llama.").replace(".default", "")
    if name.endswith("token_adapter.trainable_tokens_delta"):
        return NEW_HEAD_ROWS if name.startswith("lm_head") else NEW_ROWS
    return f"contrast.{name.split('.')[1]}.weight" if name.startswith("projectors.") else name


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
