#!/usr/bin/env bash
# Training writes README.md, a model card; another training replaces it, but nothing that somebody wrote.
. "$(dirname "$0")/common.bash"

train_tiny run --seed 1
head -n 1 run/README.md | grep -qx -- '---' || die "no front matter"
for line in 'pipeline_tag: sentence-similarity' '- loss:CosineSimilarityLoss' '## Usage'; do
  grep -qxF -- "$line" run/README.md || die "'$line' is not in the card"
done
grep -qx -- '- seed: .1.' run/README.md || die "the option is not in the card"
train_tiny run --seed 2
grep -qx -- '- seed: .2.' run/README.md || die "the card is that of an earlier training"
[ ! -e run/README.generated.md ] || die "two cards"

echo 'my words' >>run/README.md
cp run/README.md mine
train_tiny run --seed 3 2>notes
cmp run/README.md mine
grep -qx -- '- seed: .3.' run/README.generated.md || die "the new card is nowhere"
write_pairs >pairs.jsonl
"$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --output run 2>notes
grep -q 'kept README.md.*README.generated.md' notes || die "not said: $(cat notes)"
cmp run/README.md mine
