"""Rows, passes and their layout."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from eager_llm_peft.families.family import Reading
from eager_llm_peft.families.llama import LLAMA
from eager_llm_peft.families.llama_layout import attention_mask, lay_out
from eager_llm_peft.job import read_job
from eager_llm_peft.loss import LossSettings, pass_loss
from eager_llm_peft.objectives.next_token import NextToken
from eager_llm_peft.random_stream import RandomStream
from eager_llm_peft.rows import micro_batches, passes_of, rows_of
from eager_llm_peft.trained_model import TrainedModel

from .tiny import ROWS, row_table, tiny_model, write_tiny_job

CPU = torch.device("cpu")


def test_micro_batches_go_on_anywhere(tmp_path: Path) -> None:
    job = read_job(write_tiny_job(tmp_path))
    shards = job.stages[0].shards[0]
    tokens = [[row.tokens.tolist() for row in batch] for batch in micro_batches(job, shards, 0)]
    assert tokens == [ROWS[:3], ROWS[3:]]
    assert [[row.tokens.tolist() for row in batch] for batch in micro_batches(job, shards, 1)] == tokens[1:]


def test_passes_hold_at_most_so_many_tokens_and_a_longer_row_goes_alone() -> None:
    rows = rows_of(row_table([[1] * length + [6, 8] for length in (1, 2, 2, 4, 8, 19, 3)]))
    padded = [[len(row.tokens) - 1 for row in own] for own in passes_of(rows, LLAMA.lengths, 10, packing=False)]
    assert padded == [[2, 3, 3], [5], [9], [20], [4]]
    packed = [[len(row.tokens) - 1 for row in own] for own in passes_of(rows, LLAMA.lengths, 10, packing=True)]
    assert packed == [[2, 3, 3], [5], [9], [20], [4]]
    assert [len(own) for own in passes_of(rows[:3], LLAMA.lengths, 8, packing=True)] == [3]
    assert [len(own) for own in passes_of(rows[:3], LLAMA.lengths, 8, packing=False)] == [2, 1]


def test_packed_rows_do_not_see_each_other() -> None:
    rows = rows_of(row_table(ROWS))
    layout = lay_out(rows, packing=True, whole_rows=False, device=CPU)
    mask = attention_mask(layout, torch.float32)
    assert mask is not None
    for query in range(mask.shape[2]):
        seen = (mask[0, 0, query] == 0).nonzero().flatten().tolist()
        own = int(layout.positions[0, query])
        assert seen == list(range(query - own, query + 1))


@pytest.mark.parametrize("contrast", [False, True])
def test_packed_and_padded_rows_have_the_same_states(contrast: bool) -> None:
    rows = rows_of(row_table(ROWS))
    model = TrainedModel(tiny_model(), {}, None)
    states = []
    for packing in (False, True):
        found = model.read_rows(rows, Reading(packing, "sdpa", contrast))
        lengths = [len(row.tokens) - (0 if contrast else 1) for row in rows]
        states.append(torch.cat([found.values[a : a + n] for a, n in zip(found.starts.tolist(), lengths, strict=True)]))
    torch.testing.assert_close(states[0], states[1])


def test_the_loss_is_that_of_each_row_by_itself() -> None:
    rows = rows_of(row_table(ROWS))
    model = TrainedModel(tiny_model(), {}, None)
    settings = LossSettings(packing=True, attention="sdpa", objectives=[NextToken()])
    together = pass_loss(model, rows, settings.totals(rows), lambda name: RandomStream(0, name), settings)
    alone = 0.0
    for row in rows:
        output = model.network(input_ids=torch.tensor(row.tokens)[None], labels=torch.tensor(row.tokens)[None])
        alone += float(output.loss) * row.loss_weight
    assert float(together) == pytest.approx(alone / sum(row.loss_weight for row in rows), rel=1e-5)
