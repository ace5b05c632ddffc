#!/usr/bin/env bash
# Two runs into one directory: the second one is told, and the first one goes on.
. "$(dirname "$0")/common.bash"

# Not a function: what runs in the background must be the command itself, for the signals.
write_pairs >pairs.jsonl
long=("$sbert" train --model "$model" --data pairs.jsonl --columns "a,b,score" --loss CosineSimilarityLoss --batch-size 2
  --epochs 1000000 --quiet)
"${long[@]}" --output out --log log.jsonl 2>error &
first=$!
until [ -s log.jsonl ]; do sleep 0.05; done
expect_fail 1 'out: another process' "$sbert" train --model nowhere --data pairs.jsonl --loss CosineSimilarityLoss \
  --output out --quiet
expect_fail 1 'out/: another process' "$sbert" train --model nowhere --data pairs.jsonl --loss CosineSimilarityLoss \
  --output out/ --quiet
kill -TERM $first
status=0
wait $first || status=$?
[ $status -eq 143 ] || die "the first run ended with $status"
# The lock has gone with the run, also if it is killed.
"${long[@]}" --output out --log log2.jsonl &
first=$!
until [ -s log2.jsonl ]; do sleep 0.05; done
kill -9 $first
wait $first || [ $? -eq 137 ] || die "not killed"
train_tiny out
