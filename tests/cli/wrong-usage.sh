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
[ ! -e out ]
