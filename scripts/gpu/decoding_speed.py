"""Users a second by the worker's beams, and by `generate` kept to the codes that exist beside it.

decoding_speed.py --job JOB --model FOLDER --out FIGURES.json [--device auto|cpu|cuda] [--beams 20] [--peer-users 64]

The prompts are those of the job's validation; `generate` takes some of them, padded on the left, in one batch.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import torch
from worker_steps import synchronise

from eager_llm_peft.build_model import load_network
from eager_llm_peft.catalogue import Catalogue
from eager_llm_peft.environment import device_for
from eager_llm_peft.files import load_tensors, write_json
from eager_llm_peft.job import EngineSettings
from eager_llm_peft.processes import Processes
from eager_llm_peft.recommend import recommend
from eager_llm_peft.rows import Ints, cut_rows
from eager_llm_peft.trained_model import TrainedModel
from eager_llm_peft.weights import whole_model


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--job", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--beams", type=int, default=20)
    parser.add_argument("--peer-users", type=int, default=64)
    arguments = parser.parse_args()
    engine = EngineSettings(arguments.device, "float32", "sdpa", False, False, False, 0)
    device = torch.device(device_for(engine))
    config = json.loads((arguments.model / "config.json").read_text("utf-8"))
    network = load_network(whole_model(arguments.model, config), engine, device).eval()
    if device.type == "cuda":
        network.to(torch.bfloat16)
    catalogue = Catalogue(load_tensors(arguments.job / "catalogue.safetensors"), device)
    prompts = cut_rows(load_tensors(arguments.job / "validation.safetensors"), "prompts", "prompt_offsets")
    own = _worker(network, catalogue, prompts, arguments.beams, device)
    figures: dict[str, Any] = {"users": len(prompts), "beams": arguments.beams, **own}
    write_json(arguments.out, {name: value for name, value in figures.items() if name != "first"})
    asked = prompts[: arguments.peer_users]
    peer = _generate(network, catalogue, asked, arguments.beams, device)
    same = sum(a == b for a, b in zip(own["first"], peer["first"], strict=False))
    del figures["first"]
    figures |= {
        "generate users/s": peer["users/s"],
        "generate users": len(asked),
        "same first code": round(same / len(asked), 3),
        "times": round(figures["users/s"] / peer["users/s"], 1),
    }
    write_json(arguments.out, figures)
    print(figures)
    return 0


def _worker(
    network: Any, catalogue: Catalogue, prompts: list[Ints], beams: int, device: torch.device
) -> dict[str, Any]:
    precision = "bfloat16" if device.type == "cuda" else "float32"
    model, alone = TrainedModel(network, {}, None, precision), Processes(0, 1, device)

    def search(asked: list[Ints]) -> Any:
        return recommend(model, catalogue, asked, num_beams=beams, max_tokens=32_768, processes=alone)

    search(prompts[:8])
    synchronise(device)
    begun = time.perf_counter()
    lists = search(prompts)
    synchronise(device)
    return {
        "users/s": round(len(prompts) / (time.perf_counter() - begun), 1),
        "first": [own[0][0] if own else [] for own in lists],
    }


def _generate(
    network: Any, catalogue: Catalogue, prompts: list[Ints], beams: int, device: torch.device
) -> dict[str, Any]:
    tokens = [own.tolist() for own in catalogue.code_tokens]
    codes = catalogue.codes.tolist()
    written = [tuple(tokens[level][digit] for level, digit in enumerate(code)) for code in codes]
    following: dict[tuple[int, ...], set[int]] = {}
    items: dict[tuple[int, ...], list[int]] = {}
    for item, code in enumerate(written):
        items.setdefault(code, []).append(item)
        for level, token in enumerate(code):
            following.setdefault(code[:level], set()).add(token)
    allowed = {beginning: sorted(each) for beginning, each in following.items()}
    longest = max(map(len, prompts))
    ids = torch.zeros((len(prompts), longest), dtype=torch.long)
    there = torch.zeros_like(ids)
    for row, prompt in enumerate(prompts):
        ids[row, longest - len(prompt) :] = torch.from_numpy(prompt)
        there[row, longest - len(prompt) :] = 1
    width = min(beams, len(items))
    with torch.no_grad():
        synchronise(device)
        begun = time.perf_counter()
        found = network.generate(
            input_ids=ids.to(device),
            attention_mask=there.to(device),
            max_new_tokens=catalogue.levels,
            num_beams=width,
            do_sample=False,
            length_penalty=0.0,
            renormalize_logits=True,
            eos_token_id=None,
            pad_token_id=0,
            prefix_allowed_tokens_fn=lambda _, beam: allowed.get(tuple(beam[longest:].tolist()), [0]),
        )
        synchronise(device)
        seconds = time.perf_counter() - begun
    first = [items.get(tuple(own[longest:].tolist()), []) for own in found]
    return {"users/s": round(len(prompts) / seconds, 1), "first": first}


if __name__ == "__main__":
    raise SystemExit(main())
