#!/usr/bin/env bash
# What a model is made of, for people and for programs.
. "$(dirname "$0")/common.bash"

"$sbert" info "$model_dense" >text
for word in Transformer Pooling Dense Normalize '16 dimensions' '64 tokens' query 'WordPiece, 166 tokens, lower case' \
  '\[CLS\] 2' 'architecture bert, layers 2' '\[tokens, 32\]' '\[16\]' 'kB in f32.*kB in bf16' '(F32)'; do
  grep -q -- "$word" text || die "'$word' is not in: $(cat text)"
done
"$sbert" info "$model_dense" --parameters >parameters
grep -q '^0\.encoder\.layer\.1\.attention\.self\.query\.weight  \[32,32\]$' parameters || die "$(cat parameters)"

# expect_json MODEL EXPRESSION: of the object m
expect_json() {
  "$sbert" info "$1" --json >json
  python3 -c "import json; m = json.load(open('json')); assert $2, m" || die "$1: not $2"
}
expect_json "$model_dense" 'm["embedding_dimension"] == 16 and m["max_seq_length"] == 64 and m["similarity_function"] == "cosine"'
expect_json "$model_dense" '[(x["type"], x["token_dimension"], x["sentence_dimension"]) for x in m["modules"]] == [
  ("Transformer", 32, None), ("Pooling", 32, 32), ("Dense", 32, 16), ("Normalize", 32, 16)]'
expect_json "$model_dense" 'm["parameters"] == sum(x["parameters"] for x in m["modules"]) == 25104'
expect_json "$model_dense" 'm["modules"][2]["parameters"] == 16 * 32 + 16 and m["modules"][2]["config"]["in_features"] == 32'
expect_json "$model_dense" 'm["tokenizer"]["special_tokens"] == {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4}'
expect_json "$model_dense" 'm["tokenizer"]["model"] == "WordPiece" and m["tokenizer"]["lower_case"] is True'
expect_json "$model_dense" 'm["memory_bytes"]["f32"] == 4 * m["parameters"] and m["prompts"]["query"] == "read: "'
expect_json "$model_dense" 'm["modules"][0]["details"]["attention_heads"] == 4'
# Without an encoder; and weights of other types.
goldens=$tests_directory/goldens
expect_json "$goldens/static/model2vec" 'm["modules"][0]["type"] == "StaticEmbedding" and m["tokenizer"]["vocabulary"] == 166'
expect_json "$goldens/words/phrase" 'm["tokenizer"]["model"] == "PhraseTokenizer" and m["tokenizer"]["special_tokens"] == {}'
expect_json "$goldens/checkpoints/bfloat16" 'list(m["file_bytes"]) == ["BF16"] and m["modules"][1]["type"] == "Pooling"'
expect_json "$goldens/checkpoints/old_bert" 'm["max_seq_length"] == 12 and m["modules"][0]["details"]["architecture"] == "bert"'
expect_json "$goldens/words/bow" 'm["parameters"] == 0 and m["tokenizer"]["vocabulary"] == m["embedding_dimension"] == 32'
expect_json "$goldens/router/two_encoders" 'm["modules"][0]["type"] == "Router" and m["file_bytes"]["F32"] >= 4 * m["parameters"] > 0'
"$sbert" info "$goldens/router/shared" --parameters | grep -q '^0\.document_2_Dense\.linear\.bias  ' || die "no parameters of the routes"
expect_json "$goldens/router/shared" '[[x["type"] for x in r] for r in m["modules"][0]["routes"].values()] == [
  ["Transformer", "Pooling", "Dense"]] * 2'
"$sbert" info "$goldens/router/shared" >text
for line in '     route query' '       1  Pooling         \[32\] .* 0 parameters' '     route document (default)'; do
  grep -q "^$line$" text || die "'$line' is not in: $(cat text)"
done
