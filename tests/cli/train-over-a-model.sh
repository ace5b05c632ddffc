#!/usr/bin/env bash
# Saving over another model: what only that one has goes, what is not the model's stays, also in `.` and in modules' directories.
. "$(dirname "$0")/common.bash"

# Files of another model, and of others.
mkdir -p out/1_Pooling out/2_Dense out/notes out/onnx
echo '[{"idx":0,"path":"","type":"x.Transformer"},{"idx":2,"path":"2_Dense","type":"x.Dense"},{"path":"odd"}]' >out/modules.json
mkdir out/odd
for file in vocab.txt merges.txt spiece.model pytorch_model.bin model-00001-of-00002.safetensors adapter_config.json \
  model.safetensors.index.json sentence_roberta_config.json 2_Dense/config.json 2_Dense/pytorch_model.bin odd/config.json \
  onnx/model.onnx; do
  echo stale >out/$file
done
for file in mine.txt data.bin 1_Pooling/mine.txt notes/config.json notes/model.safetensors onnx/mine.txt; do
  echo mine >out/$file
done
train_tiny out
train_tiny fresh
if grep -rlx stale out; then die "stale files"; fi
[ "$(cd out && grep -rlx mine . | sort | tr '\n' ' ')" = './1_Pooling/mine.txt ./data.bin ./mine.txt ./notes/config.json ./notes/model.safetensors ./onnx/mine.txt ' ] ||
  die "$(find out)"
{ [ ! -e out/2_Dense ] && [ ! -e out/odd ]; } || die "empty directories of modules"
for file in $(cd fresh && find . -name '*.json' -o -name '*.safetensors'); do
  cmp "fresh/$file" "out/$file"
done
[ -z "$(find out -name '.*')" ] || die "left behind: $(find out -name '.*')"

# The directory stays the one that it is: for the shell in it, too.
mkdir here && cd here
write_pairs >pairs.jsonl
"$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --batch-size 2 \
  --epochs 2 --lr 1e-3 --save-steps 1 --output . --quiet
{ [ "$(pwd -P)" = "$(/bin/pwd)" ] && [ -s model.safetensors ] && [ -s pairs.jsonl ] && [ -d checkpoint-4 ]; } || die "$(ls)"
cmp model.safetensors ../fresh/model.safetensors
