#!/usr/bin/env bash
# The bits of an embedding do not depend on company or threads.
. "$(dirname "$0")/common.bash"

for i in $(seq 200); do echo "the small cat $i sleeps in $((i * 7)) houses"; done >texts.txt
for precision in f32 bf16; do
  "$sbert" encode --model "$model" --input texts.txt --precision $precision --threads 1 >one.jsonl
  "$sbert" encode --model "$model" --input texts.txt --precision $precision --threads 2 >two.jsonl
  cmp one.jsonl two.jsonl
  sed -n 77p texts.txt | "$sbert" encode --model "$model" --precision $precision | cmp - <(sed -n 77p one.jsonl)
done
