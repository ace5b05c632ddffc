#!/usr/bin/env bash
# --log writes a JSON object a step, and one an evaluation.
. "$(dirname "$0")/common.bash"

train_tiny trained --log runs/log.jsonl --eval sts:pairs.jsonl:a,b,score
steps=$(grep -c '"loss"' runs/log.jsonl)
[ "$steps" -eq 4 ] || die "$steps steps instead of 4"
for key in step epoch loss lr grad_norm tokens_per_second; do
  [ "$(grep -c "\"$key\":" runs/log.jsonl)" -ge 4 ] || die "$key is missing"
done
grep -q '"spearman_cosine":' runs/log.jsonl

# It never replaces the data.
cp pairs.jsonl before.jsonl
ln -s pairs.jsonl link.jsonl
expect_fail 2 'is a file of data, and would be overwritten' "$sbert" train --model "$model" --data pairs.jsonl \
  --columns a,b,score --loss CosineSimilarityLoss --output other --log link.jsonl
cmp pairs.jsonl before.jsonl
