"""Do a GPU and other ways of computing give the loss and the gradients of a processor in float32?

agreement.py --job JOB --out FIGURES.json [--base-model FOLDER] [--device auto|cpu|cuda]

The processor's own are compared with those of the Node engine by the tests of the project. Packed, the contrast of a
job is left out on both sides: passes are cut otherwise, and each draws negatives of its own.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

import torch

from eager_llm_peft.environment import device_for
from eager_llm_peft.files import Tensors, write_json
from eager_llm_peft.first_update import first_update
from eager_llm_peft.job import EngineSettings, Job, check_files, read_job

#: The largest distance between all gradients, as a share of their size.
TOLERANCE = {"float32": 1e-3, "bfloat16": 0.15}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--job", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base-model")
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args()
    job = read_job(arguments.job)
    check_files(job)
    plain = EngineSettings("cpu", "float32", "sdpa", False, False, False, 0)
    device = device_for(dataclasses.replace(plain, device=arguments.device))
    ways = {
        f"{device} {precision}{', packed' if packing else ''}": dataclasses.replace(
            plain, device=device, precision=precision, packing=packing
        )
        for precision, packing in (("float32", False), ("float32", True), ("bfloat16", True))
    }
    has_contrast = job.stages[0].contrastive_weight > 0
    # Of a training with adapters only the first part can begin without the one before it.
    figures = []
    references: dict[bool, tuple[Tensors, float]] = {}
    for name, engine in ways.items():
        contrast = has_contrast and not engine.packing
        if contrast not in references:
            references[contrast] = first_update(_way(job, plain, contrast), 0, arguments.base_model)
        expected, loss = references[contrast]
        found, own_loss = first_update(_way(job, engine, contrast), 0, arguments.base_model)
        apart = _distance(expected, found)
        figures.append(
            {
                "way": f"{name}, without contrast" if has_contrast and not contrast else name,
                "loss": own_loss,
                "loss on a processor": loss,
                "gradients apart": apart,
                "passes": apart < TOLERANCE[engine.precision],
            }
        )
        print(figures[-1], flush=True)
    write_json(arguments.out, figures)
    return 0 if all(each["passes"] for each in figures) else 1


def _way(job: Job, engine: EngineSettings, contrast: bool) -> Job:
    """Draws of dropout differ between devices: without it."""
    change = {"dropout": 0, "lora_dropout": 0} | ({} if contrast else {"contrastive_weight": 0})
    stages = [dataclasses.replace(stage, **change) for stage in job.stages]
    return dataclasses.replace(job, engine=engine, stages=stages)


def _distance(expected: Tensors, found: Tensors) -> float:
    squares = [0.0, 0.0]
    for name, value in expected.items():
        squares[0] += _square(value - found[name].to(value.device))
        squares[1] += _square(value)
    return (squares[0] / squares[1]) ** 0.5


def _square(value: Any) -> float:
    return float(value.double().square().sum())


if __name__ == "__main__":
    # Products of float32 in float32, as on a processor.
    torch.backends.cuda.matmul.allow_tf32 = False
    raise SystemExit(main())
