#!/usr/bin/env bash
# Parquet serves wherever a table does: texts to encode, also gzipped or through a pipe, and nested rows to train on.
. "$(dirname "$0")/common.bash"

files=$tests_directory/goldens/parquet
if "$sbert" encode --model "$model" --input "$files/texts.parquet" --column body 2>&1 | grep -q 'built without Parquet'; then
  skip "built without Parquet"
fi
printf 'one, "two"\nsmall red car\n' >texts.txt
"$sbert" encode --model "$model" --input texts.txt --output expected.npy
gzip <"$files/texts.parquet" >t.parquet.gz
"$sbert" encode --model "$model" --input "$files/texts.parquet" --column body --output got.npy
cmp expected.npy got.npy
"$sbert" encode --model "$model" --input t.parquet.gz --column body --output got.npy
cmp expected.npy got.npy
gzip <"$files/texts.parquet" | "$sbert" encode --model "$model" --format parquet --column body --output got.npy
cmp expected.npy got.npy

for i in 0 1 2 3 4 5 6 7; do
  printf '{"set": {"query": "the cat %d", "pos": ["a cat %d", "cats %d"], "neg": ["a dog %d"]}}\n' $i $i $i $i
done >sets.jsonl
for data in sets.jsonl "$files/sets.parquet"; do
  "$sbert" train --model "$model" --data "$data" --loss TripletLoss --positives all --max-steps 2 --quiet \
    --output "from-${data##*.}"
done
cmp from-jsonl/model.safetensors from-parquet/model.safetensors

head -c 300 "$files/sets.parquet" >cut.parquet
expect_fail 1 "cut.parquet: cannot be read as Parquet: " "$sbert" encode --model "$model" --input cut.parquet --column x
expect_fail 1 "texts.parquet: has no column 'x'; its columns are 'n', 'body'" \
  "$sbert" encode --model "$model" --input "$files/texts.parquet" --column x
