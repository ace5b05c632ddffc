#!/usr/bin/env bash
# On a terminal, training shows where it is: steps, time left, loss, tokens a second. --quiet: nothing.
. "$(dirname "$0")/common.bash"

command -v script >/dev/null || skip "no 'script' to make a terminal with"
write_pairs >pairs.jsonl
for _ in $(seq 100); do cat pairs.jsonl; done >many.jsonl
# shellcheck disable=SC2016  # for the shell in the terminal
on_terminal() {
  script --quiet --return --command \
    'stty cols 200; "$SBERT" train --model "$MODEL" --data many.jsonl --columns a,b,score --loss CosineSimilarityLoss --batch-size 4 --epochs 2 --output run '"$*" /dev/null
}
export SBERT=$sbert MODEL=$model
on_terminal >seen
tr '\r' '\n' <seen | grep -Eq 'train .*/200 steps .* [0-9]+:[0-9]{2} left  loss [0-9]+\.[0-9]{4}  [0-9,]+ tokens/s' ||
  die "no such line: $(tr '\r' '\n' <seen)"
on_terminal --quiet >seen
[ ! -s seen ] || die "--quiet shows: $(cat seen)"
