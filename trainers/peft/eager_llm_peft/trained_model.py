"""The model of a part with what trains beside it."""

from __future__ import annotations

import torch
from torch import nn

from .families.family import Network, PlantedTree, Reading, States
from .families.registry import family_of
from .rows import Ints, Row


def beside_name(parameter: str) -> str:
    """The name in a job of a parameter; those of the network itself keep theirs."""
    prefix = "beside."
    return parameter.removeprefix(prefix).replace("/", ".") if parameter.startswith(prefix) else parameter


class TrainedModel(nn.Module):
    """Everything that reads the weights goes through `forward`.

    So that weights which are shared out among processes are whole while a function of the model runs.
    """

    def __init__(
        self,
        network: Network,
        beside: dict[str, torch.Tensor],
        first_new_token: int | None,
        precision: str = "float32",
    ):
        super().__init__()
        self.network = network
        self.family = family_of({"model_type": network.config.model_type})
        #: What objectives train beside the network; modules take no names with dots.
        self.beside = nn.ParameterDict({name.replace(".", "/"): nn.Parameter(value) for name, value in beside.items()})
        #: Where trained rows begin; None where all rows are trained.
        self.first_new_token = first_new_token
        self._precision = precision

    def forward(self, function, *arguments):  # type: ignore[no-untyped-def]
        # Of matrix products; trained weights are float32 in any case.
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self._precision == "bfloat16"):
            return function(self, *arguments)

    def tensors_of(self, objective: str) -> dict[str, torch.Tensor]:
        """`OBJECTIVE.KEY.weight` by key."""
        names = [name.split("/") for name in self.beside]
        return {name[1]: self.beside["/".join(name)] for name in names if name[0] == objective}

    @property
    def device(self) -> torch.device:
        device: torch.device = self.network.device
        return device

    def read_rows(self, rows: list[Row], reading: Reading) -> States:
        return self.family.read_rows(self.network, rows, reading)

    def plant(self, prompts: list[Ints]) -> PlantedTree:
        return self.family.plant(self.network, prompts)

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """[states, vocabulary] in float32"""
        logits: torch.Tensor = self._head(states)
        return logits.float()

    def head_rows(self, tokens: torch.Tensor) -> torch.Tensor:
        """Rows of the head for tokens of codes, [tokens, hidden]."""
        head = self._head
        adapter = getattr(head, "token_adapter", None)
        if adapter is None or self.first_new_token is None:
            rows: torch.Tensor = head.weight[tokens]
        else:
            rows = adapter.trainable_tokens_delta["default"][tokens - self.first_new_token]
        return rows

    @property
    def _head(self) -> Network:
        return self.network.get_submodule(self.family.head_module)
