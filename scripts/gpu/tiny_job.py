"""A tiny job to try everything with where none was brought: tiny_job.py FOLDER

It is the one of the worker's tests: a LLaMA of two layers, its full tuning with contrast and an adapter.
"""

import sys
from pathlib import Path

from tests.tiny import ADAPTER, write_tiny_job

# Passes are cut otherwise where they are packed.
contrasted = {"epochs": 2, "contrastive_weight": 0.1, "micro_batch_tokens": 9}
write_tiny_job(Path(sys.argv[1]), [contrasted, {**ADAPTER, "epochs": 2}], engine={"device": "auto"})
