#!/usr/bin/env bash
# Is the Hub of our tests one? The official clients upload to it and download from it: huggingface_hub as it is now and as
# it was before 1.0, and, where node is present, npm's @huggingface/hub. Each in an environment of its own in ~/.cache/sbert.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. tools/setup.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/gated"
echo '{}' >"$work/gated/config.json"
export HF_HOME=$work/hf HF_HUB_DISABLE_XET=1 HF_HUB_DISABLE_PROGRESS_BARS=1 HF_HUB_DISABLE_TELEMETRY=1
unset HF_TOKEN HF_HUB_OFFLINE HF_HUB_CACHE

# against_server COMMAND...: with a fresh server, which has to be content with what it was asked.
against_server() {
  coproc hub { exec python3 -B "$here/server" --multipart-size 200000 --page-size 2 --repo "model:acme/gated=$work/gated,gated"; }
  local line server=$!
  read -r line <&"${hub[0]}"
  line=${line#*'"endpoint": "'}
  export HF_ENDPOINT=${line%%'"'*}
  "$@"
  python3 -c 'import json, sys, urllib.request
wrong = json.load(urllib.request.urlopen(sys.argv[1] + "/_test/log"))["violations"]
sys.exit("\n".join(wrong) or 0)' "$HF_ENDPOINT"
  eval "exec ${hub[1]}>&-"
  wait "$server"
}

for version in current old; do
  python_environment "hub-$version" "$here/clients/$version.txt"
  against_server "$environment/bin/python" -B "$here/clients/roundtrip.py"
done

if ! command -v npm >/dev/null; then
  echo "no npm here: the JavaScript client was not tried"
  exit
fi
environment=$cache_directory/hub-js-$(sha256sum "$here/clients/package.json" | cut -c 1-12)
if [ ! -f "$environment/complete" ]; then
  mkdir -p "$environment"
  cp "$here/clients/package.json" "$environment"
  (cd "$environment" && npm install --silent --no-audit --no-fund)
  touch "$environment/complete"
fi
cp "$here/clients/roundtrip.mjs" "$environment"
against_server node "$environment/roundtrip.mjs"
