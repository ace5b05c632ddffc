#!/usr/bin/env bash
# What a model does unless it is told otherwise can be set, and is saved where Python looks for it.
. "$(dirname "$0")/common.bash"

echo 'a man is playing' >text
encode() { "$sbert" encode --input text "$@"; }
setting() { python3 -c 'import json, sys
print(json.dumps(json.load(open(sys.argv[1] + "/config_sentence_transformers.json")).get(sys.argv[2])))' "$1" "$2"; }
expect() { [ "$(setting "$1" "$2")" = "$3" ] || die "$2 of $1 is $(setting "$1" "$2"), not $3"; }

"$sbert" convert "$model" set --prompt 'query=query: ' --prompt 'passage=a = b, ' --default-prompt passage --similarity dot --truncate-dim 8
expect set prompts '{"document": "", "passage": "a = b, ", "query": "query: "}'
expect set default_prompt_name '"passage"'
expect set similarity_fn_name '"dot"'
expect set truncate_dim 8

encode --model set --output set.npy
encode --model "$model" --prompt 'a = b, ' --truncate-dim 8 --output told.npy
cmp set.npy told.npy
encode --model set --task query --output set.npy
encode --model "$model" --prompt 'query: ' --truncate-dim 8 --output told.npy
cmp set.npy told.npy
"$sbert" info set --json | grep -q '"similarity_function": "dot"'

# What is not said stays, and everything can be taken back.
"$sbert" convert set same
for key in prompts default_prompt_name similarity_fn_name truncate_dim; do expect same $key "$(setting set $key)"; done
"$sbert" convert set plain --prompt query= --prompt passage= --similarity cosine --truncate-dim 0
expect plain prompts '{"document": "", "query": ""}'
expect plain default_prompt_name null
expect plain similarity_fn_name '"cosine"'
expect plain truncate_dim null
"$sbert" convert set quiet --default-prompt ''
expect quiet default_prompt_name null
"$sbert" convert "$model" whole --truncate-dim 1000
expect whole truncate_dim null

expect_fail 2 "no prompt named 'passages'; it has: document, query" "$sbert" convert "$model" out --default-prompt passages
expect_fail 2 "--prompt: 'query: ' should be NAME=TEXT" "$sbert" convert "$model" out --prompt 'query: '
expect_fail 2 'euclid' "$sbert" convert "$model" out --similarity euclid
[ ! -e out ]
