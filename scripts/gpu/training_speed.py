"""Tokens a second, memory and MFU of training steps by the worker, and by transformers' Trainer with PEFT beside it.

training_speed.py --out FIGURES.json [--shapes SmolLM2-135M,Llama-3-8B] [--seconds 500] [--device cpu|cuda] [--compile]

Both train the same rows from the same weights, the worker with packed rows, the Trainer with padded ones, as it does by
itself. Each figure is written when it is there, so that a call that is cut off keeps what it has measured.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import torch
from shapes import SHAPES, Case, Shape, made_up_rows, products_of_weights
from trainer_steps import trainer_steps
from worker_steps import worker_steps

from eager_llm_peft.environment import device_for
from eager_llm_peft.files import write_json
from eager_llm_peft.job import EngineSettings
from eager_llm_peft.memory import is_out_of_memory

#: Dense products in bfloat16 a second, as the vendor says.
PEAK = {"H100 PCIe": 756e12, "H100": 989e12, "H200": 989e12, "A100": 312e12, "L40S": 362e12, "L4": 121e12}
#: Trains a case: seconds of the timed updates, tokens in them, and the losses of all.
Steps = Callable[[Case], tuple[float, int, list[float]]]
WAYS: dict[str, Steps] = {
    "worker": worker_steps,
    "Trainer": trainer_steps,
    "worker, compiled": partial(worker_steps, torch_compile=True),
}
#: Updates that are not timed, and that are.
UPDATES = {"cpu": (1, 3), "cuda": (3, 10)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shapes")
    parser.add_argument("--seconds", type=float, default=500, help="no case is begun after that")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--compile", action="store_true", help="also with torch.compile, on a processor too")
    arguments = parser.parse_args()
    engine = EngineSettings(arguments.device, "float32", "sdpa", False, False, False, 0)
    device = torch.device(device_for(engine))
    on_gpu = device.type == "cuda"
    shapes = (arguments.shapes or ("SmolLM2-135M,Llama-3.2-1B,Llama-3-8B" if on_gpu else "tiny")).split(",")
    begun, figures = time.monotonic(), []
    for name, tuning, way in cases(shapes, compiled=on_gpu or arguments.compile):
        case = {"model": name, "tuning": tuning, "way": way}
        left = arguments.seconds - (time.monotonic() - begun)
        measured = measure(WAYS[way], SHAPES[name], tuning, device) if left > 0 else {"note": "no time was left"}
        figures.append(case | measured)
        print(figures[-1], flush=True)
        write_json(arguments.out, figures)
    # Nothing measured at all is a failure; a model that does not fit is a figure.
    return 0 if any("tokens/s" in each for each in figures) else 1


def cases(shapes: list[str], *, compiled: bool) -> list[tuple[str, str, str]]:
    """What is measured, in its order: compiling takes minutes, so it comes when all else is there."""
    plain, slow = ["worker", "Trainer"], ["worker, compiled"] if compiled else []
    return [
        (name, tuning, way) for ways in (plain, slow) for name in shapes for tuning in ("lora", "full") for way in ways
    ]


def measure(steps: Steps, shape: Shape, tuning: str, device: torch.device) -> dict[str, Any]:
    warmup, timed = UPDATES[device.type]
    precision = "bfloat16" if device.type == "cuda" else "float32"
    rows = made_up_rows(shape, warmup + timed)
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats()
    try:
        with tempfile.TemporaryDirectory() as folder:
            seconds, tokens, losses = steps(Case(shape, tuning, rows, warmup, device, precision, Path(folder)))
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        return {"note": "does not fit"}
    finally:
        gc.collect()
        if device.type == "cuda":
            torch.cuda.empty_cache()
    speed = tokens / seconds
    figures = {"tokens/s": round(speed), "loss": losses}
    if device.type == "cuda":
        figures["peak GB"] = round(torch.cuda.max_memory_allocated() / 1e9, 1)
        share = mfu(shape, tuning, speed)
        if share is not None:
            figures["MFU"] = round(share, 3)
    return figures


def mfu(shape: Shape, tuning: str, speed: float) -> float | None:
    """Products with weights alone: forwards, for the inputs' gradients, and for those of weights that are trained."""
    name = torch.cuda.get_device_name()
    peak = next((value for key, value in PEAK.items() if key in name), None)
    per_weight = 6 if tuning == "full" else 4
    return None if peak is None else per_weight * products_of_weights(shape.config) * speed / peak


if __name__ == "__main__":
    raise SystemExit(main())
