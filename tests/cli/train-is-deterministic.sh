#!/usr/bin/env bash
# Same data, seed and flags: the same bytes, but for reports, which hold times; also with other thread counts or with
# checkpoints on the way. Another seed: others.
. "$(dirname "$0")/common.bash"

for threads in 1 2; do
  train_tiny run$threads --seed 7 --threads $threads --precision f32
done
diff -r -x report.html -x runs run1 run2
# Half of the words are read for the first time after the first checkpoint.
train_tiny with_checkpoints --seed 7 --precision f32 --save-steps 1
cmp run1/model.safetensors with_checkpoints/model.safetensors
train_tiny other --seed 8 --precision f32
if cmp -s run1/model.safetensors other/model.safetensors; then die "the seed changes nothing"; fi
