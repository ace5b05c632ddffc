#!/usr/bin/env bash
# A directory that does not let us write: said before training, nothing left behind.
. "$(dirname "$0")/common.bash"

if [ "$(id -u)" -eq 0 ]; then skip "root may write anywhere"; fi
mkdir closed && chmod 555 closed
write_pairs >pairs.jsonl
expect_fail 1 'closed' "$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score \
  --loss CosineSimilarityLoss --output closed/model --quiet
expect_fail 1 'closed/v.npy' "$sbert" encode --model "$model" --input pairs.jsonl --column a --output closed/v.npy --quiet
[ -z "$(ls -A closed)" ]
