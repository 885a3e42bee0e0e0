"""Greedy answers of an export: greedy_answers.py FOLDER BASE MAX_TOKENS '[[prompt ids], …]'; prints [[answer ids], …].

BASE is "" for a merged model; else the folder that holds an adapter's base.
"""

import json
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

folder, base, max_tokens, prompts = sys.argv[1:]
model = AutoModelForCausalLM.from_pretrained(base or folder)
if base:
    model.resize_token_embeddings(len(AutoTokenizer.from_pretrained(folder)), mean_resizing=False)
    model = PeftModel.from_pretrained(model, folder)
model.eval()
answers = []
for prompt in json.loads(prompts):
    ids = torch.tensor([prompt])
    whole = model.generate(
        input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=int(max_tokens), do_sample=False
    )
    answers.append(whole[0, len(prompt) :].tolist())
print(json.dumps(answers))
