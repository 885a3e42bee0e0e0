"""Logits of a base with an adapter, as PEFT itself computes them: BASE ADAPTER OUT TOKEN…, for test/peft/."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM

from eager_llm_peft.files import save_tensors

if __name__ == "__main__":
    base, adapter, out, *tokens = sys.argv[1:]
    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), adapter).eval()
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([[int(token) for token in tokens]])).logits[0]
    save_tensors(Path(out), {"logits": logits})
