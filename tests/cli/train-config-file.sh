#!/usr/bin/env bash
# A config file says what flags say; flags win.
. "$(dirname "$0")/common.bash"

train_tiny by_flags --precision f32
cat >config.yaml <<END
model: $model
output: by_file
epochs: 2
lr: 1e-3
batch_size: 2
precision: f32
objectives:
  - {data: pairs.jsonl, columns: {a: a, b: b, score: score}, loss: CosineSimilarityLoss}
END
"$sbert" train config.yaml --quiet
cmp by_flags/model.safetensors by_file/model.safetensors
"$sbert" train config.yaml --lr 1e-4 --output slower --quiet
if cmp -s by_file/model.safetensors slower/model.safetensors; then die "--lr did not win"; fi
echo 'learning_rat: 1' >wrong.yaml
expect_fail 2 'wrong.yaml.*learning_rat' "$sbert" train wrong.yaml
