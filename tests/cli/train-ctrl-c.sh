#!/usr/bin/env bash
# Ctrl-C ends training after the step it is in, and what was learnt is saved.
. "$(dirname "$0")/common.bash"

# An asynchronous command of a script ignores SIGINT unless job control is on.
set -m
train_tiny trained --epochs 1000000 --log log.jsonl &
training=$!
for _ in $(seq 300); do
  if [ -s log.jsonl ]; then break; fi
  sleep 0.1
done
[ -s log.jsonl ] || die "training did not begin"
kill -INT -- -$training
status=0
wait $training || status=$?
[ $status -eq 130 ] || die "exit $status after Ctrl-C"
echo 'the cat sleeps' | "$sbert" encode --model trained >/dev/null
[ "$(grep -c '"loss"' log.jsonl)" -lt 2000000 ]
