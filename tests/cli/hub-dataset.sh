#!/usr/bin/env bash
# Wherever a file of data is taken, hf:org/name[/configuration][@revision][:split] is a data set of the Hub; it is cached as
# Python's tools do it.
. "$(dirname "$0")/common.bash"

mkdir -p rows/pair
write_pairs | head -2 >rows/pair/train-0.jsonl
write_pairs | tail -2 | gzip >rows/pair/train-1.jsonl.gz
write_pairs >rows/pair/dev.jsonl
printf 'text\nthe cat sleeps\n' >rows/texts.csv
cat >rows/README.md <<'END'
---
language: [en, cy]
configs:
- config_name: pair
  data_files:
  - split: train
    path: pair/train*
  - split: dev
    path: pair/dev.jsonl
- config_name: texts
  data_files: texts.csv
---
END
start_hub --repo "dataset:acme/rows=rows,branch=v1" --repo "dataset:acme/secret=rows,private"

# Training on two parts of a split equals training on one file with all rows.
train_tiny expected
"$sbert" train --model "$model" --data hf:acme/rows/pair --columns a,b,score --loss CosineSimilarityLoss --batch-size 2 \
  --epochs 2 --lr 1e-3 --eval sts:hf:acme/rows/pair:dev:a,b,score --output trained 2>notes >/dev/null
cmp expected/model.safetensors trained/model.safetensors
grep -q 'hf:acme/rows/pair: 4 examples' notes || die "$(cat notes)"

# The model card names it, once, with the commit, also if it comes from a config file.
commit=$(cat "$HF_HOME/hub/datasets--acme--rows/refs/main")
names_rows() {
  [ "$(grep -c -x -e 'datasets:' -e '- acme/rows' "$1/README.md")" -eq 2 ] || die "$(head -30 "$1/README.md")"
  grep -qx -e '- \*\*Language:\*\* en, cy' "$1/README.md" || die "$(cat "$1/README.md")"
  grep -qx -e "- Data set: \[acme/rows\].*datasets/acme/rows) at revision $commit" "$1/README.md" || die "$(cat "$1/README.md")"
}
names_rows trained
cat >twice.yaml <<END
model: $model
output: configured
objectives:
- {data: "hf:acme/rows/pair", columns: [a, b], loss: MultipleNegativesRankingLoss}
- {data: "hf:acme/rows/pair:dev", columns: [a, b], loss: MultipleNegativesRankingLoss}
END
"$sbert" train twice.yaml --quiet
names_rows configured
snapshot=$HF_HOME/hub/datasets--acme--rows/snapshots/$commit
[ -L "$snapshot/pair/train-1.jsonl.gz" ]
[ ! -e "$snapshot/texts.csv" ] || die "more came than was asked for"

"$sbert" eval --model "$model" --task sts --data hf:acme/rows/pair@v1:dev --columns a,b,score --quiet >hub.json
"$sbert" eval --model "$model" --task sts --data rows/pair/dev.jsonl --columns a,b,score --quiet >file.json
cmp hub.json file.json
[ "$("$sbert" encode --model "$model" --input hf:acme/rows/texts --quiet | wc -l)" -eq 1 ]
"$sbert" tokenize --model "$model" --input hf:acme/rows/pair --column a --quiet >two.jsonl
[ "$(wc -l <two.jsonl)" -eq 4 ]

# Further tables are named in the same way.
"$sbert" eval --model "$model" --task ir --data rows/pair/dev.jsonl --columns a,b --corpus hf:acme/rows/pair --quiet >hub.json
"$sbert" eval --model "$model" --task ir --data rows/pair/dev.jsonl --columns a,b --corpus rows/pair:train --quiet >file.json
cmp hub.json file.json
write_pairs | grep -o '"b": *"[^"]*"' | sed 's/"b"/{"c"/; s/$/}/' >more.jsonl
for beside in hf:acme/rows/pair:dev rows/pair/dev.jsonl; do
  "$sbert" train --model "$model" --data more.jsonl --beside "$beside" --columns c,a --loss MultipleNegativesRankingLoss --check
done >both
[ "$(wc -l <both)" -gt 4 ]
half=$(($(wc -l <both) / 2))
cmp <(head -$half both) <(tail -$half both)

# Once there, it needs no network.
hub_control reset '{}' >/dev/null
HF_HUB_OFFLINE=1 "$sbert" tokenize --model "$model" --input hf:acme/rows/pair --column a --quiet | cmp - two.jsonl
[ -z "$(hub_requests)" ] || die "asked: $(hub_requests)"

tokenize() { "$sbert" tokenize --model "$model" --quiet --input "$1"; }
export -f tokenize
export sbert model
expect_fail 2 'several configurations; choose one of pair, texts' bash -c 'tokenize hf:acme/rows'
expect_fail 1 "no configuration 'x'; it has: pair, texts" bash -c 'tokenize hf:acme/rows/x'
expect_fail 1 'no such split; it has: dev, train' bash -c 'tokenize hf:acme/rows/pair:test'
expect_fail 1 'no data set acme/secret.*sbert login' bash -c 'tokenize hf:acme/secret/texts'
HF_TOKEN=hf_alice_read tokenize hf:acme/secret/texts >/dev/null
expect_fail 2 'should be hf:org/name' bash -c 'tokenize hf:'
expect_fail 1 'cannot be downloaded|HF_HUB_OFFLINE is set' env HF_HUB_OFFLINE=1 bash -c 'tokenize hf:acme/other'
