#!/usr/bin/env bash
# A file without a single text.
. "$(dirname "$0")/common.bash"

: >empty.txt
: >empty.jsonl
: >empty.csv
for file in empty.txt empty.jsonl empty.csv; do
  expect_fail 1 "$file: has no rows" "$sbert" encode --model "$model" --input $file --column text --output v.npy --quiet
  [ ! -e v.npy ]
done
