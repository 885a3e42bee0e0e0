"""Asks an MLflow server with its own client what it has of the runs of an experiment; prints it as JSON."""

import json
import sys
import tempfile
from pathlib import Path

from mlflow import MlflowClient

given = json.loads(sys.argv[1])
client = MlflowClient(tracking_uri=given["url"])
experiment = client.get_experiment_by_name(given["experiment"])


def history(run_id: str, key: str) -> list[list[float]]:
    return [[point.step, point.value, point.timestamp] for point in client.get_metric_history(run_id, key)]


def files_of(run_id: str, path: str | None = None) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in client.list_artifacts(run_id, path):
        if entry.is_dir:
            found |= files_of(run_id, entry.path)
        else:
            with tempfile.TemporaryDirectory() as folder:
                found[entry.path] = Path(client.download_artifacts(run_id, entry.path, folder)).read_text()
    return found


print(
    json.dumps(
        {
            run.info.run_name: {
                "id": run.info.run_id,
                "status": run.info.status,
                "tags": run.data.tags,
                "params": run.data.params,
                "metrics": {key: history(run.info.run_id, key) for key in run.data.metrics},
                "files": files_of(run.info.run_id),
            }
            for run in client.search_runs([experiment.experiment_id])
        }
    )
)
