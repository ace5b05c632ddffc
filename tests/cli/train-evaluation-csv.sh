#!/usr/bin/env bash
# Evaluations during training are rows of the CSV files that sentence-transformers writes, one file an evaluator.
. "$(dirname "$0")/common.bash"

write_pairs >translations.jsonl
train_tiny trained --eval-steps 2 --eval sts:pairs.jsonl:a,b,score --eval translation:translations.jsonl:a,b
[ "$(find trained/eval -name '*.csv' | wc -l)" -eq 2 ] || die "not one file an evaluator: $(ls trained/eval)"
for file in trained/eval/*.csv; do
  # Before the first of four steps, after the second and after the last.
  [ "$(tr -d '\r' <"$file" | cut -d , -f 1-2 | tr '\n' ' ')" = "epoch,steps 0.0,0 1.0,2 2.0,4 " ] || die "$file: $(cat "$file")"
done
grep -q '^epoch,steps,cosine_pearson,cosine_spearman' trained/eval/similarity_evaluation_*_results.csv
