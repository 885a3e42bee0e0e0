"""Logits as PEFT itself computes them: '[{"base", "adapter", "out"}, …]' TOKEN…, for test/peft/."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eager_llm_peft.quick_imports import quick_imports

with quick_imports(None):
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    from eager_llm_peft.files import save_tensors

if __name__ == "__main__":
    asked, *tokens = sys.argv[1:]
    for folders in json.loads(asked):
        base = AutoModelForCausalLM.from_pretrained(folders["base"])
        model = PeftModel.from_pretrained(base, folders["adapter"]).eval()
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([[int(token) for token in tokens]])).logits[0]
        save_tensors(Path(folders["out"]), {"logits": logits})
