#!/usr/bin/env bash
# Prints the path of a Python that has requirements.txt installed, making its virtual environment where there is none yet
# (PyTorch brings its CUDA libraries along: 6 GB on disk).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. tools/setup.sh

if [ -n "${SBERT_REFERENCE_PYTHON:-}" ]; then
  echo "$SBERT_REFERENCE_PYTHON"
  exit
fi
python_environment venv "$here/requirements.txt" >&2
echo "$environment/bin/python"
