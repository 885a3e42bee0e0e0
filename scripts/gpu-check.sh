#!/usr/bin/env bash
# What the PyTorch engine does on a machine with a GPU, for a bare one: no network, no Node; Python with torch, transformers,
# peft, accelerate and safetensors. Without a GPU it takes tiny shapes by itself.
#
#   scripts/gpu-check.sh --out gpu-result [--job JOB] [--base-model FOLDER] [--only abcd] [--device auto|cpu|cuda]
#
#   a  the worker's tests, if pytest is there; loss and gradients of the job's first update, on the device
#   b  tokens a second, memory and MFU of LoRA and full steps, beside transformers' Trainer with PEFT
#   c  the whole job: OUT/result, which `eager-llm adopt RUN OUT/result` takes back; called again, it goes on
#   d  lists for all prompts of the job, users a second, beside `generate`
#   e  always: the tables for docs/performance.md, printed and in OUT/table.md
#
# JOB is a folder that `eager-llm job RUN JOB` made. A step takes at most --seconds (540), all of them --total (840).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=${EAGER_LLM_PYTHON:-python3}
out='' job='' base='' steps=abcd device=auto seconds=540 total=840 shapes=''
while [ $# -gt 0 ]; do
  # The head of this file, without its marks.
  [[ $1 != -h && $1 != --help ]] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit; }
  [ $# -ge 2 ] || { echo "$1 needs a value" >&2; exit 2; }
  case $1 in
    --out) out=$2 ;;
    --job) job=$2 ;;
    --base-model) base=$2 ;;
    --only) steps=$2 ;;
    --device) device=$2 ;;
    --seconds) seconds=$2 ;;
    --total) total=$2 ;;
    --shapes) shapes=$2 ;;
    *) echo "$1 is no option; the top of $0 has them all" >&2; exit 2 ;;
  esac
  shift 2
done
[ -n "$out" ] || { echo "--out FOLDER is missing" >&2; exit 2; }
mkdir -p "$out"
out=$(cd "$out" && pwd)

worker=$here/trainers/peft
export PYTHONPATH=$worker:$here/scripts/gpu HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 TOKENIZERS_PARALLELISM=false
base_option=()
[ -z "$base" ] || base_option=(--base-model "$base")
if [ -z "$job" ]; then
  job=$out/tiny-job
  [ -f "$job/job.json" ] || "$python" "$here/scripts/gpu/tiny_job.py" "$job"
fi

failed=()
# Runs a step within what is left of both limits; a failed one does not keep the others from running.
step() {
  local name=$1 left=$((total - SECONDS)) status=0
  shift
  [ "$left" -le "$seconds" ] || left=$seconds
  if [ "$left" -lt 10 ]; then
    echo "$name: no time was left"
    failed+=("$name")
    return
  fi
  echo "== $name, at most $left s"
  timeout --signal=TERM --kill-after=20 "$left" "$@" >"$out/$name.log" 2>&1 || status=$?
  tail -n 20 "$out/$name.log"
  [ "$status" -eq 0 ] || { failed+=("$name"); echo "== $name ended with status $status: $out/$name.log"; }
}
wanted() { [[ $steps == *$1* ]]; }

if wanted a; then
  if ! "$python" -c 'import pytest' 2>/dev/null; then
    echo "== a-tests: skipped: no pytest here; where it is: pip download pytest -d wheels, and here:" \
      "$python -m pip install --no-index --find-links wheels pytest"
  elif [ "$device" != cpu ]; then
    EAGER_LLM_TEST_DEVICE=$device step a-tests "$python" -m pytest -q --rootdir "$worker" -c "$worker/pyproject.toml" "$worker/tests"
  fi
  step a-agreement "$python" "$here/scripts/gpu/agreement.py" --job "$job" --out "$out/agreement.json" \
    --device "$device" "${base_option[@]}"
fi
if wanted b; then
  left=$((total - SECONDS))
  [ "$left" -le "$seconds" ] || left=$seconds
  shapes_option=()
  [ -z "$shapes" ] || shapes_option=(--shapes "$shapes")
  # A case that has begun may take a while.
  step b-training "$python" "$here/scripts/gpu/training_speed.py" --out "$out/training.json" --device "$device" \
    --seconds $((left * 2 / 3)) "${shapes_option[@]}"
fi
if wanted c; then
  step c-job "$python" -m eager_llm_peft train --job "$job" --result "$out/result" --device "$device" "${base_option[@]}"
  # The worker prints into the result's own logs.
  "$python" "$here/scripts/gpu/end_of_training.py" "$out/result" | tee -a "$out/c-job.log"
fi
if wanted d; then
  model=$(find "$out" -mindepth 3 -maxdepth 3 -type d -path "$out/result/*/model" | sort | tail -n 1)
  if [ -n "$model" ]; then
    step d-decoding "$python" "$here/scripts/gpu/decoding_speed.py" --job "$job" --model "$model" \
      --out "$out/decoding.json" --device "$device"
  else
    echo "== d-decoding needs a model: run step c first"
    failed+=(d-decoding)
  fi
fi
"$python" "$here/scripts/gpu/table.py" "$out" | tee "$out/table.md"
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]}" >&2
  exit 1
fi
