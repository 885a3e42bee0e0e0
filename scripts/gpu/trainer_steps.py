"""The same steps by transformers' Trainer with PEFT, as its documentation has them: rows are padded to the longest."""

from __future__ import annotations

import time
from typing import Any

import torch
from peft import get_peft_model
from shapes import Case, MadeUp
from transformers import Trainer, TrainerCallback, TrainingArguments
from worker_steps import job_of, synchronise

from eager_llm_peft.build_model import lora_config


class _Clock(TrainerCallback):
    def __init__(self, warmup: int, device: torch.device):
        self.warmup, self.device = warmup, device
        self.begun = self.ended = 0.0

    def on_step_end(self, _arguments: Any, state: Any, _control: Any, **_others: Any) -> None:
        if state.global_step in (self.warmup, state.max_steps):
            synchronise(self.device)
            now = time.perf_counter()
            self.begun, self.ended = (now, now) if state.global_step == self.warmup else (self.begun, now)


class _InOrder(Trainer):  # type: ignore[misc]
    """Rows as they come, so that both sides see the same at each update."""

    def _get_train_sampler(self, *_arguments: Any) -> Any:
        return torch.utils.data.SequentialSampler(self.train_dataset)


def trainer_steps(case: Case) -> tuple[float, int, list[float]]:
    """As `worker_steps`."""
    shape, tuning, rows, device = case.shape, case.tuning, case.rows, case.device
    job = job_of(case, False)
    start = MadeUp(case.folder, shape.config, job.model.base_rows, job.model.first_added_row, {})
    half = case.precision == "bfloat16"
    family = start.family
    model = family.model_class.from_pretrained(
        None,
        config=family.config_class(**{**shape.config, **family.fixed}),
        state_dict=start.tensors(),
        dtype=torch.bfloat16 if half and tuning == "lora" else torch.float32,
        attn_implementation="sdpa",
    )
    model.config.use_cache = False
    if tuning == "lora":
        model = get_peft_model(model, lora_config(job, job.stages[0], "made up"))
    clock = _Clock(case.warmup, device)
    stage = job.stages[0]
    trainer = _InOrder(
        model=model,
        args=TrainingArguments(
            output_dir=str(case.folder / "trainer"),
            max_steps=len(rows),
            per_device_train_batch_size=shape.rows,
            learning_rate=stage.learning_rate,
            lr_scheduler_type="constant",
            weight_decay=stage.weight_decay,
            adam_beta2=stage.adam_beta2,
            max_grad_norm=stage.max_grad_norm,
            bf16=half,
            use_cpu=device.type == "cpu",
            save_strategy="no",
            logging_steps=1,
            report_to=[],
            disable_tqdm=True,
            remove_unused_columns=False,
            seed=1,
        ),
        train_dataset=[{"input_ids": torch.from_numpy(tokens)} for own in rows for tokens in own],
        data_collator=_pad,
        callbacks=[clock],
    )
    trainer.train()
    losses = [round(entry["loss"], 4) for entry in trainer.state.log_history if "loss" in entry]
    return clock.ended - clock.begun, sum(len(tokens) for own in rows[case.warmup :] for tokens in own), losses


def _pad(rows: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    ids = [row["input_ids"] for row in rows]
    pad = torch.nn.utils.rnn.pad_sequence
    return {
        "input_ids": pad(ids, batch_first=True),
        "labels": pad(ids, batch_first=True, padding_value=-100),
        "attention_mask": pad([torch.ones_like(own) for own in ids], batch_first=True),
    }
