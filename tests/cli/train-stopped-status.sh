#!/usr/bin/env bash
# Stopped is not done: the model is saved, and the exit status says which signal it was. A loss that is no number is a failure.
. "$(dirname "$0")/common.bash"

# Not a function: what runs in the background must be the command itself, for the signals.
write_pairs >pairs.jsonl
long=("$sbert" train --model "$model" --data pairs.jsonl --columns "a,b,score" --loss CosineSimilarityLoss --batch-size 2
  --epochs 1000000 --quiet)

# stop NAME SIGNAL STATUS
stop() {
  "${long[@]}" --output "$1" --log "$1.jsonl" 2>"$1.error" &
  local run=$! status=0
  until [ -s "$1.jsonl" ]; do sleep 0.05; done
  kill -"$2" $run
  wait $run || status=$?
  [ $status -eq "$3" ] || die "$2: exit $status"
  grep -q "^sbert: error: stopped after step .*saved in $1.*--resume" "$1.error" || die "$(cat "$1.error")"
  echo 'the cat sleeps' | "$sbert" encode --model "$1" >/dev/null
}
stop term TERM 143
stop hup HUP 129
# nohup keeps it away.
nohup "${long[@]}" --output nohup --log nohup.jsonl 2>nohup.error &
run=$!
until [ -s nohup.jsonl ]; do sleep 0.05; done
kill -HUP $run
sleep 0.3
kill -TERM $run
status=0
wait $run || status=$?
[ $status -eq 143 ] || die "nohup: $status"

# Steps that are far too large end in a loss that is no number; the model is that of the step before.
status=0
train_tiny bad --lr 1e30 --scheduler constant --log bad.jsonl 2>error || status=$?
{ [ $status -eq 1 ] && grep -q 'step [2-4]: the loss.*bad has the model' error; } || die "$status: $(cat error)"
"$sbert" info bad >/dev/null
