#!/usr/bin/env bash
# A model goes to the Hub: repository, branch, pull request, model card; what is there already is not sent.
. "$(dirname "$0")/common.bash"

copy_model mine "$model_dense"
printf -- '---\nlicense: mit\n---\n# Mine\n' >mine/README.md
start_hub --multipart-size 5000 --repo "model:bob/his=$model"
expect_fail 1 'nobody is logged in' "$sbert" push mine tiny
expect_fail 2 'REPO' "$sbert" push mine
"$sbert" login --token hf_alice_write 2>/dev/null

url=$("$sbert" push mine tiny 2>notes)
[[ "$url" == "$HF_ENDPOINT"/alice/tiny/commit/* ]] || die "$url"
[ ! -s notes ] || grep -q upload notes || die "$(cat notes)"
diff -r mine "$("$sbert" pull alice/tiny --all --quiet)" -x .gitattributes

# Nothing is sent twice, and one changed file is all that is sent.
hub_control reset '{}' >/dev/null
[ "$("$sbert" push mine tiny 2>notes)" = "$url" ]
grep -q 'has all of it already' notes
if hub_requests | grep -E 'PUT|/commit/'; then die "sent again"; fi
echo '{"changed": 1}' >mine/extra.json
"$sbert" push mine alice/tiny --message 'One more' --quiet >second
if hub_requests | grep 'PUT'; then die "the weights were sent again"; fi
directory=$("$sbert" pull alice/tiny --quiet)
cmp mine/extra.json "$directory/extra.json"

# The card of the repository is kept; data sets are named in the front matter of one that goes there.
echo '# Another' >>mine/README.md
"$sbert" push mine tiny >/dev/null 2>notes
grep -q 'model card on the Hub is kept; --replace-model-card' notes || die "$(cat notes)"
"$sbert" push mine tiny --replace-model-card --train-datasets embedding-data/QQP_triplets,sentence-transformers/stsb --quiet >/dev/null
directory=$("$sbert" pull alice/tiny --quiet)
diff "$directory/README.md" - <<'END'
---
datasets:
- embedding-data/QQP_triplets
- sentence-transformers/stsb
license: mit
---
# Mine
# Another
END
expect_fail 2 "'a: b' is no name" "$sbert" push mine other --train-datasets 'a: b'

# Organizations, branches, private repositories, pull requests.
"$sbert" push mine team --organization acme --revision v2 --private --quiet >/dev/null
cmp mine/config.json "$("$sbert" pull acme/team@v2 --quiet)/config.json"
expect_fail 1 'no model acme/team' env HF_TOKEN=hf_bob_write "$sbert" pull acme/team --quiet
[ "$("$sbert" push mine bob/his --create-pr --quiet)" = "$HF_ENDPOINT/bob/his/discussions/1" ]
expect_fail 1 'bob/his.*may not|may not.*bob/his' "$sbert" push mine bob/his --quiet
expect_fail 1 "may not.*'sbert whoami'" env HF_TOKEN=hf_alice_read "$sbert" push mine tiny --quiet
expect_fail 2 'no name for a repository' "$sbert" push mine 'a b'
mkdir empty
expect_fail 1 'is no model' "$sbert" push empty tiny

# A model card that the Hub would refuse, before anything is sent.
hub_control reset '{}' >/dev/null
cp -r mine bad
printf -- '---\ntags: [a\n---\n' >bad/README.md
expect_fail 2 'refuses this model card.*nothing was sent' "$sbert" push bad bad --quiet
if hub_requests | grep -E 'PUT|/commit/'; then die "something was sent"; fi

# No server but the Hub saw the token, and no request was one that a stricter server would refuse.
hub_control log | python3 -c 'import json, sys
log = json.load(sys.stdin)
assert log["violations"] == [], log["violations"]
assert all("authorization" not in request["headers"] for request in log["requests"] if request["role"] == "storage")'
