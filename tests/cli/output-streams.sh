#!/usr/bin/env bash
# Streams as output: what a shell opened is written to as it is, a closed one is an error and never somebody else's file.
. "$(dirname "$0")/common.bash"

echo 'the cat sleeps' >text
write_pairs >pairs.jsonl
tokenize=("$sbert" tokenize --model "$model" --input text)
"${tokenize[@]}" >tokens

# Names of stdout do not replace, or empty, the file that it appends to.
for name in /dev/stdout /dev/fd/1 /proc/self/fd/1; do
  echo old >all
  "${tokenize[@]}" --output $name >>all
  cmp all <(echo old; cat tokens) || die "$name: $(cat all)"
done
ln -s /dev/stdout link
echo old >all
"${tokenize[@]}" --output link >>all
cmp all <(echo old; cat tokens)
echo old >all
train_tiny logged --log /dev/stdout >>all
{ [ "$(head -n 1 all)" = old ] && grep -q '"loss"' all; } || die "the log: $(cat all)"
"${tokenize[@]}" --output >(cat >through); wait $!
cmp through tokens

# The number of rows begins a .npy file: it cannot be a pipe.
mkfifo v.npy
expect_fail 2 'v.npy.*JSON lines' "$sbert" encode --model "$model" --input text --output v.npy
ln -s /dev/stdout s.npy
expect_fail 2 's.npy.*JSON lines' "$sbert" encode --model "$model" --input text --output s.npy

# Closed.
status=0
"${tokenize[@]}" >&- 2>error || status=$?
{ [ $status -eq 1 ] && grep -q 'stdout: cannot write' error; } || die "stdout closed: $status $(cat error)"
status=0
"$sbert" tokenize --model "$model" <&- >out 2>error || status=$?
{ [ $status -eq 1 ] && [ ! -s out ] && grep -q 'stdin' error; } || die "stdin closed: $status $(cat error)"
"${tokenize[@]}" --output both >&- 2>&- <&-
cmp both tokens
write_pairs >pairs.jsonl
"$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --max-steps 2 \
  --eval sts:pairs.jsonl:a,b,score --log log.jsonl --output out2 2>&-
! grep -q 'sbert:' log.jsonl || die "notes in the log: $(cat log.jsonl)"
! grep -aq 'sbert:' out2/runs/events* || die "notes among the events"

# A limit for files is an error like a full disk.
status=0
(ulimit -f 1; "$sbert" encode --model "$model" --input <(seq -f 'the cat %.0f' 500) --output big.npy 2>error) || status=$?
{ [ $status -eq 1 ] && grep -q 'big.npy: cannot write: File too large' error; } || die "limit: $status $(cat error)"
{ [ ! -e big.npy ] && [ -z "$(find . -name '.*sbert*')" ]; } || die "left behind: $(find .)"
