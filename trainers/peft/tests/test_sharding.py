"""Several processes train what one does, however they share the weights out."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from eager_llm_peft.build_model import build_model, trainables
from eager_llm_peft.check_sharding import check_sharding
from eager_llm_peft.errors import UserError
from eager_llm_peft.job import read_job
from eager_llm_peft.metrics_log import METRICS
from eager_llm_peft.optimiser import MOMENTS
from eager_llm_peft.processes import Processes, join_processes
from eager_llm_peft.state import STATE
from eager_llm_peft.updater import updater_for
from eager_llm_peft.weights import first_model

from .ranks import ranks, worker
from .test_t5 import T5_ADAPTER, T5_MODEL
from .test_train import losses, metrics, train
from .tiny import ADAPTER, write_tiny_job

needs_deepspeed = pytest.mark.skipif(
    importlib.util.find_spec("deepspeed") is None,
    reason="DeepSpeed is not installed (pip install -r requirements-deepspeed.txt)",
)
DEEPSPEED = pytest.param("deepspeed", marks=needs_deepspeed)
TWO = Processes(0, 2, torch.device("cpu"))


def weights(result: Path, part: str) -> dict[str, torch.Tensor]:
    return load_file(result / part / "model" / "model.safetensors")


@pytest.mark.parametrize("sharding", ["none", "fsdp", DEEPSPEED])
def test_two_processes_train_what_one_does(tmp_path: Path, sharding: str) -> None:
    stages = [
        {"contrastive_weight": 0.1, "gradient_accumulation_steps": 2, "micro_batch_tokens": 6, "dropout": 0},
        {**ADAPTER, "epochs": 2, "micro_batch_tokens": 6, "dropout": 0},
    ]
    job = write_tiny_job(tmp_path / "job", stages)
    train(job, tmp_path / "one")
    assert worker(job, tmp_path / "two", "--sharding", sharding, processes=2) == [0, 0]
    for part in ("01-part1", "02-part2"):
        assert losses(tmp_path / "two", part) == pytest.approx(losses(tmp_path / "one", part), abs=1e-4)
        two = weights(tmp_path / "two", part)
        for name, value in weights(tmp_path / "one", part).items():
            torch.testing.assert_close(two[name], value, atol=1e-3, rtol=1e-3)


@pytest.mark.parametrize("sharding", ["fsdp", DEEPSPEED])
def test_two_processes_train_a_t5_as_one_does(tmp_path: Path, sharding: str) -> None:
    stages = [
        {"contrastive_weight": 0.1, "micro_batch_tokens": 8, "dropout": 0},
        {**T5_ADAPTER, "lora_dropout": 0, "dropout": 0},
    ]
    job = write_tiny_job(tmp_path / "job", stages, model=T5_MODEL)
    train(job, tmp_path / "one")
    assert worker(job, tmp_path / "two", "--sharding", sharding, processes=2) == [0, 0]
    for part in ("01-part1", "02-part2"):
        assert losses(tmp_path / "two", part) == pytest.approx(losses(tmp_path / "one", part), abs=1e-4)


#: Settings of a part, and what its rows are, so that one of two processes has nothing for an objective.
UNEVEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "contrast": ({"contrastive_weight": 0.1, "gradient_accumulation_steps": 2}, {"summaries": [0, 1, 2]}),
    "next-token": ({"digit_softmax": "legal", "micro_batch_tokens": 4}, {"events": True}),
}


@pytest.mark.parametrize("name", UNEVEN)
@pytest.mark.parametrize("sharding", ["fsdp", DEEPSPEED])
def test_a_process_whose_rows_have_nothing_for_an_objective_takes_part(
    tmp_path: Path, sharding: str, name: str
) -> None:
    stage, rows = UNEVEN[name]
    job = write_tiny_job(tmp_path / "job", [{**stage, "epochs": 2, "dropout": 0}], **rows)
    train(job, tmp_path / "one")
    assert worker(job, tmp_path / "two", "--sharding", sharding, processes=2) == [0, 0]
    assert losses(tmp_path / "two", "01-part1") == pytest.approx(losses(tmp_path / "one", "01-part1"), abs=1e-4)


@needs_deepspeed
@pytest.mark.parametrize("tuning", ["full", "lora"])
def test_deepspeed_computes_in_bfloat16_and_keeps_no_activations(tmp_path: Path, tuning: str) -> None:
    stage = {"dropout": 0, "epochs": 2, **({**ADAPTER, "lora_dropout": 0} if tuning == "lora" else {})}
    engine = {"precision": "bfloat16", "gradient_checkpointing": True}
    job = write_tiny_job(tmp_path / "job", [stage], engine)
    train(job, tmp_path / "one")
    assert worker(job, tmp_path / "two", "--sharding", "deepspeed", processes=2) == [0, 0]
    assert losses(tmp_path / "two", "01-part1") == pytest.approx(losses(tmp_path / "one", "01-part1"), rel=0.01)


@needs_deepspeed
def test_deepspeed_goes_on_after_a_kill_as_if_nothing_had_been(tmp_path: Path) -> None:
    stages = [{"epochs": 8, "contrastive_weight": 0.1}, {**ADAPTER, "epochs": 8}]
    job = write_tiny_job(tmp_path / "job", stages)
    assert worker(job, tmp_path / "whole", "--sharding", "deepspeed", processes=2) == [0, 0]
    parts = tmp_path / "parts"
    for part in ("01-part1", "02-part2"):
        begun = parts / part / STATE

        def amid(part: str = part, begun: Path = begun) -> bool:
            return begun.exists() and (parts / part / METRICS).read_text().count('"loss"') >= 5

        assert worker(job, parts, "--sharding", "deepspeed", processes=2, killed_when=amid) == [-9, -9]
        assert begun.exists()
    assert worker(job, parts, "--sharding", "deepspeed", processes=2) == [0, 0]
    for part in ("01-part1", "02-part2"):
        assert metrics(parts, part) == metrics(tmp_path / "whole", part)
        found = weights(parts, part)
        assert all(torch.equal(value, found[name]) for name, value in weights(tmp_path / "whole", part).items())


@needs_deepspeed
def test_one_process_goes_on_with_the_state_of_two(tmp_path: Path) -> None:
    job = write_tiny_job(tmp_path / "job", [{"epochs": 8, "dropout": 0}])
    train(job, tmp_path / "one")
    begun = tmp_path / "two" / "01-part1" / STATE
    options = ("--sharding", "deepspeed")
    assert worker(job, tmp_path / "two", *options, processes=2, killed_when=begun.exists) == [-9, -9]
    train(job, tmp_path / "two")
    assert losses(tmp_path / "two", "01-part1") == pytest.approx(losses(tmp_path / "one", "01-part1"), abs=1e-4)


def hold(folder: Path, sharding: str) -> None:
    """In each process: what goes whole into a model that is shared out comes out as it was."""
    processes = join_processes("cpu")
    job = read_job(folder)
    model = build_model(job, job.stages[0], first_model(job, None), processes.device)
    whole = {name: value.detach().clone() for name, value in trainables(model).items()}
    updater = updater_for(model, job.stages[0], processes, sharding)
    # Behind the last value of each come zeros.
    held = sum(value.ds_tensor.numel() for value in trainables(model).values())  # type: ignore[attr-defined]
    count = sum(value.numel() for value in whole.values())
    assert held < count / processes.count + len(whole)
    assert {name: value.shape for name, value in whole.items()} == updater.shapes
    doubled = {name: value * 2 for name, value in whole.items()}
    updater.put_values(doubled)
    assert all(torch.equal(value, doubled[name]) for name, value in updater.values().items())
    moments = {f"{moment}/{name}": value / 2 for name, value in whole.items() for moment in MOMENTS}
    updater.put_moments(3, moments)
    updates, found = updater.moments()
    assert updates == 3 and found.keys() == moments.keys()
    assert all(torch.equal(value, moments[name]) for name, value in found.items())
    updater.close()


@needs_deepspeed
def test_deepspeed_leaves_each_process_its_part_of_the_weights(tmp_path: Path) -> None:
    job = write_tiny_job(tmp_path / "job", [{"contrastive_weight": 0.1}])
    assert ranks(hold, job, "deepspeed", processes=3) == [0, 0, 0]


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "deepspeed", None)
    job = read_job(write_tiny_job(tmp_path / "job"))
    with pytest.raises(UserError, match="is not installed") as caught:
        check_sharding("deepspeed", job, TWO)
    assert "requirements-deepspeed.txt" in str(caught.value.remedy)
    # One process has nothing to share out.
    check_sharding("deepspeed", job, Processes(0, 1, torch.device("cpu")))


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "qlora": ({**ADAPTER, "tuning": "qlora", "quantization_bit": 4}, {}),
    "torch_compile": ({}, {"torch_compile": True}),
}


@needs_deepspeed
@pytest.mark.parametrize("name", REFUSED)
def test_what_deepspeed_does_not_do_here_is_refused_before_any_work(tmp_path: Path, name: str) -> None:
    stage, engine = REFUSED[name]
    with pytest.raises(UserError, match=name):
        check_sharding("deepspeed", read_job(write_tiny_job(tmp_path / "job", [stage], engine)), TWO)
