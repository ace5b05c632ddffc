#!/usr/bin/env bash
# The commands of the documentation run as they stand, one page after the other, with the tiny model in place of the real one.
#   docs.sh [MODEL]      with this model instead, such as ~/.cache/sbert/all-MiniLM-L6-v2: to see what the pages show
. "$(dirname "$0")/common.bash"

# The tiny model with embeddings as wide as the real one's: the pages cut them.
widen() {
  copy_model "$1" "$model_dense"
  python3 - "$1" <<'END'
import json, pathlib, struct, sys
dense, size = pathlib.Path(sys.argv[1], "2_Dense"), 384 * 32 * 4
config = json.loads((dense / "config.json").read_text())
(dense / "config.json").write_text(json.dumps({**config, "out_features": 384, "bias": False}))
header = json.dumps({"linear.weight": {"dtype": "F32", "shape": [384, 32], "data_offsets": [0, size]}}).encode()
weights = [(i * 7919 % 1000 - 500) / 1000 for i in range(384 * 32)]
(dense / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + struct.pack(f"<{len(weights)}f", *weights))
END
}
if [ $# -gt 0 ]; then ln -s "$(realpath "$1")" served; else widen served; fi

# The pages name the model by its name on the Hub.
cached=$work/hub/models--sentence-transformers--all-MiniLM-L6-v2
mkdir -p "$cached/refs" "$cached/snapshots"
ln -s "$work/served" "$cached/snapshots/0"
printf 0 >"$cached/refs/main"
export HF_HUB_CACHE=$work/hub HF_HUB_OFFLINE=1

mkdir bin
ln -s "$(realpath "$sbert")" bin/sbert
export PATH=$work/bin:$PATH
cp -r "$tests_directory/../examples" .

# commands PAGE: what stands in its blocks of shell commands.
commands() {
  awk '/^```/ { inside = $0 == "```sh"; next } inside' "$tests_directory/../docs/$1.md"
}

# run PAGE [MODEL]; whoever asks for a token gets one.
run() {
  commands "$1" >"$1.sh"
  grep -q '^sbert ' "$1.sh" || die "docs/$1.md has no commands"
  bash -euo pipefail -x "$1.sh" >"$1.stdout" 2>"$1.stderr" <<<hf_alice_write || die "docs/$1.md: $(cat "$1.stderr")"
  if [ $# -gt 1 ]; then cat "$1.stdout" "$1.stderr"; fi
}

run training "$@"

mkdir -p stsb nli/triplet
for split in train validation test; do
  printf '%s\n' '{"sentence1": "a cat", "sentence2": "a kitten", "score": 0.9}' '{"sentence1": "a cat", "sentence2": "rain", "score": 0.1}' \
    >stsb/$split.jsonl
done
for split in train dev; do
  printf '{"anchor": "a %s", "positive": "the %s", "negative": "snow"}\n' cat cat dog dog car car >nli/triplet/$split.jsonl
done
printf -- '---\nconfigs:\n- config_name: triplet\n  data_files: [{split: train, path: triplet/train*}, {split: dev, path: triplet/dev*}]\n---\n' \
  >nli/README.md
start_hub --repo "model:sentence-transformers/all-MiniLM-L6-v2=$work/served" --repo "dataset:sentence-transformers/stsb=stsb" \
  --repo "dataset:sentence-transformers/all-nli=nli"
run hub "$@"
