#!/usr/bin/env bash
# The data is looked at before anything is trained; --check does nothing else.
. "$(dirname "$0")/common.bash"

train() { "$sbert" train --model "$model" "$@"; }
write_pairs >pairs.jsonl
train --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --check >preview 2>notes
grep -q '  a: the cat sleeps' preview
grep -q '  label: 0.2' preview
grep -q 'pairs.jsonl: 4 examples' notes

fails() { expect_fail 2 "$1" "$sbert" train --model "$model" --output out --quiet "${@:2}"; }
fails 'pairs.jsonl: row 1 has the label 8, but CosineSimilarityLoss takes -1 to 1; --scale' \
  --data pairs.jsonl --scale score=10 --loss CosineSimilarityLoss
fails 'takes the columns .*the data has a label.*the first row: a .A man is' \
  --data pairs.jsonl --loss MultipleNegativesRankingLoss
[ ! -e out ]

printf 'a,b,rating\nred car,cold rain,0.5\nthe cat sleeps,a dog is running,0.1\n' >unnamed.csv
fails 'has 3 texts a row: the column called label.* --columns label=NAME' --data unnamed.csv --loss CosineSimilarityLoss
fails 'no label: the column called label.* --columns label=NAME' \
  --data pairs.jsonl --columns a,b --loss CosineSimilarityLoss
[ ! -e out ]
train --data unnamed.csv --columns a,b,label=rating --loss CosineSimilarityLoss --check >/dev/null 2>&1
printf 'image_id,caption\n17,a cat\n18,a dog\n' >ids.csv
for rows in columns pairs; do
  train --data ids.csv --rows $rows --loss MultipleNegativesRankingLoss --check >/dev/null 2>notes
  grep -q "column 'image_id' looks like an id, and is taken for a text: leave it out with --columns" notes
done

printf 'positive,anchor\nx,y\nx,z\n' >reversed.csv
train --data reversed.csv --loss MultipleNegativesRankingLoss --check >/dev/null 2>notes
grep -q "column 'anchor' comes\|column 'positive' comes before 'anchor'" notes
grep -q "column 'positive' is the same in all rows" notes
