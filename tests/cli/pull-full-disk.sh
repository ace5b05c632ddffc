#!/usr/bin/env bash
# A disk that is too small is noticed before anything comes; one that fills up meanwhile loses nothing.
. "$(dirname "$0")/common.bash"

mkdir disk
mount -t tmpfs -o size=300k none disk 2>/dev/null || skip "may not mount a tmpfs"
trap 'umount "$work/disk"; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cp -r "$model" repo
head -c 100000 /dev/urandom >repo/1.bin
start_hub --repo "model:acme/tiny=repo"
export HF_HOME=$work/disk/hf
head -c 200000 /dev/zero >disk/other
expect_fail 1 'models--acme--tiny/blobs: model acme/tiny needs .*HF_HOME' "$sbert" pull acme/tiny --quiet
rm disk/other
hub_control fault '{"match": "storage GET", "action": "slow", "piece": 5000, "pause": 0.1, "times": 2}' >/dev/null
(
  for _ in $(seq 100); do
    if [ -n "$(find disk -name '*.incomplete' -size +8k)" ]; then break; fi
    sleep 0.05
  done
  head -c 300000 /dev/zero >disk/other
) 2>/dev/null &
filler=$!
expect_fail 1 'cannot write: No space left on device; make room and run it again' "$sbert" pull acme/tiny --quiet
wait "$filler" || true
rm disk/other
directory=$("$sbert" pull acme/tiny --quiet)
diff -r --exclude .gitattributes repo "$directory"
