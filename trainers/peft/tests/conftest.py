"""One thread: the models are tiny, and threads that wait for each other are slow on a busy machine."""

from __future__ import annotations

import os

#: For the processes that tests start.
os.environ["OMP_NUM_THREADS"] = "1"

import torch

torch.set_num_threads(1)
