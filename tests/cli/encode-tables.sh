#!/usr/bin/env bash
# jsonl, csv and tsv, each also gzipped, hold the same texts.
. "$(dirname "$0")/common.bash"

printf 'one, "two"\nsmall red car\n' >texts.txt
"$sbert" encode --model "$model" --input texts.txt --output expected.npy
printf '{"n": 1, "body": "one, \\"two\\""}\n{"n": 2, "body": "small red car"}\n' >t.jsonl
printf 'n,body\n1,"one, ""two"""\n2,small red car\n' >t.csv
printf 'n\tbody\n1\t"one, ""two"""\n2\tsmall red car\n' >t.tsv
gzip -k t.jsonl t.csv t.tsv
for file in t.jsonl t.csv t.tsv t.jsonl.gz t.csv.gz t.tsv.gz; do
  "$sbert" encode --model "$model" --input "$file" --column body --output got.npy
  cmp expected.npy got.npy
done
printf '1\t"one\n' >unquoted.tsv
"$sbert" encode --model "$model" --input unquoted.tsv --no-header --no-quoting --column 1 | grep -q '"text":"\\"one"'
