"""Lists of items for blocks of users, as a Ray Data job."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .cluster import Share, cluster, share_out
from .errors import SentError, UserError
from .messages import Messages

#: A block whose worker ended is given to another once.
_TRIES_AGAIN = 1


def write_lists(folder: Path, messages: Messages) -> None:
    """Tells of each block when it is done; throws a UserError for the first that cannot be."""
    job: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
    with cluster(job["address"], job["workers"]):
        share = share_out(job["workers"])
        share = Share(min(share.workers, len(_blocks(folder))), share.cpus, share.nodes)
        messages.send({"type": "workers", "workers": share.workers, "cpus": share.cpus, "machines": share.nodes})
        for row in _decoded(folder, job, share):
            if row["note"]:
                messages.send({"type": "note", "text": row["note"]})
            if row["error"]:
                raise SentError(json.loads(row["error"]))
            messages.send({"type": "block", "number": row["number"], "rows": row["rows"]})


def _decoded(folder: Path, job: dict[str, Any], share: Share) -> Iterator[dict[str, Any]]:
    import ray

    blocks = _blocks(folder)
    try:
        if ray.util.client.ray.is_connected():
            yield from _decoded_from_afar(blocks, job, share)
        else:
            yield from decode_blocks(blocks, job, share)
    except ray.exceptions.RayActorError as error:
        raise UserError(
            "ray/worker-died",
            f"a worker of Ray ended twice with the same users: {str(error).splitlines()[0]}",
            remedy="Most likely its machine ran out of memory: take fewer --workers."
            " The same command goes on behind the finished parts.",
        ) from error


def _decoded_from_afar(blocks: list[dict[str, Any]], job: dict[str, Any], share: Share) -> Iterator[dict[str, Any]]:
    """Ray Data does not work through Ray's client: an actor of the cluster drives it."""
    import ray

    driver = ray.remote(num_cpus=0)(Driver).remote(blocks, job, share)
    while True:
        try:
            row = ray.get(driver.next.remote())
        except ray.exceptions.RayTaskError as error:
            raise error.cause from None
        if row is None:
            return
        yield row


class Driver:
    """The rows of all blocks, one with each call."""

    def __init__(self, blocks: list[dict[str, Any]], job: dict[str, Any], share: Share) -> None:
        self._rows = decode_blocks(blocks, job, share)

    def next(self) -> dict[str, Any] | None:
        return next(self._rows, None)


def decode_blocks(blocks: list[dict[str, Any]], job: dict[str, Any], share: Share) -> Iterator[dict[str, Any]]:
    """The rows of blocks as they are done, in any order."""
    import ray.data

    from .node_worker import NodeWorker

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    lists = ray.data.from_items(blocks, override_num_blocks=len(blocks)).map_batches(
        NodeWorker,
        fn_constructor_args=[job["command"], {**job["order"], "threads": share.cpus}],
        batch_size=None,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=share.workers, max_tasks_in_flight_per_actor=2),
        num_cpus=share.cpus,
        max_restarts=-1,
        max_task_retries=_TRIES_AGAIN,
    )
    for batch in lists.iter_batches(batch_size=None, batch_format="pyarrow"):
        yield from batch.to_pylist()


def _blocks(folder: Path) -> list[dict[str, Any]]:
    with (folder / "blocks.jsonl").open(encoding="utf-8") as lines:
        return [{"number": number, "ids": json.dumps(ids)} for number, ids in map(json.loads, lines)]
