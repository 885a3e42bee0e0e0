"""Lists of items for prompts in files: once, or as they are asked for on standard input."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

from .build_model import load_network
from .catalogue import Catalogue
from .environment import device_for
from .errors import UserError
from .files import load_tensors, write_text
from .job import EngineSettings
from .processes import Processes
from .recommend import recommend
from .rows import cut_rows
from .trained_model import TrainedModel
from .weights import whole_model


def decode(arguments: argparse.Namespace) -> None:
    """Without `--prompts` and `--out`, each line of standard input names both, and is answered when it is done."""
    engine = EngineSettings(arguments.device, arguments.precision, "sdpa", False, False, False, 0)
    device = torch.device(device_for(engine))
    catalogue = Catalogue(load_tensors(Path(arguments.catalogue)), device)
    model = _load(Path(arguments.model), engine, device, catalogue)
    if arguments.prompts and arguments.out:
        _decode_file(model, catalogue, Path(arguments.prompts), Path(arguments.out), arguments)
        return
    _say({"ready": str(device)})
    for line in sys.stdin:
        request = json.loads(line)
        _decode_file(model, catalogue, Path(request["prompts"]), Path(request["out"]), arguments)
        _say({"done": request["out"]})


def _load(folder: Path, engine: EngineSettings, device: torch.device, catalogue: Catalogue) -> TrainedModel:
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            "model/no-config",
            f"config.json cannot be read: {error}",
            place=str(folder),
            remedy="Give the folder of a trained model: 06-training/model of a run.",
        ) from error
    highest = max(int(tokens.max()) for tokens in catalogue.code_tokens)
    if highest >= config["vocab_size"]:
        raise UserError(
            "decoding/mismatch",
            f"the codes have tokens up to {highest}, the model knows {config['vocab_size']}",
            place=str(folder),
            remedy="Use the model and the codes of one run.",
        )
    network = load_network(whole_model(folder, config), engine, device)
    if engine.precision == "bfloat16":
        network.to(torch.bfloat16)
    return TrainedModel(network, {}, None, engine.precision)


def _decode_file(
    model: TrainedModel, catalogue: Catalogue, prompts: Path, out: Path, arguments: argparse.Namespace
) -> None:
    tensors = load_tensors(prompts)
    lists = recommend(
        model,
        catalogue,
        cut_rows(tensors, "prompts", "prompt_offsets"),
        num_beams=arguments.num_beams,
        max_tokens=arguments.max_tokens,
        processes=Processes(0, 1, catalogue.items.device),
        excluded=cut_rows(tensors, "excluded", "excluded_offsets") if "excluded" in tensors else None,
    )
    lines = [json.dumps([{"items": items, "score": score} for items, score in own]) for own in lists]
    write_text(out, "".join(f"{line}\n" for line in lines))


def _say(message: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
