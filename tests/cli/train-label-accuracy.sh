#!/usr/bin/env bash
# While SoftmaxLoss is trained, its classifier can be measured; classes have the numbers of the training data.
. "$(dirname "$0")/common.bash"

for _ in 1 2 3 4; do
  printf '%s\t%s\t%s\n' 'a man plays' 'a man plays' same 'red car' 'cold rain' other 'the cat sleeps' 'the cat sleeps' same \
    'a dog is running' 'snow and dark sky' other 'a person' 'no label here' -
done >pairs.tsv
# Only the second class of the two, as the training data numbers them.
printf '%s\t%s\t%s\n' 'the large river' 'the large river' same 'night' 'night' same >dev.tsv
train() {
  "$sbert" train --model "$model" --data pairs.tsv --no-header --columns a=0,b=1,label=2 --no-unlabelled --quiet --lr 1e-2 \
    --loss SoftmaxLoss --epochs 20 --eval accuracy:pairs.tsv:a=0,b=1,label=2 --eval accuracy:dev.tsv:a=0,b=1,label=2 "$@"
}
train --output trained
tail -n 1 trained/eval/accuracy_evaluation_pairs_results.csv | tr -d '\r' | grep -q ',1.0$' || die "$(cat trained/eval/*)"
tail -n 1 trained/eval/accuracy_evaluation_dev_results.csv | tr -d '\r' | grep -q ',1.0$' || die "$(cat trained/eval/*)"
head -n 1 trained/eval/accuracy_evaluation_dev_results.csv | tr -d '\r' | grep -qx 'epoch,steps,accuracy'

printf 'red car\tcold rain\tneither\n' >unknown.tsv
expect_fail 1 "unknown.tsv: line 1: column 'label' holds 'neither', which is none of the classes other, same" \
  train --output out --eval accuracy:unknown.tsv:a=0,b=1,label=2
expect_fail 2 "'accuracy' needs a classifier.* --loss SoftmaxLoss --eval accuracy:FILE" \
  "$sbert" eval --model "$model" --task accuracy --data dev.tsv --no-header --columns a=0,b=1,label=2
