"""The orchestrator's random streams (orchestrator/shared/random.ts), for what both engines have to draw alike.

xoshiro128** (Blackman and Vigna 2018), seeded by splitmix32 over a seed and labels.
"""

from __future__ import annotations

import numpy as np

_MASK = 0xFFFFFFFF


class RandomStream:
    """Equal seeds and labels give equal streams, here and there."""

    def __init__(self, seed: int, *labels: int | str):
        state = seed & _MASK
        for label in labels:
            state = _mix_label(state, str(label))
        words = []
        for _ in range(4):
            state, word = _splitmix32(state)
            words.append(word)
        self._a, self._b, self._c, self._d = words[0], words[1], words[2], words[3] or 1

    def uint32(self) -> int:
        """A uniform integer in [0, 2^32)."""
        b = self._b
        product = (b * 5) & _MASK
        result = (((product << 7) | (product >> 25)) * 9) & _MASK
        self._c ^= self._a
        self._d ^= b
        self._b = b ^ self._c
        self._a ^= self._d
        self._c ^= (b << 9) & _MASK
        self._d = ((self._d << 11) | (self._d >> 21)) & _MASK
        return result

    def integers(self, bound: int, count: int) -> list[int]:
        """Uniform integers in [0, bound)."""
        # bound * (word / 2^32), rounded down: exact in integers.
        return [(self.uint32() * bound) >> 32 for _ in range(count)]


def _splitmix32(state: int) -> tuple[int, int]:
    state = (state + 0x9E3779B9) & _MASK
    mixed = state ^ (state >> 16)
    mixed = (mixed * 0x21F0AAAD) & _MASK
    mixed ^= mixed >> 15
    mixed = (mixed * 0x735A2D97) & _MASK
    return state, mixed ^ (mixed >> 15)


def _mix_label(state: int, label: str) -> int:
    mixed = state ^ 0x811C9DC5
    # Code units of UTF-16, as charCodeAt gives them.
    for unit in np.frombuffer(label.encode("utf-16-le", "surrogatepass"), dtype="<u2").tolist():
        mixed = ((mixed ^ unit) * 0x01000193) & _MASK
    return _splitmix32(mixed)[1]
