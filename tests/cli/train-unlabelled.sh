#!/usr/bin/env bash
# Rows without a label are named, and left out on request; so are classes of -1, as SNLI on the Hub has them.
. "$(dirname "$0")/common.bash"

check() { "$sbert" train --model "$model" --check "$@" 2>notes >preview; }
fails() { expect_fail "$1" "$2" "$sbert" train --model "$model" --check --quiet "${@:3}"; }

printf 'a,b,label\nx,y,1\nu,v,\nx,z,0\n' >blank.csv
fails 1 "blank.csv: line 3: column 'label' holds '', expected a number; .*--no-unlabelled leaves such rows out" \
  --data blank.csv --loss ContrastiveLoss
check --data blank.csv --loss ContrastiveLoss --no-unlabelled
grep -q 'blank.csv: 2 examples' notes

printf '{"a": "x", "b": "y", "label": 2}\n{"a": "u", "b": "v", "label": -1}\n{"a": "x", "b": "z", "label": 0}\n' >snli.jsonl
"$sbert" train --model "$model" --check --data snli.jsonl --loss SoftmaxLoss >preview 2>notes && die "-1 is a class"
grep -q 'row 2 has the label -1, .*--no-unlabelled leaves out rows with -1' notes
check --data snli.jsonl --loss SoftmaxLoss --no-unlabelled
grep -q 'snli.jsonl: 2 examples' notes
# A score of -1 is a score.
check --data snli.jsonl --loss CoSENTLoss --scale label=0.5 --no-unlabelled
grep -q 'snli.jsonl: 3 examples' notes

printf '{"a": "x", "label": 1}\n{"a": "y", "label": "yes"}\n' >mixed.jsonl
fails 1 "mixed.jsonl: line 1: column 'label' holds a number, and elsewhere 'yes': name all classes, or number all" \
  --data mixed.jsonl --loss BatchAllTripletLoss
