#!/usr/bin/env bash
# Broken JSON, and values that make no sense: one line naming the file.
. "$(dirname "$0")/common.bash"

info() { expect_fail 1 "$1" "$sbert" info broken; }
fresh() { rm -rf broken && copy_model broken "$model_dense"; }
for file in modules.json config.json tokenizer.json sentence_bert_config.json 1_Pooling/config.json 2_Dense/config.json \
  config_sentence_transformers.json; do
  fresh && truncate -s -5 "broken/$file" && info "broken/$file"
  fresh && printf 'nul' >"broken/$file" && info "broken/$file"
done
fresh && rm broken/config.json && info 'broken/config.json'
fresh && rm broken/tokenizer.json && info 'broken.*tokenizer'
fresh && damage broken/config.json 's/"hidden_size": 32/"hidden_size": -32/' && info 'config.json.*hidden_size'
fresh && damage broken/config.json 's/"num_attention_heads": 4/"num_attention_heads": 5/' && info 'config.json|attention_heads'
fresh && damage broken/config.json 's/"model_type": "bert"/"model_type": "bort"/' && info 'config.json.*bort'
fresh && damage broken/modules.json 's/models.Dense/models.Dance/' && info 'modules.json.*Dance'
fresh && damage broken/modules.json 's/"1_Pooling"/"..\/..\/etc"/' && info 'modules.json.*etc'
fresh && damage broken/tokenizer.json 's/"\[CLS\]": 2/"[CLZ]": 2/' && echo 'a [CLS]' >text
expect_fail 1 "'.CLS.' .166., for which the model has no embedding" "$sbert" encode --model broken --input text
fresh && damage broken/tokenizer.json 's/"type": "WordPiece"/"type": "WordPeace"/' && info 'tokenizer.json.*WordPeace'
mkdir empty
expect_fail 1 'empty: is no model: it has neither modules.json nor config.json' "$sbert" info empty
expect_fail 1 'no/such/model' "$sbert" info no/such/model
