"""Command lines of the worker."""

from __future__ import annotations

import argparse

_DEVICES = ["auto", "cpu", "cuda"]
_SHARDING = "share weights out among the processes, by PyTorch or by DeepSpeed's ZeRO-3"


def parse_arguments(values: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eager_llm_peft",
        description="Trains a job that eager-llm made; nothing of Node is needed here.",
        epilog="example: python -m eager_llm_peft train --job job --result result",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    train = commands.add_parser("train", help="train every part of a job; an interrupted one goes on")
    _job(train)
    train.add_argument("--result", required=True, help="folder for what is made; goes back to `eager-llm adopt`")
    train.add_argument("--sharding", choices=["none", "fsdp", "deepspeed"], default="none", help=_SHARDING)
    train.add_argument("--device", choices=_DEVICES, help="where it computes, instead of where the job says")
    train.add_argument("--end-with-parent", action="store_true", help="end when standard input closes")

    decode = commands.add_parser("decode", help="lists of items for prompts")
    decode.add_argument("--catalogue", required=True, help="catalogue.safetensors of a job")
    decode.add_argument("--model", required=True, help="folder of a trained model")
    decode.add_argument("--num-beams", type=int, default=20)
    decode.add_argument("--max-tokens", type=int, default=8192, help="of one pass, padding included")
    decode.add_argument("--device", choices=_DEVICES, default="auto")
    decode.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    decode.add_argument("--prompts", help="safetensors with prompts [T] and prompt_offsets [N + 1]")
    decode.add_argument("--out", help="a line of JSON for each prompt; without both, pairs of them are read as JSON")

    gradients = commands.add_parser("gradients", help="loss and gradients of a part's first update, to compare engines")
    _job(gradients)
    gradients.add_argument("--part", type=int, default=0, help="number of the part, from 0")
    gradients.add_argument("--out", required=True, help="safetensors file")

    commands.add_parser("environment", help="versions, GPUs and precisions, as JSON")
    return parser.parse_args(values)


def _job(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--job", required=True, help="folder with job.json")
    parser.add_argument("--base-model", help="folder of the base model, where it is not where the job says")
