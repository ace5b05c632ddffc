#!/usr/bin/env bash
# Two columns in one sequence, where each token comes from, without special tokens, and both cut to the maximum.
. "$(dirname "$0")/common.bash"

printf 'q\ta\nDogs  eat\tthe cat\n' >pairs.tsv
"$sbert" tokenize --model "$model" --input pairs.tsv --column q --pair a --offsets >out
grep -Eq '^\{"ids":\[2,[0-9,]+,3\],"tokens":\["\[CLS\]","dog","##s","eat","\[SEP\]","the","cat","\[SEP\]"\],' out || die "$(cat out)"
grep -Fq '"type_ids":[0,0,0,0,0,1,1,1],"sequence_ids":[null,0,0,0,null,1,1,null],' out || die "$(cat out)"
grep -Fq '"offsets":[[0,0],[0,3],[3,4],[6,9],[0,0],[0,3],[4,7],[0,0]],"word_ids":[null,0,0,1,null,0,1,null]}' out || die "$(cat out)"

# Offsets count characters.
echo 'éé cat' | "$sbert" tokenize --model "$model" --offsets --no-special-tokens >out
grep -Fq '[3,6]],"word_ids":[' out || die "$(cat out)"
if grep -Fq 'CLS' out; then die "$(cat out)"; fi

# The ids are those without offsets, also where the text is too long.
printf 'cat %.0s' {1..100} >long.txt
ids() { "$sbert" tokenize --model "$model" --input long.txt "$@" | sed 's/.*"ids":\[\([^]]*\)\].*/\1/'; }
[ "$(ids)" = "$(ids --offsets)" ] || die "other ids with offsets"
[ "$(ids --no-special-tokens --no-truncation | tr ',' '\n' | wc -l)" -eq 100 ]

expect_fail 2 'needs --column' "$sbert" tokenize --model "$model" --input pairs.tsv --pair a
expect_fail 1 'pairs.tsv.*no column.*b' "$sbert" tokenize --model "$model" --input pairs.tsv --column q --pair b
