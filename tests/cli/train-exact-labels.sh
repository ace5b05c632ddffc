#!/usr/bin/env bash
# Labels stay what they are: large numbers are classes of their own, True is 1, and what is wrong is found by --check.
. "$(dirname "$0")/common.bash"

check() { "$sbert" train --model "$model" --check "$@" 2>notes >preview; }
fails() { expect_fail "$1" "$2" "$sbert" train --model "$model" --check --quiet "${@:3}"; }

# As single precision has them, the first two were one class.
for i in 1 2 3; do
  printf 'the cat %s,36893488147\nred car %s,36893488148\ncold rain %s,12\n' $i $i $i
done >rows.csv
(echo text,label && cat rows.csv) >ids.csv
sed 's/^\(.*\),\(.*\)$/{"text": "\1", "label": \2}/' rows.csv >ids.jsonl
for file in ids.csv ids.jsonl; do
  check --data $file --loss BatchAllTripletLoss
  grep -q 'label: 1 (36893488147)' preview || die "$(cat preview)"
  grep -q 'label: 2 (36893488148)' preview || die "$(cat preview)"
done
train() { "$sbert" train --model "$model" --loss BatchAllTripletLoss --batch-size 6 --lr 1e-3 --quiet "$@"; }
train --data ids.csv --output ids
(echo text,label && sed 's/36893488147/1/; s/36893488148/2/; s/,12$/,0/' rows.csv) >small.csv
train --data small.csv --output small
cmp ids/model.safetensors small/model.safetensors

printf 'a,b,label\nred car,a car,True\ncold rain,the cat,False\n' >truth.csv
check --data truth.csv --loss ContrastiveLoss
[ "$(grep 'label: ' preview | tr -d '\n')" = '  label: 1  label: 0' ] || die "$(cat preview)"

printf '{"a": "x", "b": "y", "label": "same"}\n{"a": "u", "b": "v", "label": "other"}\n' >pairs.jsonl
fails 2 "the class 'same' is named twice: name each class once" \
  --data pairs.jsonl --loss SoftmaxLoss --classes same,other,same
printf '{"q": "x", "p": "y", "n": "z", "labels": [1, 2]}\n{"q": "x", "p": "y", "n": "z", "labels": [1]}\n' >ragged.jsonl
fails 1 'ragged.jsonl: line 2: makes an example of 3 texts and a list of 1 label, unlike the first one' \
  --data ragged.jsonl --loss MarginMSELoss
printf 'a,b,label\nx,y,1\nu,v,nan\nx,z,0\n' >nan.csv
fails 1 "nan.csv: line 3: column 'label' holds 'nan', expected a number; .*--no-unlabelled" --data nan.csv --loss ContrastiveLoss
check --data nan.csv --loss ContrastiveLoss --no-unlabelled
grep -q 'nan.csv: 2 examples' notes
