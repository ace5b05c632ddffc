#!/usr/bin/env bash
# A new model is made from parts, trained, saved and opened again.
. "$(dirname "$0")/common.bash"

write_pairs >pairs.jsonl
printf 'the 0.1 0.2 0.3\ncat 1 0 2\ndog 1 0.5 2\nriver -1 0 0.5\nhouse 0 -1 0.25\n' >vectors.txt
printf 'the 0.1\ncat\t2.5\ndog 2\nriver\n' >words.txt
train() { "$sbert" train --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --batch-size 2 --lr 1e-3 --quiet "$@"; }
types() { "$sbert" info "$1" --json | python3 -c 'import json, sys
print(*[(m["type"], m["sentence_dimension"] or m["token_dimension"]) for m in json.load(sys.stdin)["modules"]])'; }

# makes MODULES 'TYPES AND DIMENSIONS'
makes() {
  train --modules "$1" --output made
  [ "$(types made)" = "$2" ] || die "$1 makes $(types made)"
  echo 'the cat sleeps' | "$sbert" encode --model made --output made.npy --quiet
}
makes "Transformer:$model:max_seq_length=9,Pooling:[mean,max],Dense:8:activation_function=GELU:bias=false,LayerNorm,Dropout:0.1,Normalize" \
  "('Transformer', 32) ('Pooling', 64) ('Dense', 8) ('LayerNorm', 8) ('Dropout', 8) ('Normalize', 8)"
makes "Transformer:$model,WeightedLayerPooling:1,WordWeights:words.txt,Dense:6:module_input_name=token_embeddings,Pooling" \
  "('Transformer', 32) ('WeightedLayerPooling', 32) ('WordWeights', 32) ('Dense', 6) ('Pooling', 6)"
makes "WordEmbeddings:vectors.txt:update_embeddings=true:stop_words=false,CNN:4:kernel_sizes=[1,3],LSTM:5,Pooling:max" \
  "('WordEmbeddings', 3) ('CNN', 8) ('LSTM', 10) ('Pooling', 10)"
makes "BoW:words.txt:unknown_word_weight=3,Dense:2" "('BoW', 4) ('Dense', 2)"
makes "StaticEmbedding:$model:embedding_dimension=16,Normalize" "('StaticEmbedding', 16) ('Normalize', 16)"
makes "StaticEmbedding:$tests_directory/goldens/static/model2vec" "('StaticEmbedding', 6)"
makes "Router:query=[Transformer:$model,Pooling:[mean,max],Dense:4]:document=[StaticEmbedding:$model:embedding_dimension=4],Normalize" \
  "('Router', 4) ('Normalize', 4)"
routes() { "$sbert" info made --json | python3 -c 'import json, sys
print({r: [p["type"] for p in parts] for r, parts in json.load(sys.stdin)["modules"][int(sys.argv[1])]["routes"].items()})' "$1"; }
[ "$(routes 0)" = "{'document': ['StaticEmbedding'], 'query': ['Transformer', 'Pooling', 'Dense']}" ] || die "$(routes 0)"
grep -q '"default_route": "document"' made/router_config.json || die "$(cat made/router_config.json)"
makes "Transformer:$model,Pooling,Router:a=[Dense:4]:b=[Dense:4,LayerNorm]:default_route=a" \
  "('Transformer', 32) ('Pooling', 32) ('Router', 4)"

# What the flag says, a recipe says too; the same seed makes the same model, another another.
train --modules "Transformer:$model,Pooling:mean,Dense:8:bias=false" --output by_flag
cat >recipe.yaml <<END
modules:
  - Transformer:$model
  - {name: Pooling, pooling_mode: mean}
  - {name: Dense, out_features: 8, bias: false}
output: by_recipe
END
train recipe.yaml
cmp by_flag/2_Dense/model.safetensors by_recipe/2_Dense/model.safetensors
train --modules "Transformer:$model,Pooling,Router:query=[Dense:4]:document=[Dense:4:bias=false,Normalize]" --output routed_by_flag
train --modules "Transformer:$model,Pooling,Router:query=[Dense:4]:document=[Dense:4]" --max-steps 1 --lr 1e-20 --output fresh
if cmp -s fresh/2_Router/{query,document}_0_Dense/model.safetensors; then die "both routes begin with the same weights"; fi
cat >router.yaml <<END
modules:
  - Transformer:$model
  - Pooling
  - {name: Router, query: Dense:4, document: [{name: Dense, out_features: 4, bias: false}, Normalize]}
output: routed_by_recipe
END
train router.yaml
diff -r routed_by_flag/2_Router routed_by_recipe/2_Router
train recipe.yaml --seed 7 --output seven
if cmp -s by_recipe/2_Dense/model.safetensors seven/2_Dense/model.safetensors; then die "the seed changes nothing"; fi
train recipe.yaml --model "$model" --output tuned
[ ! -e tuned/2_Dense ] || die "--model does not win over the recipe's modules"

"$sbert" train --help >help
tr -s '\n ' ' ' <help | grep -q 'train --modules Transformer:distilroberta-base,Pooling:mean,Dense:256 ' || die "no example"
grep -q '^  CNN:N' help || die "no list of modules"

fails() { expect_fail "$1" "$2" train --modules "$3" --output out; }
fails 2 "unknown module 'Polling'; did you mean 'Pooling'" "Transformer:$model,Polling:mean"
fails 2 'unknown module .Rooter.; did you mean .Router.' Rooter:a
fails 2 "'a' in 'Router:a' should be key=value, as in Router:query" Router:a
fails 2 'Router: has no routes; they are given as Router:query=' Router
fails 2 'Router: default_route is missing' "Transformer:$model,Pooling,Router:a=[Dense:4]:b=[Dense:4]"
fails 2 "there is no route 'c'" "Transformer:$model,Pooling,Router:a=[Dense:4]:b=[Dense:4]:default_route=c"
fails 2 "unknown module 'c'" "Transformer:$model,Pooling,Router:document=[Dense:4]:default_rout=c"
fails 2 'Pooling works on token embeddings' "Router:query=[Pooling]:document=[Pooling]"
fails 2 'Dense has no option .activation.; it has: .*activation_function' "Transformer:$model,Pooling,Dense:8:activation=GELU"
fails 2 'Dense: out_features is missing, as in Dense:256' "Transformer:$model,Pooling,Dense"
fails 2 "pooling mode 'median' is not supported; supported: .*mean" "Transformer:$model,Pooling:median"
fails 2 'Pooling works on token embeddings: put Transformer or WordEmbeddings before it' Pooling,Dense:3
fails 2 'Dense works on sentence embeddings: put Pooling before it' "Transformer:$model,Dense:3"
fails 2 'no module that makes sentence embeddings; add Pooling' "Transformer:$model"
fails 2 "'3' in 'LayerNorm:3' should be key=value" "Transformer:$model,Pooling,LayerNorm:3"
fails 2 'nothing to train' 'WordEmbeddings:vectors.txt,Pooling'
fails 1 'absent.txt' 'WordEmbeddings:absent.txt,Pooling'
printf 'cat 1\ndog much\n' >bad.txt
fails 1 "bad.txt: line 2.*'much' is no number" BoW:bad.txt,Dense:2
expect_fail 2 'choose one' train --model "$model" --modules Pooling --output out
