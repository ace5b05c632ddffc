#!/usr/bin/env bash
# The log costs nobody a file: a recipe, a model's file, data, what the trained model will have.
. "$(dirname "$0")/common.bash"

copy_model base
write_pairs >pairs.jsonl
printf 'model: base\nlr: 1e-4\n' >recipe.yaml
find base pairs.jsonl recipe.yaml -type f -exec sha256sum {} + >before
train=("$sbert" train recipe.yaml --data pairs.jsonl --columns "a,b,score" --loss CosineSimilarityLoss --output out --quiet)
for log in recipe.yaml base/config.json base/model.safetensors pairs.jsonl; do
  expect_fail 2 "--log $log" "${train[@]}" --log "$log"
done
for log in out/config.json out/model.safetensors out/1_Pooling/config.json out/README.md ./out/report.html; do
  expect_fail 2 "--log $log .*trained model" "${train[@]}" --log "$log"
done
find base pairs.jsonl recipe.yaml -type f -exec sha256sum {} + >after
cmp before after
[ ! -e out ] || die "out is there"
: >empty.log
"${train[@]}" --log empty.log
"${train[@]}" --log empty.log
"${train[@]}" --log out/log.jsonl
[ -s out/log.jsonl ] || die "no log beside the model"
