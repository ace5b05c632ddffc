#!/usr/bin/env bash
# Builds every fuzz target and runs each for SECONDS (20), from a few seeds made of the test models:
#   tools/run_fuzzers.sh [SECONDS [TARGET...]]
# The random numbers are the same each time, so that a change is judged by what it changes; FUZZ_SEED=0 hunts with new ones.
# Exits non-zero when one finds something; the input that shows it is then in build/fuzz/findings/.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-20}
if [[ ! "$seconds" =~ ^[0-9]+$ ]]; then
  echo "usage: tools/run_fuzzers.sh [SECONDS [TARGET...]]" >&2
  exit 2
fi
shift $(($# > 0 ? 1 : 0))

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz
build=build/fuzz
goldens=tests/goldens

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in fuzz/fuzz_*.cpp; do
    targets+=("$(basename "$source" .cpp)")
  done
fi

# pack_directory DIRECTORY: its small files, as fuzz_model_directory reads them.
pack_directory() {
  find "$1" -type f -size -8192c -printf '%P\n' | sort | while read -r file; do
    printf '\n=== %s\n' "$file"
    cat "$1/$file"
  done
}

# make_seeds TARGET DIRECTORY: small valid inputs, from which mutation reaches deeper than from nothing.
make_seeds() {
  local to=$2
  case $1 in
    fuzz_safetensors)
      printf '\x40\0\0\0\0\0\0\0{"x":{"dtype":"F16","shape":[2,1],"data_offsets":[0,4]}}        1234' >"$to/half"
      printf '\x02\0\0\0\0\0\0\0{}' >"$to/none"
      ;;
    fuzz_model_directory)
      local directory
      find "$goldens" -mindepth 3 -name modules.json -printf '%h\n' | while read -r directory; do
        pack_directory "$directory" >"$to/${directory//\//_}"
      done
      for directory in "$goldens"/modules/*/ "$goldens"/architectures/*/; do
        pack_directory "$directory" >"$to/${directory//\//_}"
      done
      {
        printf '\n=== modules.json\n[{"path": "", "type": "Router"}]\n=== query_0_BoW/config.json\n{"vocab": ["hello", "cat"]}'
        printf '\n=== router_config.json\n{"types": {"query_0_BoW": "BoW"}, "structure": {"query": ["query_0_BoW"]}, %s}' \
          '"parameters": {"default_route": "query", "route_mappings": {"('"'query'"', None)": "query"}}'
      } >"$to/router"
      ;;
    fuzz_pytorch_file)
      cp "$goldens"/checkpoints/*.bin "$to"
      ;;
    fuzz_tokenizer)
      cp "$goldens/engine/model/tokenizer.json" "$to/bert"
      printf '{"model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}, "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Isolated"}}\0ab1 c' '[\\w&&[^a-c\\p{Lu}]]+|\\b\\h{,2}' >"$to/regex"
      ;;
    fuzz_sentencepiece)
      cp "$goldens/tokenizer_directories/xlm_roberta/sentencepiece.bpe.model" "$to/unigram"
      printf '\x0a\x0a\x0a\x03abc\x15\0\0\x80\xbf\x12\x02\x18\x02' >"$to/bpe"
      ;;
    fuzz_tokenizer_directory)
      # A byte for the class, then files that are each ended by a zero byte: see the target.
      printf '\0{"do_lower_case": false}\0{"cls_token": "[CLS]"}\0{"[new]": 6}\0\0[PAD]\n[UNK]\n[CLS]\n[SEP]\nhello\n##s\n' >"$to/bert"
      printf '\x02\0\0\0\0\0{"<s>": 0, "a": 1, "b": 2, "ab": 3}\0#version: 0.2\na b\n' >"$to/roberta"
      printf '\x05\0\0\0\0\0\0\0\x0a\x0a\x0a\x03abc\x15\0\0\x80\xbf' >"$to/xlm_roberta"
      ;;
    fuzz_history)
      cat >"$to/history" <<'END'
{"curve":{"steps_per_point":1,"points":[[1,1,0.5,[0.5,1],0.5,0.5,[[0.5,1]],1e-3,[2,1],10,0.5]]},
"evaluations":[{"step":1,"epoch":1.0,"primary":"a","metrics":{"a":0.5,"b":null}}],
"evaluation_seconds":1.5,"scores_before":[[0.5,null]]}
END
      ;;
    fuzz_csv)
      printf '\x03text,label\n"a, ""b""\nc",1\nd,0.5\n' >"$to/quoted"
      printf '\x04a\t1\r\nb\t2\r\n' >"$to/plain"
      printf '\x03text,label\na,1\n' | gzip >"$to/gzip"
      ;;
    fuzz_word_vectors)
      printf '\x033 2\nthe 1 -2.5\nNew_York 3e-1 4\nshort 1\ncat 5 6\n' >"$to/word2vec"
      printf '\x06the\t1\t2\ncan'"'"'t\t3\t4\n' >"$to/tabs"
      printf '\x01the 1 2\n' | gzip >"$to/gzip"
      ;;
    fuzz_hub)
      local git=0967ef424bce6791893e9a57bb952f80fd536e93
      local sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
      printf '0[{"type":"file","path":"a/b","size":7,"oid":"%s","lfs":{"oid":"%s","size":9}}]' $git $sha256 >"$to/page"
      printf '1{"format_version":1,"files":{"a/b":{"size":7,"blob_id":"%s"}}}' $git >"$to/tree"
      printf '2"api";r=0;t=55' >"$to/limit"
      printf '2<https://huggingface.co/x?cursor=y>; rel="next"' >"$to/link"
      printf '2{"errors":[{"message":"x"}]}' >"$to/error"
      printf '3https://cdn.hf.co/x?y=z' >"$to/redirect"
      printf '4{"name":"a","orgs":[{"name":"b"}],"auth":{"accessToken":{"displayName":"c","role":"write"}}}' >"$to/account"
      printf '5{"actions":{"upload":{"href":"/a","header":{"chunk_size":"1000000","00001":"/b"}},"verify":{"href":"/c"}}}' >"$to/parts"
      printf '6{"files":[{"path":"a","uploadMode":"lfs","oid":"%s"},{"path":"b/c","uploadMode":"regular"}]}' $sha256 >"$to/modes"
      printf -- '7---\nlicense: mit\ndatasets: [c, "d"]\n# x\ntags:\n- y\n---\n# Tiny\n' >"$to/card"
      printf '8write' >"$to/token"
      printf '9---\nconfigs:\n- config_name: a\n  data_files: [{split: dev, path: "dev/*"}]\n---\n' >"$to/dataset"
      printf ':**/[!a-c]*[-._ 0-9]?\ndata/train-1' >"$to/pattern"
      ;;
    fuzz_yaml)
      printf -- '---\nlicense: mit\nconfigs:\n- config_name: "a"\n  data_files: [{split: dev, path: "dev/*"}]\n' >"$to/card"
      printf 'model: &m x\nlearning_rate: 2e-5\nlosses:\n  - {data: *m, weight: !!str 1}\ntext: |\n  a\n' >"$to/config"
      ;;
    fuzz_jsonl)
      printf '{"anchor":"a","positive":["b","c"],"score":0.5}\n\n{"anchor":"\\u00e9","score":1}\n' >"$to/rows"
      ;;
  esac
}

findings=$build/findings
rm -rf "$findings"
mkdir -p "$findings"
failed=()
# For the targets that write files: in memory, where the machine has such a place.
scratch=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for target in "${targets[@]}"; do
  corpus=$(mktemp -d)
  make_seeds "$target" "$corpus"
  echo "== $target, $seconds s"
  # A crash, a leak, an input that takes 10 s and an allocation of 1 GB are findings.
  if ! "$build/fuzz/$target" -seed="${FUZZ_SEED:-1}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=1024 \
    -max_len=16384 -print_final_stats=1 -verbosity=0 -artifact_prefix="$findings/$target-" "$corpus"; then
    failed+=("$target")
  fi
  rm -rf "$corpus"
done

if [ ${#failed[@]} -ne 0 ]; then
  echo "findings in: ${failed[*]}; see $findings" >&2
  exit 1
fi
