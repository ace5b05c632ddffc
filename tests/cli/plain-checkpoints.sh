#!/usr/bin/env bash
# Without modules.json: encoders get pooling, and that is said; checkpoints made for something else are refused by name.
. "$(dirname "$0")/common.bash"

echo 'a man is playing' >text
fresh() { rm -rf plain && copy_model plain && rm plain/modules.json && damage plain/config.json "s/\"BertModel\"/\"$1\"/"; }

fresh SomeModel
"$sbert" encode --model "$model" --input text --output with.npy 2>note
[ ! -s note ] || die "a note about a whole model: $(cat note)"
"$sbert" encode --model plain --input text --output without.npy 2>note
grep -q '^sbert: plain: has no modules.json, so mean pooling was taken' note || die "$(cat note)"
cmp with.npy without.npy
"$sbert" encode --model plain --input text --output without.npy --quiet 2>note
[ ! -s note ] || die "--quiet says $(cat note)"

for class in BertForMaskedLM BertForPreTraining BertLMHeadModel; do
  fresh $class
  "$sbert" encode --model plain --input text --output without.npy 2>note
  grep -q 'mean pooling' note || die "$class: $(cat note)"
  cmp with.npy without.npy
done
fresh RobertaForCausalLM
"$sbert" encode --model plain --input text --output last.npy 2>note
grep -q 'last-token pooling' note || die "$(cat note)"
if cmp -s with.npy last.npy; then die "the last token is the mean"; fi
damage plain/config.json 's/"is_decoder": false/"is_causal": false/'
"$sbert" encode --model plain --input text --output both.npy --quiet
cmp with.npy both.npy

for class in BertForSequenceClassification BertForTokenClassification BertForQuestionAnswering BertForMultipleChoice \
  BertForNextSentencePrediction HF_ColBERT; do
  fresh $class
  expect_fail 1 "plain/config.json: $class .*is no model of sentence embeddings" "$sbert" encode --model plain --input text
  expect_fail 1 "$class" "$sbert" info plain
done
# Its encoder is where another model may begin.
write_pairs >pairs.jsonl
"$sbert" train --modules Transformer:plain,Pooling:mean --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss \
  --max-steps 1 --output trained --quiet
"$sbert" encode --model trained --input text >/dev/null

fresh BertForSequenceClassification && damage plain/config.json '/"BertForSequenceClassification"/d'
damage plain/model.safetensors 's/"pooler.dense.bias"/"classifier.weight"/'
expect_fail 1 'a checkpoint with a classifier' "$sbert" info plain

for mark in '"sbert_ce_default_activation_function": "torch.nn.modules.linear.Identity"' \
  '"sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity", "version": "4.1.0"}'; do
  fresh SomeModel
  damage plain/config.json "s/\"architectures\"/$mark, &/"
  expect_fail 1 'a CrossEncoder gives scores to pairs' "$sbert" info plain
done
copy_model cross
damage cross/config_sentence_transformers.json 's/"SentenceTransformer"/"CrossEncoder"/'
damage cross/modules.json 's/Pooling"/LogitScore"/'
expect_fail 1 "model_type 'CrossEncoder' is not supported" "$sbert" info cross

# What model2vec saves opens without a list of modules, too.
static=$tests_directory/goldens/static/model2vec
"$sbert" encode --model "$static" --input text --output with.npy
cp -r "$static" tables && chmod -R u+w tables && rm tables/modules.json
"$sbert" encode --model tables --input text --output without.npy 2>note
[ ! -s note ] || die "$(cat note)"
cmp with.npy without.npy
"$sbert" info tables --json | grep -q '"StaticEmbedding"'
"$sbert" train --model tables --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --max-steps 1 --output tuned --quiet
"$sbert" encode --model tuned --input text >/dev/null
