"""Training a tiny job from start to end, interrupted, and with each way of computing."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

from eager_llm_peft.errors import StoppedError, UserError
from eager_llm_peft.families.llama import LLAMA
from eager_llm_peft.job import check_files, read_job
from eager_llm_peft.messages import Reporter
from eager_llm_peft.metrics_log import METRICS
from eager_llm_peft.own_updater import OwnUpdater
from eager_llm_peft.processes import Processes
from eager_llm_peft.run import run_job
from eager_llm_peft.stop import StopRequest

from .ranks import worker
from .tiny import ADAPTER, CONFIG, DEVICE, KIN, ROWS, tiny_model, write_tiny_job

ONE = Processes(0, 1, DEVICE)
#: Kernels of GPUs may add in any order.
EXACT = Processes(0, 1, torch.device("cpu"))


def train(
    job: Path, result: Path, stop: StopRequest | None = None, base: str | None = None, processes: Processes = ONE
) -> None:
    read = read_job(job)
    check_files(read)
    result.mkdir(exist_ok=True)
    stop = stop or StopRequest()
    run_job(read, result, base=base, processes=processes, report=Reporter(None), stop=stop, sharding="none")


def metrics(result: Path, part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (result / part / METRICS).read_text().splitlines()]


def losses(result: Path, part: str) -> list[float]:
    return [record["loss"] for record in metrics(result, part) if "loss" in record]


def test_a_small_model_learns_rows_by_heart(tmp_path: Path) -> None:
    train(write_tiny_job(tmp_path / "job", [{"epochs": 40, "dropout": 0}]), tmp_path / "result")
    found = losses(tmp_path / "result", "01-part1")
    assert found[0] > 2
    assert found[-1] < 0.6


def test_validation_leaves_out_what_the_job_says(tmp_path: Path) -> None:
    found = {}
    for name, excluded in {"all": None, "two": [[1, 2, 3], [], [2]]}.items():
        train(write_tiny_job(tmp_path / name, excluded=excluded), tmp_path / f"{name}-result")
        found[name] = metrics(tmp_path / f"{name}-result", "01-part1")[-1]
    # Four items for four beams: every target is found, unless it may not come; the first has no other beside it.
    assert found["all"]["validation/recall@10"] == 1
    assert found["two"]["validation/recall@10"] == pytest.approx(2 / 3)
    assert found["two"]["validation/ndcg@10"] >= (1 + 1 / math.log2(5)) / 3


class StopAt(StopRequest):
    """Asked to stop before the update of that number."""

    def __init__(self, update: int):
        super().__init__()
        self._left = update

    @property
    def asked(self) -> bool:
        self._left -= 1
        return self._left < 0


def test_training_that_is_interrupted_anywhere_ends_with_the_same_weights_and_metrics(tmp_path: Path) -> None:
    job = write_tiny_job(tmp_path / "job", [{"contrastive_weight": 0.1}, {**ADAPTER, "epochs": 2}])
    train(job, tmp_path / "whole", processes=EXACT)
    interruptions = 0
    for update in (1, 2, 3, 2):
        try:
            train(job, tmp_path / "parts", StopAt(update), processes=EXACT)
        except StoppedError:
            interruptions += 1
    assert interruptions >= 3
    train(job, tmp_path / "parts", processes=EXACT)
    for part in ("01-part1", "02-part2"):
        assert metrics(tmp_path / "parts", part) == metrics(tmp_path / "whole", part)
        whole, parts = (load_file(tmp_path / run / part / "model" / "model.safetensors") for run in ("whole", "parts"))
        assert all(torch.equal(value, parts[name]) for name, value in whole.items())
    assert not list((tmp_path / "parts").rglob("state.safetensors"))


def test_an_adapter_is_loaded_by_peft_and_gives_the_logits_of_the_merged_model(tmp_path: Path) -> None:
    train(write_tiny_job(tmp_path / "job", [{"epochs": 1}, {**ADAPTER, "epochs": 6}]), tmp_path / "result")
    base = AutoModelForCausalLM.from_pretrained(tmp_path / "result" / "01-part1" / "model")
    adapted = PeftModel.from_pretrained(base, str(tmp_path / "result" / "02-part2" / "adapter"))
    merged = AutoModelForCausalLM.from_pretrained(tmp_path / "result" / "02-part2" / "model")
    tokens = torch.tensor([ROWS[2]])
    torch.testing.assert_close(adapted(input_ids=tokens).logits, merged(input_ids=tokens).logits)


def test_max_steps_ends_the_training_there(tmp_path: Path) -> None:
    train(write_tiny_job(tmp_path / "job", [{"epochs": 2, "max_steps": 1}]), tmp_path / "result")
    outcome = json.loads((tmp_path / "result" / "01-part1" / "outcome.json").read_text())
    assert outcome["steps"] == 1


CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "in smaller passes": ({"micro_batch_tokens": 6}, {}),
    "packed": ({}, {"packing": True}),
    "with checkpointed activations": ({}, {"gradient_checkpointing": True}),
    "with eager attention": ({}, {"attention": "eager"}),
}


@pytest.mark.parametrize("tuning", ["full", "lora"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda name: name.replace(" ", "-"))
def test_the_way_of_computing_changes_no_loss(tmp_path: Path, change: str, tuning: str) -> None:
    stage = {"dropout": 0, "epochs": 2, **(ADAPTER if tuning == "lora" else {}), "lora_dropout": 0}
    if tuning == "full":
        del stage["lora_dropout"]
    settings, engine = CHANGES[change]
    train(write_tiny_job(tmp_path / "a", [stage]), tmp_path / "plain")
    train(write_tiny_job(tmp_path / "b", [{**stage, **settings}], engine), tmp_path / "changed")
    assert losses(tmp_path / "changed", "01-part1") == pytest.approx(losses(tmp_path / "plain", "01-part1"), abs=1e-4)


@pytest.mark.skipif(shutil.which("g++") is None, reason="torch compiles for processors with g++")
def test_a_compiled_model_has_the_same_losses(tmp_path: Path) -> None:
    # One way of tuning: a compilation takes a minute.
    stage = {**ADAPTER, "dropout": 0, "lora_dropout": 0, "epochs": 2}
    train(write_tiny_job(tmp_path / "a", [stage]), tmp_path / "plain")
    train(write_tiny_job(tmp_path / "b", [stage], {"torch_compile": True}), tmp_path / "compiled")
    assert losses(tmp_path / "compiled", "01-part1") == pytest.approx(losses(tmp_path / "plain", "01-part1"), abs=1e-4)


@pytest.mark.parametrize("tuning", ["full", "lora"])
def test_bfloat16_stays_near_float32(tmp_path: Path, tuning: str) -> None:
    stage = {"dropout": 0, "epochs": 2, **({**ADAPTER, "lora_dropout": 0} if tuning == "lora" else {})}
    train(write_tiny_job(tmp_path / "a", [stage]), tmp_path / "plain")
    train(write_tiny_job(tmp_path / "b", [stage], {"precision": "bfloat16"}), tmp_path / "changed")
    found, expected = losses(tmp_path / "changed", "01-part1"), losses(tmp_path / "plain", "01-part1")
    assert found == pytest.approx(expected, rel=0.1)
    assert found != expected


@pytest.mark.parametrize("bits", [4, 8])
def test_qlora_trains_and_merges_into_the_weights_as_they_were(tmp_path: Path, bits: int) -> None:
    pytest.importorskip("bitsandbytes")
    stage = {**ADAPTER, "tuning": "qlora", "quantization_bit": bits, "epochs": 10, "dropout": 0}
    train(write_tiny_job(tmp_path / "job", [stage]), tmp_path / "result")
    found = losses(tmp_path / "result", "01-part1")
    assert found[-1] < found[0]
    before = load_file(tmp_path / "job" / "model" / "model.safetensors")
    after = load_file(tmp_path / "result" / "01-part1" / "model" / "model.safetensors")
    name = "model.layers.0.self_attn.k_proj.weight"
    assert torch.equal(before[name], after[name])


def test_untied_heads_train_their_new_rows(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    tiny_model(tie_word_embeddings=False).save_pretrained(folder)
    config = json.loads((folder / "config.json").read_text())
    job = write_tiny_job(tmp_path / "job", [{**ADAPTER, "epochs": 4}], model=as_base(folder, config, tmp_path / "job"))
    train(job, tmp_path / "result")
    before = load_file(folder / "model.safetensors")
    after = load_file(tmp_path / "result" / "01-part1" / "model" / "model.safetensors")
    for name in ("model.embed_tokens.weight", "lm_head.weight"):
        assert torch.equal(before[name][:6], after[name][:6])
        assert not torch.equal(before[name][6:], after[name][6:])


def as_base(folder: Path, config: dict[str, Any], job: Path) -> dict[str, Any]:
    """The model settings of a job whose base is in `folder`; the rows from 9 on come with the job."""
    from .tiny import save

    names = ["model.embed_tokens.weight", *([] if config["tie_word_embeddings"] else ["lm_head.weight"])]
    save(job / "new-rows.safetensors", {name: torch.ones(2, 16) for name in names})
    return {"config": config, "base": str(folder), "base_rows": 11, "first_added_row": 9, "first_new_token": 6}


Break = Callable[[Path], object]
BROKEN: dict[str, tuple[Break, str]] = {
    "a cut file": (lambda job: (job / "catalogue.safetensors").write_bytes(b"12345678"), "job/damaged"),
    "another content": (lambda job: flip_last_byte(job / "vectors.safetensors"), "job/damaged"),
    "a missing shard": (lambda job: (job / "01-part1" / "rows" / "epoch-1.safetensors").unlink(), "job/damaged"),
    "no job": (lambda job: (job / "job.json").unlink(), "job/broken-file"),
    "half a job": (lambda job: (job / "job.json").write_text('{"schema_version": 1'), "job/broken-file"),
    "another version": (lambda job: (job / "job.json").write_text('{"schema_version": 2}'), "job/broken-file"),
}


def flip_last_byte(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


@pytest.mark.parametrize("name", BROKEN, ids=lambda name: name.replace(" ", "-"))
def test_a_broken_job_is_found_before_any_work(tmp_path: Path, name: str) -> None:
    job = write_tiny_job(tmp_path / "job")
    breaks, code = BROKEN[name]
    breaks(job)
    with pytest.raises(UserError) as caught:
        train(job, tmp_path / "result")
    assert caught.value.code == code
    assert caught.value.remedy


def test_a_base_of_another_vocabulary_is_refused_before_any_work(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    tiny_model(vocab_size=13).save_pretrained(folder)
    config = {**json.loads((folder / "config.json").read_text()), "vocab_size": 11}
    job = write_tiny_job(tmp_path / "job", [ADAPTER], model=as_base(folder, config, tmp_path / "job"))
    with pytest.raises(UserError, match="vocab_size is 13, the job was made for 11"):
        train(job, tmp_path / "result")
    with pytest.raises(UserError, match="not in this folder"):
        train(job, tmp_path / "result", base=str(tmp_path / "nowhere"))


def test_a_full_disk_is_found_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(UserError) as caught:
        train(write_tiny_job(tmp_path / "job"), tmp_path / "result")
    assert caught.value.code == "peft/disk-full"


def test_the_count_of_parameters_is_that_of_the_model() -> None:
    for change in ({}, {"tie_word_embeddings": False}, *KIN.values()):
        counted = sum(value.numel() for value in tiny_model(**change).parameters())
        assert LLAMA.parameter_count({**CONFIG, **change}) == counted


def test_training_that_diverges_says_what_to_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OwnUpdater, "update", lambda *_: float("nan"))
    with pytest.raises(UserError) as caught:
        train(write_tiny_job(tmp_path / "job"), tmp_path / "result")
    assert "learning_rate" in str(caught.value.remedy)


def test_a_mistake_ends_the_worker_with_1_and_a_bug_with_70(tmp_path: Path) -> None:
    job = write_tiny_job(tmp_path / "job", engine={"device": "cuda"})
    if torch.cuda.is_available():
        pytest.skip("there is a GPU here")
    assert worker(job, tmp_path / "result") == [1]
    failure = json.loads((tmp_path / "result" / "logs" / "failure-0.json").read_text())
    assert failure["error"]["code"] == "peft/no-gpu"
    # The command's device comes before the job's.
    assert worker(job, tmp_path / "result", "--device", "cpu") == [0]
