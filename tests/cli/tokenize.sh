#!/usr/bin/env bash
# One JSON line a text, special tokens included, cut as the model does it, or not at all.
. "$(dirname "$0")/common.bash"

echo 'Dogs eat' | "$sbert" tokenize --model "$model" >out
grep -Eq '^\{"ids":\[2,[0-9,]+,3\],"tokens":\["\[CLS\]","dog","##s","eat","\[SEP\]"\]\}$' out || die "$(cat out)"
printf 'cat %.0s' {1..100} >long.txt
ids() { "$sbert" tokenize --model "$model" --input long.txt "$@" | sed 's/.*"ids":\[\([^]]*\)\].*/\1/' | tr ',' '\n' | wc -l; }
[ "$(ids)" -eq 64 ]
[ "$(ids --no-truncation)" -eq 102 ]
