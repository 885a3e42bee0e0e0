"""Logits of a T5 as transformers computes them: t5_logits.py FOLDER ADAPTER OUT SOURCE WRITTEN, lists of ids as JSON.

ADAPTER is "" for a plain model. FOLDER may be a T5's configuration as JSON instead: then the model is made by chance and
saved in OUT, for others to open; a head of its own stays so.
"""

import json
import sys
from pathlib import Path

import torch
from peft import PeftModel
from safetensors.torch import save_file
from transformers import T5Config, T5ForConditionalGeneration

folder, adapter, out, source, written = sys.argv[1:]
torch.manual_seed(1)
if folder.startswith("{"):
    config = json.loads(folder)
    model = T5ForConditionalGeneration(T5Config(**config))
    if not config["tie_word_embeddings"]:
        model.lm_head.weight = torch.nn.Parameter(torch.randn_like(model.lm_head.weight) / 4)
    model.save_pretrained(out)
else:
    model = T5ForConditionalGeneration.from_pretrained(folder)
    Path(out).mkdir(parents=True, exist_ok=True)
if adapter:
    model = PeftModel.from_pretrained(model, adapter)
model.eval()
tokens = {"input_ids": torch.tensor([json.loads(source)]), "decoder_input_ids": torch.tensor([json.loads(written)])}
with torch.no_grad():
    save_file({"logits": model(**tokens).logits[0].contiguous()}, Path(out) / "logits.safetensors")
