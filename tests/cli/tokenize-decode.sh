#!/usr/bin/env bash
# Ids become text again: lines as the command writes them, and bare lists; with special tokens or without.
. "$(dirname "$0")/common.bash"

echo 'Dogs eat' >texts
"$sbert" tokenize --model "$model" --input texts >ids.jsonl
[ "$("$sbert" tokenize --model "$model" --decode --input ids.jsonl)" = '{"text":"[CLS] dogs eat [SEP]"}' ] || die "with special tokens"
[ "$("$sbert" tokenize --model "$model" --decode --no-special-tokens <ids.jsonl)" = '{"text":"dogs eat"}' ] || die "without"
sed 's/.*"ids":\(\[[^]]*\]\).*/\1/' ids.jsonl >lists
cmp <("$sbert" tokenize --model "$model" --decode <lists) <("$sbert" tokenize --model "$model" --decode <ids.jsonl)

printf '[2,3]\n[2,"x"]\n' >bad
status=0
"$sbert" tokenize --model "$model" --decode --input bad >out 2>err || status=$?
[ "$status" -eq 1 ]
grep -Eq '^sbert: error: bad.*2.*should be a list of ids' err || die "$(cat err)"
expect_fail 2 '--decode reads ids' "$sbert" tokenize --model "$model" --decode --offsets
