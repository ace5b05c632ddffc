#!/usr/bin/env bash
# Wrong usage is exit 2 and one line that says what is wrong.
. "$(dirname "$0")/common.bash"

expect_fail 2 'command' "$sbert"
expect_fail 2 "unknown command 'encod'.*encode" "$sbert" encod
expect_fail 2 '--model' "$sbert" encode
expect_fail 2 "--modle.*--model" "$sbert" encode --modle "$model"
expect_fail 2 '--threads' "$sbert" encode --model "$model" --threads many
expect_fail 2 '--precision' "$sbert" encode --model "$model" --precision f64
expect_fail 2 '--output.*\.npy' "$sbert" encode --model "$model" --output vectors.bin
expect_fail 2 '--task|unknown' "$sbert" eval --model "$model" --task poetry --data x.jsonl
write_pairs >pairs.jsonl
expect_fail 2 'NoSuchLoss' "$sbert" train --model "$model" --data pairs.jsonl --loss NoSuchLoss --output out --quiet
expect_fail 2 '--loss' "$sbert" train --model "$model" --data pairs.jsonl --output out --quiet
expect_fail 2 '--save-limit does nothing without --save-steps' \
  "$sbert" train --model "$model" --data pairs.jsonl --loss CoSENTLoss --output out --quiet --save-limit 2
expect_fail 2 '--schedule-cycles does nothing without --scheduler cosine_with_restarts' \
  "$sbert" train --model "$model" --data pairs.jsonl --loss CoSENTLoss --output out --quiet --schedule-cycles 2
expect_fail 2 '--output is missing' "$sbert" train --model "$model" --data pairs.jsonl --loss CoSENTLoss --output ''
[ ! -e out ]
