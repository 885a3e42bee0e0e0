"""Logits of T5s as transformers computes them: t5_logits.py '[{"model", "adapter", "out", "source", "written"}, …]'.

"adapter" is "" for a plain model. "model" is a folder, or a T5's configuration as JSON: then the model is made by chance
and saved in "out", for others to open; a head of its own stays so.
"""

import json
import sys
from pathlib import Path

from eager_llm_peft.quick_imports import quick_imports

with quick_imports(None):
    import torch
    from peft import PeftModel
    from safetensors.torch import save_file
    from transformers import T5Config, T5ForConditionalGeneration

for asked in json.loads(sys.argv[1]):
    out = Path(asked["out"])
    torch.manual_seed(1)
    if asked["model"].startswith("{"):
        config = json.loads(asked["model"])
        model = T5ForConditionalGeneration(T5Config(**config))
        if not config["tie_word_embeddings"]:
            model.lm_head.weight = torch.nn.Parameter(torch.randn_like(model.lm_head.weight) / 4)
        model.save_pretrained(out)
    else:
        model = T5ForConditionalGeneration.from_pretrained(asked["model"])
        out.mkdir(parents=True, exist_ok=True)
    if asked["adapter"]:
        model = PeftModel.from_pretrained(model, asked["adapter"])
    model.eval()
    tokens = {"input_ids": torch.tensor([asked["source"]]), "decoder_input_ids": torch.tensor([asked["written"]])}
    with torch.no_grad():
        save_file({"logits": model(**tokens).logits[0].contiguous()}, out / "logits.safetensors")
