#!/usr/bin/env bash
# Commands that are stopped while they write leave nothing; what is left by those that are killed, the next one removes.
. "$(dirname "$0")/common.bash"

hidden() { find . -name '.*' ! -name .; }
mkfifo texts
for signal in INT TERM HUP KILL; do
  # Not in the background of this shell, which would have it ignore SIGINT.
  set -m
  "$sbert" encode --model "$model" --input texts --output v.npy --quiet 2>error &
  run=$!
  set +m
  exec 3>texts
  echo 'the cat sleeps' >&3
  until [ -n "$(hidden)" ]; do sleep 0.05; done
  kill -$signal $run
  sleep 0.2
  exec 3>&-
  status=0
  wait $run || status=$?
  [ $status -gt 128 ] || die "$signal: exit $status"
  [ ! -e v.npy ] || die "$signal: half a file"
  [ $signal = KILL ] || [ -z "$(hidden)" ] || die "$signal left $(hidden)"
done
[ -n "$(hidden)" ] || die "nothing to remove"
echo 'the cat sleeps' | "$sbert" encode --model "$model" --output v.npy --quiet
[ -z "$(hidden)" ] || die "left behind: $(hidden)"

# A directory that is made: a file beside the model takes a while to copy.
copy_model in
head -c 100000000 /dev/zero >in/large_file
for signal in TERM KILL; do
  "$sbert" convert in out 2>error &
  run=$!
  until [ -n "$(hidden)" ]; do sleep 0.002; done
  kill -$signal $run
  wait $run 2>/dev/null || true
  [ ! -e out ] || die "$signal: out is there"
  [ $signal = KILL ] || [ -z "$(hidden)" ] || die "$signal left $(hidden)"
done
rm in/large_file
"$sbert" convert in out
[ -z "$(hidden)" ] || die "left behind: $(hidden)"

# Saving over a model: whenever it is killed, there is one, the old or the new.
"$sbert" convert in other
write_pairs >pairs.jsonl
for i in 1 2 3 4 5 6; do
  "$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --output other --quiet &
  run=$!
  sleep "0.0$((i * 7))"
  kill -9 $run 2>/dev/null || true
  wait $run 2>/dev/null || true
  echo 'the cat sleeps' | "$sbert" encode --model other >/dev/null || die "no model after kill $i"
done
train_tiny other
[ -z "$(hidden)" ] || die "left behind: $(hidden)"
