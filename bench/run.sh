#!/usr/bin/env bash
# Compares us with Python sentence-transformers on this machine, in one run: speed, memory, accuracy. Ten minutes on two quiet
# cores, and the download of the Python side the first time.
#
#   bench/run.sh [mpnet] [--rounds N] [--steps N] ...     writes build/bench/results.md and results.json
#
# With all-MiniLM-L6-v2, or with all-mpnet-base-v2 (438 MB to download; writes build/bench/mpnet/).
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/setup.sh

install_packages "${build_packages[@]}" wordnet-base
fetch_libraries
build_preset release
model=$cache_directory/all-MiniLM-L6-v2 work=build/bench
if [ "${1:-}" = mpnet ]; then
  shift
  model=$cache_directory/all-mpnet-base-v2 work=build/bench/mpnet
  bench/fetch_mpnet.sh "$model"
  set -- --texts 1000 --batch-size 32 --steps 12 --measure encode mnrl sts "$@"
else
  fetch_model "$model"
fi
data=build/bench/data
[ -f "$data/train.jsonl" ] || examples/reverse-dictionary/make_dataset.sh "$data"
python=$(tests/interop/reference_python.sh)
"$python" -B bench/compare.py --sbert build/release/sbert --model "$model" --data "$data" --work "$work" "$@"
