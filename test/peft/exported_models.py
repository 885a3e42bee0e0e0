"""What Python makes of exports: exported_models.py '{"prompts", "max_tokens", "exports": [{"folder", "base", "card"}, …]}'.

Prints for each export its greedy answers [[answer ids], …] and what the code of its model card prints. "base" is "" for a
merged model; else the folder that holds an adapter's base.
"""

import io
import json
import os
import sys
from contextlib import redirect_stdout

from eager_llm_peft.quick_imports import quick_imports

with quick_imports(None):
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer


def greedy_answers(folder, base, prompts, max_tokens):
    model = AutoModelForCausalLM.from_pretrained(base or folder)
    if base:
        model.resize_token_embeddings(len(AutoTokenizer.from_pretrained(folder)), mean_resizing=False)
        model = PeftModel.from_pretrained(model, folder)
    model.eval()
    answers = []
    for prompt in prompts:
        ids = torch.tensor([prompt])
        whole = model.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=max_tokens, do_sample=False
        )
        answers.append(whole[0, len(prompt) :].tolist())
    return answers


def printed_by(card, folder):
    os.chdir(folder)
    with redirect_stdout(io.StringIO()) as printed:
        exec(card, {"__name__": "__main__"})
    return printed.getvalue()


asked = json.loads(sys.argv[1])
found = [
    {
        "answers": greedy_answers(each["folder"], each["base"], asked["prompts"], asked["max_tokens"]),
        "printed": printed_by(each["card"], each["folder"]),
    }
    for each in asked["exports"]
]
print(json.dumps(found))
