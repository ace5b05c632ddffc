#!/usr/bin/env bash
# Data from a pipe, from a redirected file and from a .gz file trains the model that the file itself does.
. "$(dirname "$0")/common.bash"

printf 'text,label\n' >classes.csv
for i in $(seq 40); do
  echo "the cat number $i sleeps,$([ $((i % 3)) -eq 0 ] && echo cold || echo warm)" >>classes.csv
done
train() {
  "$sbert" train --model "$model" --loss BatchAllTripletLoss --batch-size 8 --lr 1e-3 --quiet "$@"
}
train --data classes.csv --output file
gzip --keep classes.csv
train --data classes.csv.gz --output gz
# Classes are found by a first look at the data, so it is read more than once.
train --data - --format csv --output pipe < <(cat classes.csv)
train --data - --format csv --output redirected <classes.csv
gzip --stdout classes.csv | train --data - --format csv --output gz-pipe
for other in gz pipe redirected gz-pipe; do
  cmp file/model.safetensors "$other/model.safetensors"
done
[ -z "$(find . -name '.sbert-*')" ] || die "a temporary file is left"
mkfifo named.csv
expect_fail 2 'named.csv is a pipe, and the data is read more than once: give it on standard input, with --data -' \
  train --data named.csv --output named
