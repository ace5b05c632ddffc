#!/usr/bin/env bash
# --task chooses the route of a Router, and the prompt of models that have one for queries.
. "$(dirname "$0")/common.bash"

router=$tests_directory/goldens/router/shared
encode() { echo 'a cat on the plane' | "$sbert" encode "$@"; }
encode --model "$router" --task query --output query.npy
encode --model "$router" --task document --output document.npy
encode --model "$router" --output default.npy
if cmp -s query.npy document.npy; then die "both tasks take the same route"; fi
cmp document.npy default.npy
echo x >text
expect_fail 2 "no route for task 'queries'.*query, document" "$sbert" encode --model "$router" --task queries --input text

encode --model "$model_dense" --task query --output query.npy
encode --model "$model_dense" --prompt-name query --output by_name.npy
cmp query.npy by_name.npy
encode --model "$model_dense" --task query --prompt '' --output prompted.npy
encode --model "$model_dense" --output plain.npy
cmp prompted.npy plain.npy

# Columns take the route of their task: only that of queries is trained.
printf 'q,a\na cat,the cat\na bird,man\n' >pairs.csv
"$sbert" train --model "$router" --data pairs.csv --loss MultipleNegativesRankingLoss --batch-size 2 --max-steps 1 --lr 1e-3 \
  --router-mapping q=query,a=query --output trained --quiet
dense() { cmp -s "$router/$1/model.safetensors" "trained/$1/model.safetensors"; }
if dense query_2_Dense; then die "the route of queries was not trained"; fi
expect_fail 2 "no text column 'answer'" "$sbert" train --model "$router" --data pairs.csv --loss MultipleNegativesRankingLoss \
  --router-mapping answer=query --output out --quiet
