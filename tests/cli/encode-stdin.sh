#!/usr/bin/env bash
# Lines on stdin become JSON lines on stdout, in order, and nothing else is on stdout.
. "$(dirname "$0")/common.bash"

printf 'the cat sleeps\nred car\n' | "$sbert" encode --model "$model" >out.jsonl
[ "$(wc -l <out.jsonl)" -eq 2 ]
grep -Eq '^\{"text":"the cat sleeps","embedding":\[-?[0-9]' <(sed -n 1p out.jsonl)
grep -Eq '^\{"text":"red car","embedding":\[-?[0-9]' <(sed -n 2p out.jsonl)
[ "$(sed -n 1p out.jsonl | tr -cd , | wc -c)" -eq 32 ] || die "not 32 numbers"
