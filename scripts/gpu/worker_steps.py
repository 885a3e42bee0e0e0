"""Training steps as the worker takes them."""

from __future__ import annotations

import time

import torch
from shapes import Case, MadeUp, as_row

from eager_llm_peft.build_model import build_model
from eager_llm_peft.compiled_layers import compile_layers
from eager_llm_peft.files import save_tensors
from eager_llm_peft.gradients import compute_gradients
from eager_llm_peft.job import EngineSettings, Job, ModelSettings, Stage
from eager_llm_peft.loss_settings import loss_settings
from eager_llm_peft.own_updater import OwnUpdater
from eager_llm_peft.processes import Processes

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def job_of(case: Case, torch_compile: bool) -> Job:
    stage = Stage(
        folder="01-speed",
        tuning=case.tuning,
        learning_rate=1e-4,
        lr_scheduler="constant",
        warmup_ratio=0,
        weight_decay=0.01,
        adam_beta1=0.9,
        adam_beta2=0.98,
        max_grad_norm=1,
        epochs=1,
        micro_batch_tokens=16_384,
        gradient_accumulation_steps=1,
        dropout=0,
        digit_softmax="vocabulary",
        label_smoothing=0,
        distillation=0,
        contrastive_weight=0,
        contrastive_sources=[],
        contrastive_temperature=0.1,
        contrastive_negatives=1,
        validate_every_epochs=0,
        patience=0,
        tasks=["sequential-recommendation"],
        micro_batches=len(case.rows),
        shards=[],
        lora_r=8,
        lora_alpha=32,
        lora_target_modules=PROJECTIONS,
    )
    engine = EngineSettings(case.device.type, case.precision, "sdpa", True, False, torch_compile, 0)
    shape = case.shape
    rows = shape.config["vocab_size"]
    model = ModelSettings(shape.config, None, rows, rows, shape.first_new_token)
    return Job(case.folder, "", "speed", 1, shape.lengths[1], model, engine, 1, [stage], {})


def worker_steps(case: Case, torch_compile: bool = False) -> tuple[float, int, list[float]]:
    """Seconds of the updates behind the first ones, tokens in them, and the losses of all."""
    rows, warmup, device, folder = case.rows, case.warmup, case.device, case.folder
    job = job_of(case, torch_compile)
    stage, processes = job.stages[0], Processes(0, 1, device)
    start = MadeUp(folder, case.shape.config, job.model.base_rows, job.model.first_added_row, {})
    save_tensors(folder / "01-speed" / "initial.safetensors", first_adapters(start, stage))
    model = build_model(job, stage, start, device)
    if torch_compile:
        compile_layers(model.family.layers(model.network))
    updater, settings = OwnUpdater(model, stage, processes), loss_settings(job, stage, device)
    model.train()
    losses, begun = [], 0.0
    for step, own in enumerate(rows):
        if step == warmup:
            synchronise(device)
            begun = time.perf_counter()
        group = [[as_row(tokens) for tokens in own]]
        losses.append(
            compute_gradients(
                model,
                updater,
                group,
                job=job,
                stage=stage,
                step=step,
                settings=settings,
                processes=processes,
            )
        )
        updater.update(stage.learning_rate)
    synchronise(device)
    seconds = time.perf_counter() - begun
    return seconds, sum(len(tokens) for own in rows[warmup:] for tokens in own), [round(loss, 4) for loss in losses]


def first_adapters(start: MadeUp, stage: Stage) -> dict[str, torch.Tensor]:
    if stage.tuning == "full":
        return {}
    tensors = {}
    generator = torch.Generator().manual_seed(1)
    for name, weight in start.tensors().items():
        path = name.removesuffix(".weight")
        if path.split(".")[-1] in stage.lora_target_modules:
            out, width = weight.shape
            drawn = torch.rand((stage.lora_r, width), generator=generator) * 2 - 1
            tensors[f"{path}.lora_A.weight"] = drawn / width**0.5
            tensors[f"{path}.lora_B.weight"] = torch.zeros(out, stage.lora_r)
    return tensors


def synchronise(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize()
