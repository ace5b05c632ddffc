#!/usr/bin/env bash
# A directory is a data set: its files are splits, one after the other, as load_dataset finds them.
. "$(dirname "$0")/common.bash"

mkdir -p set/data flat
write_pairs >all.jsonl
head -n 2 all.jsonl >set/data/train-00000-of-00002.jsonl
tail -n 2 all.jsonl | gzip >set/data/train-00001-of-00002.jsonl.gz
head -n 3 all.jsonl >set/data/test-00000-of-00001.jsonl
cp all.jsonl flat/pairs.jsonl

train() { "$sbert" train --model "$model" --loss CosineSimilarityLoss --quiet --max-steps 2 --batch-size 2 "$@"; }
train --data all.jsonl --output one
train --data set --output two --eval sts:set:test
train --data set:train --output three --eval sts:set:test:a,b,score
train --data flat --output four
for output in two three four; do
  cmp one/model.safetensors $output/model.safetensors
done
"$sbert" train --model "$model" --loss CosineSimilarityLoss --data set:test --check 2>notes >/dev/null
grep -q ': 3 examples' notes || die "not the rows of test: $(cat notes)"
"$sbert" encode --model "$model" --input set --column a --output vectors.npy

expect_fail 1 "set: the data set has no split 'dev'; it has: test, train; choose one as set:<split>" \
  train --data set:dev --output five
mkdir empty
expect_fail 1 'empty: has no .jsonl' train --data empty --output five
