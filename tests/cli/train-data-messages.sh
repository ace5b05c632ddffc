#!/usr/bin/env bash
# A wrong choice of columns, labels or scale is answered with the choices there are.
. "$(dirname "$0")/common.bash"

fails() { expect_fail "$1" "$2" "$sbert" train --model "$model" --output out --quiet "${@:3}"; }
printf '{"set": {"query": "a", "pos": ["b"], "neg": ["c"]}}\n' >triplets.jsonl
fails 1 "no column 'query'; its columns are 'set.query', 'set.pos', 'set.neg'" \
  --data triplets.jsonl --columns query,pos,neg --loss TripletLoss
fails 1 "no column 'set.nge'; its columns are 'set.query', 'set.pos', 'set.neg'" \
  --data triplets.jsonl --columns set.query,set.pos,set.nge --loss TripletLoss

printf 'text,label\nx,red\ny,blue\nz,red\n' >classes.csv
fails 1 "line 2: column 'label' holds 'red', expected a number: names of classes are for losses on classes" \
  --data classes.csv --loss MultipleNegativesRankingLoss
write_pairs >pairs.jsonl
fails 2 "scale: '0.2' does not say what is scaled: write score=0.2" \
  --data pairs.jsonl --loss CosineSimilarityLoss --scale 0.2

check() { "$sbert" train --model "$model" --check "$@" 2>/dev/null >preview; }
check --data classes.csv --loss SoftmaxLoss --batches any || true
grep -q '  label: 1 (red)' preview || die "the class has no name: $(cat preview)"
printf '{"set": ["a", "b"]}\n{"set": ["c", "d"]}\n' >sets.jsonl
check --data sets.jsonl --loss MultipleNegativesRankingLoss
grep -q '  text 1: a' preview || die "a text of a set is called after the column: $(cat preview)"
