#!/usr/bin/env bash
# The most similar pairs, best first: score, two positions, two texts.
. "$(dirname "$0")/common.bash"

printf 'the cat sleeps\nred car\nthe mountain river\nthe cat sleeps\nred   CAR\n' >texts.txt
"$sbert" mine --model "$model" --input texts.txt --top-k 2 --quiet >pairs.tsv
printf '1.000000\t0\t3\tthe cat sleeps\tthe cat sleeps\n1.000000\t1\t4\tred car\tred   CAR\n' |
  cmp - <(sort -k 2 pairs.tsv)
[ "$("$sbert" mine --model "$model" --input texts.txt --quiet | wc -l)" -eq 10 ]
