"""Logits and gradients of decoders as transformers computes them: kin_logits.py TOKENS '[{"model", "out"}, …]'.

"model" is a folder, or a configuration as JSON: then the model is made by chance, with biases and norms far from what they
begin as, and saved in "out". The gradients are those of the summed loss of every token but the first.
"""

import json
import sys
from pathlib import Path

from eager_llm_peft.quick_imports import quick_imports

with quick_imports(None):
    import torch
    from safetensors.torch import save_file
    from transformers import AutoConfig, AutoModelForCausalLM

tokens = torch.tensor([json.loads(sys.argv[1])])
for asked in json.loads(sys.argv[2]):
    out = Path(asked["out"])
    torch.manual_seed(1)
    if asked["model"].startswith("{"):
        model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**json.loads(asked["model"])))
        with torch.no_grad():
            for name, value in model.named_parameters():
                value.add_(torch.randn_like(value) / (2 if value.dim() == 1 else 4))
        model.save_pretrained(out)
    else:
        model = AutoModelForCausalLM.from_pretrained(asked["model"])
        out.mkdir(parents=True, exist_ok=True)
    model.eval()
    found = model(input_ids=tokens, labels=tokens)
    (found.loss * (tokens.shape[1] - 1)).backward()
    gradients = {name: value.grad for name, value in model.named_parameters()}
    save_file({"logits": found.logits[0].detach().contiguous(), **gradients}, out / "computed.safetensors")
