"""The LoRA steps of bench/train.ts in PyTorch and PEFT: same weights, same rows, same optimiser.

train_lora.py SETTINGS.json, a file that bench/train.ts writes; prints one JSON object.
"""

import json
import resource
import statistics
import sys
import time
from contextlib import nullcontext

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    torch.set_num_threads(settings["threads"])
    half = settings["dtype"] == "bfloat16"
    dtype = torch.bfloat16 if half else torch.float32
    started = time.perf_counter()
    base = AutoModelForCausalLM.from_pretrained(settings["base"], dtype=dtype, attn_implementation="sdpa")
    base.config.use_cache = False
    model = PeftModel.from_pretrained(base, settings["adapter"], is_trainable=True)
    model.train()
    trained = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": [w for n, w in trained if "lora_" in n], "weight_decay": settings["weight_decay"]},
            {"params": [w for n, w in trained if "lora_" not in n], "weight_decay": 0.0},
        ],
        lr=settings["learning_rate"],
        betas=(settings["beta1"], settings["beta2"]),
        eps=1e-8,
    )
    loaded = time.perf_counter() - started
    rows = load_file(settings["rows"])["tokens"].long()
    seconds: list[float] = []
    losses: list[float] = []
    for ids in rows:
        started = time.perf_counter()
        with torch.autocast("cpu", dtype=torch.bfloat16) if half else nullcontext():
            loss = model(input_ids=ids, labels=ids).loss
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([w for _, w in trained], settings["max_grad_norm"])
        optimiser.step()
        losses.append(loss.item())
        seconds.append(time.perf_counter() - started)
    step = statistics.median(seconds[settings["warmup"] :])
    print(
        json.dumps(
            {
                "tokens_per_s": round(rows[0].numel() / step, 1),
                "step_ms": round(1000 * step, 1),
                "first_loss": round(losses[0], 4),
                "final_loss": round(losses[-1], 4),
                "load_s": round(loaded, 2),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
