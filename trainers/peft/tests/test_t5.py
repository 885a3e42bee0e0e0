"""T5 as transformers computes it: logits, losses, beams, and training from start to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional
from transformers import AutoModelForSeq2SeqLM

from eager_llm_peft.catalogue import Catalogue
from eager_llm_peft.errors import UserError
from eager_llm_peft.families.family import Reading
from eager_llm_peft.families.registry import family_of
from eager_llm_peft.families.t5 import T5
from eager_llm_peft.loss import LossSettings, pass_loss
from eager_llm_peft.objectives.next_token import NextToken
from eager_llm_peft.processes import Processes
from eager_llm_peft.random_stream import RandomStream
from eager_llm_peft.recommend import recommend
from eager_llm_peft.rows import Row, rows_of
from eager_llm_peft.trained_model import TrainedModel

from .test_train import losses, metrics, train
from .tiny import (
    ADAPTER,
    CODE_TOKENS,
    CODES,
    ROWS,
    SOURCES,
    T5_CONFIG,
    catalogue_tensors,
    row_table,
    tiny_t5,
    write_tiny_job,
)

CPU = torch.device("cpu")
T5_MODEL = {"config": T5_CONFIG}
T5_ADAPTER = {**ADAPTER, "lora_target_modules": ["q", "v", "wo"]}


def paired_rows() -> list[Row]:
    return rows_of(row_table(ROWS, sources=SOURCES))


def labels(row: Row) -> dict[str, torch.Tensor]:
    return {"input_ids": torch.tensor(row.source)[None], "labels": torch.tensor(row.target)[None]}


@pytest.mark.parametrize("change", [{}, {"tie_word_embeddings": False}], ids=["tied", "untied"])
def test_logits_and_losses_are_those_of_transformers(change: dict[str, Any]) -> None:
    rows, network = paired_rows(), tiny_t5(**change)
    model = TrainedModel(network, {}, None)
    states = model.read_rows(rows, Reading(False, "sdpa", False))
    alone = 0.0
    for row, start in zip(rows, states.starts.tolist(), strict=True):
        output = network(**labels(row))
        first = start + row.source_length - 1
        found = model.logits(states.values[first : first + len(row.target)])
        torch.testing.assert_close(found, output.logits[0], atol=1e-4, rtol=1e-4)
        alone += float(output.loss) * row.loss_weight
    settings = LossSettings(packing=False, attention="sdpa", objectives=[NextToken()])
    together = pass_loss(model, rows, settings.totals(rows), lambda name: RandomStream(0, name), settings)
    assert float(together) == pytest.approx(alone / sum(row.loss_weight for row in rows), rel=1e-5)


def test_the_state_behind_a_token_is_the_one_that_has_read_it() -> None:
    rows, network = paired_rows(), tiny_t5()
    model = TrainedModel(network, {}, None)
    states = model.read_rows(rows, Reading(False, "sdpa", True))
    for row, start in zip(rows, states.starts.tolist(), strict=True):
        written = torch.tensor([0, *row.target.tolist()])[None]
        logits = network(input_ids=torch.tensor(row.source)[None], decoder_input_ids=written).logits[0, -1]
        behind = states.values[start + len(row.tokens) - 1]
        torch.testing.assert_close(model.logits(behind[None])[0], logits, atol=1e-4, rtol=1e-4)


def brute_force(network: Any, prompt: list[int]) -> list[tuple[list[int], float]]:
    """log p of every code: its digits, each among those that can follow the digits before it."""
    found = []
    for item, code in enumerate(CODES):
        score, written = 0.0, [0]
        for level, digit in enumerate(code):
            tokens = {"input_ids": torch.tensor([prompt]), "decoder_input_ids": torch.tensor([written])}
            logits = network(**tokens).logits[0, -1].double()
            allowed = sorted({other[level] for other in CODES if other[:level] == code[:level]})
            own = functional.log_softmax(logits[[CODE_TOKENS[level][each] for each in allowed]], 0)
            score += float(own[allowed.index(digit)])
            written.append(CODE_TOKENS[level][digit])
        found.append(([item], score))
    return sorted(found, key=lambda each: -each[1])


@pytest.mark.parametrize("max_tokens", [5, 64])
def test_wide_beams_find_every_code_in_the_order_of_its_probability(max_tokens: int) -> None:
    network, prompts = tiny_t5(), [[1, 2], [3], [1, 4, 5, 2, 2, 3, 4, 1, 5, 5], [5, 5]]
    lists = recommend(
        TrainedModel(network, {}, None),
        Catalogue(catalogue_tensors(), CPU),
        [np.array(prompt) for prompt in prompts],
        num_beams=9,
        max_tokens=max_tokens,
        processes=Processes(0, 1, CPU),
    )
    for prompt, own in zip(prompts, lists, strict=True):
        expected = brute_force(network, prompt)
        assert [items for items, _ in own] == [items for items, _ in expected]
        assert [score for _, score in own] == pytest.approx([score for _, score in expected], abs=1e-4)


def test_deep_beams_have_the_logits_of_each_by_itself() -> None:
    network, prompts = tiny_t5(), [[1, 2, 3], [4]]
    model = TrainedModel(network, {}, None)
    with torch.no_grad():
        tree = model.plant([np.array(prompt) for prompt in prompts])
        tree.grow(torch.tensor([[0, 0], [0, 0]]), torch.tensor([[6, 7], [7, 9]]))
        tree.grow(torch.tensor([[1, 0, 1], [0, 1, 1]]), torch.tensor([[8, 9, 10], [1, 2, 3]]))
        tree.grow(torch.tensor([[2, 1], [0, 2]]), torch.tensor([[1, 2], [3, 4]]))
        written = [[[7, 10, 1], [6, 9, 2]], [[7, 1, 3], [9, 3, 4]]]
        for prompt, beams, states in zip(prompts, written, tree.states, strict=True):
            for beam, state in zip(beams, states, strict=True):
                tokens = {"input_ids": torch.tensor([prompt]), "decoder_input_ids": torch.tensor([[0, *beam]])}
                expected = network(**tokens).logits[0, -1]
                torch.testing.assert_close(model.logits(state[None])[0], expected, atol=1e-4, rtol=1e-4)


def test_dropout_stands_where_the_node_engine_has_it() -> None:
    network = tiny_t5()
    T5.add_dropout(network, 0.25)
    dropping = [name for name, module in network.named_modules() if isinstance(module, nn.Dropout) and module.p > 0]
    blocks = [f"encoder.block.{block}.layer.{layer}.dropout" for block in range(2) for layer in range(2)]
    blocks += [f"decoder.block.{block}.layer.{layer}.dropout" for block in range(3) for layer in range(3)]
    assert sorted(dropping) == sorted([*blocks, "encoder.dropout", "decoder.dropout"])


def test_the_count_of_parameters_is_that_of_the_model() -> None:
    for tied in (True, False):
        network = tiny_t5(tie_word_embeddings=tied)
        counted = sum(value.numel() for value in network.parameters())
        assert T5.parameter_count({**T5_CONFIG, "tie_word_embeddings": tied}) == counted


@pytest.mark.parametrize("engine", [{}, {"gradient_checkpointing": True}, {"attention": "eager"}], ids=str)
def test_full_tuning_and_an_adapter_learn_and_leave_what_peft_loads(tmp_path: Path, engine: dict[str, Any]) -> None:
    plain = {"epochs": 8, "learning_rate": 0.003, "dropout": 0}
    stages = [{**plain, "contrastive_weight": 0.1}, {**plain, **T5_ADAPTER, "lora_dropout": 0}]
    train(write_tiny_job(tmp_path / "job", stages, engine, model=T5_MODEL), tmp_path / "result")
    for part in ("01-part1", "02-part2"):
        found = losses(tmp_path / "result", part)
        assert sum(found[-2:]) < sum(found[:2])
        assert metrics(tmp_path / "result", part)[-1]["validation/recall@10"] == 1
    base = AutoModelForSeq2SeqLM.from_pretrained(tmp_path / "result" / "01-part1" / "model")
    adapted = PeftModel.from_pretrained(base, str(tmp_path / "result" / "02-part2" / "adapter"))
    merged = AutoModelForSeq2SeqLM.from_pretrained(tmp_path / "result" / "02-part2" / "model")
    row = labels(paired_rows()[2])
    torch.testing.assert_close(adapted(**row).logits, merged(**row).logits, atol=1e-4, rtol=1e-4)


def test_a_head_of_its_own_is_trained_and_stays_its_own(tmp_path: Path) -> None:
    model = {"config": {**T5_CONFIG, "tie_word_embeddings": False}}
    train(write_tiny_job(tmp_path / "job", [{"epochs": 2}], model=model), tmp_path / "result")
    before = load_file(tmp_path / "job" / "model" / "model.safetensors")
    after = load_file(tmp_path / "result" / "01-part1" / "model" / "model.safetensors")
    assert before.keys() == after.keys()
    for name in ("shared.weight", "lm_head.weight"):
        assert not torch.equal(before[name], after[name])
    assert not torch.equal(after["shared.weight"], after["lm_head.weight"])


@pytest.mark.parametrize("bits", [4, 8])
def test_qlora_trains_and_merges_into_the_weights_as_they_were(tmp_path: Path, bits: int) -> None:
    pytest.importorskip("bitsandbytes")
    plain = {"epochs": 8, "learning_rate": 0.003, "dropout": 0, "lora_dropout": 0}
    stage = {**T5_ADAPTER, **plain, "tuning": "qlora", "quantization_bit": bits}
    train(write_tiny_job(tmp_path / "job", [stage], model=T5_MODEL), tmp_path / "result")
    found = losses(tmp_path / "result", "01-part1")
    assert sum(found[-2:]) < sum(found[:2])
    before = load_file(tmp_path / "job" / "model" / "model.safetensors")
    after = load_file(tmp_path / "result" / "01-part1" / "model" / "model.safetensors")
    assert before.keys() == after.keys()
    name = "encoder.block.0.layer.0.SelfAttention.k.weight"
    assert torch.equal(before[name], after[name])


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "packing": ({"packing": True}, {}, "peft.packing"),
    "flash attention": ({"attention": "flash_attention_2"}, {}, "peft.attention"),
    "adapters beside a head of its own": ({}, {"tie_word_embeddings": False}, "adapters are not trained"),
}


@pytest.mark.parametrize("name", REFUSED, ids=lambda name: name.replace(" ", "-"))
def test_what_a_t5_does_not_do_is_refused_before_any_work(tmp_path: Path, name: str) -> None:
    engine, change, says = REFUSED[name]
    model = {"config": {**T5_CONFIG, **change}}
    with pytest.raises(UserError, match=says):
        train(write_tiny_job(tmp_path / "job", [T5_ADAPTER], engine, model), tmp_path / "result")


def test_a_family_that_nobody_knows_is_named() -> None:
    supported = "model_type is bart, but the PyTorch engine supports llama, qwen2, qwen3, smollm3, t5"
    with pytest.raises(UserError, match=supported):
        family_of({"model_type": "bart"})
