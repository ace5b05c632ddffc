#!/usr/bin/env bash
# A model comes from the Hub into the cache; commands find it there, and the next time nobody is asked.
. "$(dirname "$0")/common.bash"

mkdir -p repo/onnx
cp -r "$model_dense"/. repo
head -c 3000000 /dev/zero >repo/onnx/model.onnx
echo weights >repo/pytorch_model.bin
start_hub --repo "model:acme/tiny=repo,branch=v1.0" --repo "model:sentence-transformers/small=repo" --repo "model:old=repo"

directory=$("$sbert" pull acme/tiny 2>notes)
grep -q 'leaves 2 files (3 MB) for other programs, such as onnx/model.onnx' notes || die "$(cat notes)"
[ "$directory" = "$HF_HOME/hub/models--acme--tiny/snapshots/$(cat "$HF_HOME/hub/models--acme--tiny/refs/main")" ]
[ -L "$directory/config.json" ]
[ ! -e "$directory/onnx" ]
echo 'the cat sleeps' >texts.txt
"$sbert" encode --model "$model_dense" --input texts.txt --output expected.npy
HF_ENDPOINT=http://127.0.0.1:9 "$sbert" encode --model acme/tiny --input texts.txt --output cached.npy
cmp expected.npy cached.npy

"$sbert" pull acme/tiny --all --quiet >again 2>notes
[ ! -s notes ]
cmp repo/onnx/model.onnx "$(cat again)/onnx/model.onnx"

# A MODEL that is not there comes by itself: names without an owner, with a revision.
"$sbert" encode --model small --input texts.txt --output bare.npy 2>/dev/null
"$sbert" encode --model old --input texts.txt --output old.npy 2>/dev/null
"$sbert" encode --model acme/tiny@v1.0 --input texts.txt --output revision.npy 2>/dev/null
for name in bare old revision; do cmp expected.npy $name.npy; done
[ -f "$HF_HOME/hub/models--acme--tiny/refs/v1.0" ]
"$sbert" info small | grep -q "$HF_HOME/hub/models--sentence-transformers--small"

# What only Python asked for of a model is not all of it.
rm -r "$directory/2_Dense"
"$sbert" encode --model acme/tiny --input texts.txt --output healed.npy 2>/dev/null
cmp expected.npy healed.npy

hub_control reset '{}'
HF_HUB_OFFLINE=1 "$sbert" pull small
expect_fail 1 'HF_HUB_OFFLINE is set' env HF_HUB_OFFLINE=1 "$sbert" pull acme/other
expect_fail 1 'no such directory.*HF_HUB_OFFLINE is set' env HF_HUB_OFFLINE=1 "$sbert" info acme/other
[ -z "$(hub_requests)" ] || die "asked: $(hub_requests)"
expect_fail 1 'no model acme/other at http.*sbert login' "$sbert" info acme/other
expect_fail 1 'acme/tiny has no such branch' "$sbert" pull acme/tiny@v9
expect_fail 1 'no such directory, and no name' "$sbert" info ./missing
expect_fail 1 '127.0.0.1:9.*HF_ENDPOINT' env HF_ENDPOINT=http://127.0.0.1:9 "$sbert" pull acme/tiny
touch file
expect_fail 1 'file/hub/.*cannot create: Not a directory; HF_HOME' env HF_HOME="$PWD/file" "$sbert" pull acme/tiny
expect_fail 1 'is no model: it has neither modules.json nor config.json' "$sbert" info "$HF_HOME"
