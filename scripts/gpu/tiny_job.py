"""A tiny job to try everything with where none was brought: tiny_job.py FOLDER

It is the one of the worker's tests: a LLaMA of two layers, its full tuning and an adapter.
"""

import sys
from pathlib import Path

from tests.tiny import ADAPTER, write_tiny_job

write_tiny_job(Path(sys.argv[1]), [{"epochs": 2}, {**ADAPTER, "epochs": 2}], engine={"device": "auto"})
