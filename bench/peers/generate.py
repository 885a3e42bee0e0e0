"""Constrained beams by transformers.generate, the peer of bench/decode.ts.

generate.py SETTINGS.json, a file that bench/decode.ts writes; prints one JSON object.
"""

import json
import resource
import sys
import time

import torch
from transformers import AutoModelForCausalLM


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    torch.set_num_threads(settings["threads"])
    model = AutoModelForCausalLM.from_pretrained(settings["model"], dtype=torch.float32).eval()
    following: dict[tuple[int, ...], list[int]] = {}
    for code in settings["codes"]:
        for at, token in enumerate(code):
            following.setdefault(tuple(code[:at]), []).append(token)
    allowed = {prefix: sorted(set(tokens)) for prefix, tokens in following.items()}

    def search(prompt: list[int]) -> list[int]:
        ids = torch.tensor([prompt])
        start = len(prompt)
        found = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=settings["levels"],
            num_beams=settings["beams"],
            num_return_sequences=settings["beams"],
            do_sample=False,
            length_penalty=0.0,
            renormalize_logits=True,
            eos_token_id=None,
            pad_token_id=0,
            prefix_allowed_tokens_fn=lambda _, beam: allowed.get(tuple(beam[start:].tolist()), [0]),
        )
        return found[0, start:].tolist()

    with torch.no_grad():
        search(settings["prompts"][0])
        started = time.perf_counter()
        first = [search(prompt) for prompt in settings["prompts"]]
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"users_per_s": len(first) / seconds, "first": first, "peak_mb": peak}))


if __name__ == "__main__":
    main()
