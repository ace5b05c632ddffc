#!/usr/bin/env bash
# What is wrong with the data is said before anything is trained: file, line, column.
. "$(dirname "$0")/common.bash"

train() { expect_fail "$1" "$2" "$sbert" train --model "$model" --loss CosineSimilarityLoss --output out --quiet "${@:3}"; }
printf 'a,b,score\nx,y,0.5\nx,y\n' >short.csv
train 1 'short.csv: line 3: has 2 fields' --data short.csv
printf 'a,b,score\nx,y,0.5\nx,y,high\n' >label.csv
train 1 'label.csv: line 3.*score' --data label.csv
printf '{"a": "x", "b": "y", "score": 1}\n{"a": "x", "b"\n' >broken.jsonl
train 1 'broken.jsonl: line 2' --data broken.jsonl
printf '{"a": "x", "b": "\377", "score": 1}\n' >bytes.jsonl
train 1 'bytes.jsonl: line 1.*UTF-8' --data bytes.jsonl
: >empty.csv
train 1 'empty.csv: has no rows' --data empty.csv
train 1 'absent.csv' --data absent.csv
[ ! -e out ]
