#!/usr/bin/env bash
# A run that is killed again and again, at random moments, and resumed ends with the bytes of one that never stopped.
. "$(dirname "$0")/common.bash"

for i in $(seq 240); do
  echo "{\"a\": \"a small cat number $i sleeps\", \"b\": \"kitten $((i * 7 % 50)) is asleep\"}"
done >pairs.jsonl

# Not a function: what runs in the background must be the command itself, or the kill would hit a shell and leave the
# command running beside the next one.
train=("$sbert" train --model "$model" --data pairs.jsonl --columns "a,b" --loss MultipleNegativesRankingLoss
  --batch-size 4 --epochs 6 --lr 1e-3 --save-steps 5 --save-limit 2 --threads 1 --quiet)

"${train[@]}" --output whole
started=$(date +%s%N)
"${train[@]}" --output again
milliseconds=$((($(date +%s%N) - started) / 1000000 + 1))

kills=0
for _ in $(seq 40); do
  "${train[@]}" --output killed --resume &
  run=$!
  sleep "$(awk -v max="$milliseconds" -v random="$RANDOM" 'BEGIN { print max * (0.1 + 0.9 * random / 32768) / 1000 }')"
  if kill -9 "$run" 2>/dev/null; then kills=$((kills + 1)); fi
  if wait "$run" 2>/dev/null; then break; fi
done
"${train[@]}" --output killed --resume
echo "killed $kills times"

cmp whole/model.safetensors again/model.safetensors
cmp whole/model.safetensors killed/model.safetensors
[ "$(find killed -maxdepth 1 -name 'checkpoint-*' | wc -l)" -le 2 ] || die "more checkpoints than asked for"
[ -z "$(find killed -maxdepth 1 -name '.*checkpoint-*')" ] || die "a half checkpoint was left behind"
