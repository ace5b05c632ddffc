#!/usr/bin/env bash
# JSON is read however it is laid out, and no key of any row is lost.
. "$(dirname "$0")/common.bash"

printf '{"title": "one"}\n{"title": "two"}\n{"title": "three"}\n' >lines.jsonl
printf '[{"title": "one"}, {"title": "two"}, {"title": "three"}]' >list.jsonl
printf '[\n  {\n    "title": "one"\n  },\n  {\n    "title": "two"\n  },\n  {"title": "three"}\n]\n' >indented.json
printf '{"title": "one"}{"title":\n"two"} {"title": "three"}' >together.ndjson
printf '["one", "two", "three"]\n' >texts.json
gzip -k list.jsonl
"$sbert" encode --model "$model" --input lines.jsonl >expected
[ "$(wc -l <expected)" -eq 3 ]
for file in list.jsonl indented.json together.ndjson texts.json list.jsonl.gz; do
  "$sbert" encode --model "$model" --input "$file" >got
  cmp expected got || die "$file: $(cut -c -60 got)"
done
"$sbert" encode --model "$model" --format jsonl --column title < <(cat list.jsonl) >got
cmp expected got

check() { "$sbert" train --model "$model" --loss MultipleNegativesRankingLoss --check "$@" 2>notes >preview; }
fails() { expect_fail 1 "$1" "$sbert" train --model "$model" --loss MultipleNegativesRankingLoss --check "${@:2}"; }
printf '{"question": "q1", "answer": "a1"}\n{"question": "q2", "answer": "a2", "hard": "h2"}\n' >later.jsonl
fails "later.jsonl: line 1: column 'hard' holds nothing \(null\), expected text" --data later.jsonl
check --data later.jsonl --columns question,answer
grep -q 'later.jsonl: 2 examples' notes
mkdir shards
head -n 1 later.jsonl >shards/train-0.jsonl
tail -n 1 later.jsonl >shards/train-1.jsonl
fails "shards/train-0.jsonl: line 1: column 'hard' holds nothing" --data shards
printf '{"question": "q1", "answer": "a1"}\n{"answer": "a2", "score": 0.5, "question": "q2"}\n' >unlabelled.jsonl
"$sbert" train --model "$model" --loss CoSENTLoss --check --data unlabelled.jsonl --no-unlabelled 2>notes >/dev/null
grep -q 'unlabelled.jsonl: 1 example' notes || die "$(cat notes)"
expect_fail 1 "unlabelled.jsonl: line 1: column 'score' holds nothing \(null\), expected a number" \
  "$sbert" train --model "$model" --loss CoSENTLoss --check --data unlabelled.jsonl

printf '{"question": "q1", "answer": "a1"}\n{"question": "q2", "answer": "a\\ud83d"}\n' >cut.jsonl
fails 'cut.jsonl: line 2: a string has half of a surrogate pair' --data cut.jsonl
