#!/usr/bin/env bash
# A loss and its parameters, from the command line and from a recipe.
. "$(dirname "$0")/common.bash"

train() { "$sbert" train --model "$model" --batch-size 4 --max-steps 2 --output out --quiet "$@"; }
write_pairs >pairs.jsonl
scored() { train --data pairs.jsonl --columns a,b,score --log log.jsonl "$@"; }
last_loss() { grep -o '"loss":[^,]*' log.jsonl | tail -1; }

scored --loss CoSENTLoss
plain=$(last_loss)
scored --loss CoSENTLoss:scale=5,similarity_fct=pairwise_dot_score
[ "$(last_loss)" != "$plain" ] || die "the parameters changed nothing"
scored --loss 'MatryoshkaLoss:loss=CoSENTLoss,matryoshka_dims=[32,8],matryoshka_weights=[1,0.5]'
flags=$(last_loss)
cat >recipe.yaml <<'END'
loss: {name: MatryoshkaLoss, loss: CoSENTLoss, matryoshka_dims: [32, 8], matryoshka_weights: [1, 0.5]}
END
train recipe.yaml --data pairs.jsonl --columns a,b,score --log log.jsonl
[ "$(last_loss)" = "$flags" ] || die "the recipe gives $(last_loss), the flags $flags"
train --data pairs.jsonl --columns a,b --loss "GISTEmbedLoss:guide=$model_dense,temperature=0.1"

# A classifier is trained, and not saved.
printf 'a,b,label\nred car,blue car,yes\ncold rain,hot sun,no\na dog,a cat,no\nthe city,the street,maybe\n' >classes.csv
train --data classes.csv --loss SoftmaxLoss
if grep -rq 'classifier[.]weight' out; then die "the classifier was saved"; fi

"$sbert" train --help >help
grep -q '^  TripletLoss$' help
tr -s '\n ' ' ' <help | grep -q 'Data: (anchor, positive, negative) \[hermans2017defense\]'

fails() { expect_fail 2 "$1" "$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --output out \
  --loss "$2"; }
fails "unknown loss 'CosentLoss'; did you mean 'CoSENTLoss'" CosentLoss
fails "CoSENTLoss has no option 'sale'; it has: scale, similarity_fct" CoSENTLoss:sale=3
fails 'scale must be a number, not "high"' CoSENTLoss:scale=high
fails "loss must be the loss it wraps" 'MatryoshkaLoss:matryoshka_dims=[32]'
