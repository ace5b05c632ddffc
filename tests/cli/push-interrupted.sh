#!/usr/bin/env bash
# A push that was killed, or whose connection was cut, is repeated by the same command, which sends what is missing; two at
# once do not get in each other's way.
. "$(dirname "$0")/common.bash"

copy_model mine "$model_dense"
start_hub --page-size 1000
export HF_TOKEN=hf_alice_write

# Killed between its first and its second large file.
hub_control fault '{"match": "storage PUT", "action": "none", "wait": 60, "skip": 1}' >/dev/null
"$sbert" push mine acme/tiny --quiet &
until [ "$(hub_requests | grep -c 'storage PUT')" -eq 2 ]; do sleep 0.05; done
kill -9 $!
wait $! 2>/dev/null || true
hub_control reset '{}' >/dev/null
"$sbert" push mine acme/tiny --quiet >/dev/null
[ "$(hub_requests | grep -c 'storage PUT')" -eq 1 ] || die "$(hub_requests)"

# The commit was made, its answer lost: the message says what to do, and doing it finds the commit.
echo '{"changed": 1}' >mine/extra.json
hub_control fault '{"match": "/commit/", "action": "cut", "after": 10}' >/dev/null
expect_fail 1 'may have been made: the same command finds out' "$sbert" push mine acme/tiny --quiet
"$sbert" push mine acme/tiny >/dev/null 2>notes
grep -q 'has all of it already' notes || die "$(cat notes)"

# Two at once: each changes what the other does not know.
cp -r mine other
echo '{"mine": 1}' >mine/mine.json
echo '{"other": 1}' >other/other.json
hub_control fault '{"match": "/commit/", "action": "none", "wait": 1, "times": 1}' >/dev/null
"$sbert" push mine acme/tiny --quiet >/dev/null &
"$sbert" push other acme/tiny --quiet >/dev/null
wait $!
directory=$("$sbert" pull acme/tiny --quiet)
cmp mine/mine.json "$directory/mine.json"
cmp other/other.json "$directory/other.json"
diff -r "$directory" mine -x .gitattributes -x other.json
