# shellcheck shell=bash
# What every test of the command begins with:  . "$(dirname "$0")/common.bash"
# A test runs in an empty directory of its own and passes if it gets to its end. ctest sets SBERT to the command.
set -euo pipefail
export LC_ALL=C.UTF-8

tests_directory=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sbert=${SBERT:-$tests_directory/../build/release/sbert}
model=$tests_directory/goldens/engine/model
# shellcheck disable=SC2034  # used by the tests
model_dense=$tests_directory/goldens/engine/model_dense
work=$(mktemp -d)
# A test may have taken our right to write.
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work"

die() {
  echo "FAILED: $*" >&2
  exit 1
}

# ctest counts exit code 77 as skipped.
skip() {
  echo "skipped: $*"
  exit 77
}

# expect_fail STATUS PATTERN COMMAND...: the command must exit with STATUS, print nothing on stdout and one line on
# stderr: 'sbert: error: ...' matching PATTERN.
expect_fail() {
  local wanted=$1 pattern=$2 status=0
  shift 2
  "$@" >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
  [ "$status" -eq "$wanted" ] || die "exit $status instead of $wanted: $*: $(cat "$work/stderr")"
  [ ! -s "$work/stdout" ] || die "stdout is not empty: $*"
  [ "$(wc -l <"$work/stderr")" -eq 1 ] || die "stderr is not one line: $*: $(cat "$work/stderr")"
  grep -q '^sbert: error: ' "$work/stderr" || die "does not begin with 'sbert: error: ': $(cat "$work/stderr")"
  grep -Eq -- "$pattern" "$work/stderr" || die "'$pattern' is not in: $(cat "$work/stderr")"
  rm -f "$work/stdout" "$work/stderr"
}

# A copy of the tiny model to damage.
copy_model() {
  cp -r "${2:-$model}" "$1"
  chmod -R u+w "$1"
}

# damage FILE SED-EXPRESSION: edits bytes in place; a test must not pass because it changed nothing.
damage() {
  LC_ALL=C sed -i.before "$2" "$1"
  if cmp -s "$1" "$1.before"; then die "$2 changed nothing in $1"; fi
  rm "$1.before"
}

write_pairs() {
  cat <<'END'
{"a": "A man is playing a guitar.", "b": "A person plays music", "score": 0.8}
{"a": "the cat sleeps", "b": "a dog is running", "score": 0.2}
{"a": "cold rain in the night", "b": "snow and dark sky", "score": 0.6}
{"a": "red car", "b": "the large blue mountain river", "score": 0.0}
END
}

# train_tiny OUTPUT FLAG...: a few steps on four pairs.
train_tiny() {
  local output=$1
  shift
  write_pairs >pairs.jsonl
  "$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --batch-size 2 \
    --epochs 2 --lr 1e-3 --output "$output" --quiet "$@"
}

# start_hub ARGUMENT...: a Hub on 127.0.0.1 (tests/hub/server), which ends with the test; an empty cache, nobody logged in.
start_hub() {
  coproc hub { exec python3 -B "$tests_directory/hub/server" "$@"; }
  local line
  read -r line <&"${hub[0]}"
  line=${line#*'"endpoint": "'}
  HF_ENDPOINT=${line%%'"'*}
  export HF_ENDPOINT HF_HOME=$work/hf
  unset HF_TOKEN HF_HUB_CACHE HF_HUB_OFFLINE http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
}

# hub_control PATH [JSON]: plans a fault, asks for the log: see tests/hub/server.
hub_control() {
  python3 -c 'import sys, urllib.request
data = sys.argv[2].encode() if len(sys.argv) > 2 else None
print(urllib.request.urlopen(sys.argv[1], data).read().decode())' "$HF_ENDPOINT/_test/$1" "${@:2}"
}

# hub_requests: "hub GET /api/models/... bytes=7-" one a line; the last is the Range header, if there is one.
hub_requests() {
  hub_control log | python3 -c 'import json, sys
for request in json.load(sys.stdin)["requests"]:
  print(request["role"], request["method"], request["target"], request["headers"].get("range", ""))'
}
