#!/usr/bin/env bash
# Our downloads against a server of others: PyPI's olah, a mirror of the Hub, offline, in an environment of its own in
# ~/.cache/sbert. The command tested is build/release/sbert, or $SBERT_COMMAND.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. tools/setup.sh

sbert=${SBERT_COMMAND:-$PWD/build/release/sbert}
[ -x "$sbert" ] || fail "there is no $sbert; build it first"
command -v git >/dev/null || install_packages git
if ! python_environment olah "$here/clients/olah.txt"; then
  echo "could not get olah from PyPI: our downloads were not tried against it"
  exit
fi
export HF_HUB_DISABLE_XET=1 HF_HUB_DISABLE_PROGRESS_BARS=1 HF_HUB_DISABLE_TELEMETRY=1
unset HF_TOKEN HF_HUB_OFFLINE HF_HUB_CACHE
"$environment/bin/python" -B "$here/clients/mirror.py" "$sbert" tests/goldens/engine/model_dense
