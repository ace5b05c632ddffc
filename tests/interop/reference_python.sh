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
environment=$cache_directory/venv-$(sha256sum "$here/requirements.txt" | cut -c 1-12)
if [ ! -f "$environment/complete" ]; then
  {
    echo "making $environment with what $here/requirements.txt names; this is done once"
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv
    rm -rf "$environment"
    mkdir -p "$cache_directory"
    python3 -m venv "$environment"
    # Later versions of the same environment would be other files; pip's own cache would keep every wheel twice.
    "$environment/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir -r "$here/requirements.txt"
    touch "$environment/complete"
  } >&2
fi
echo "$environment/bin/python"
