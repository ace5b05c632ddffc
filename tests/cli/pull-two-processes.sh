#!/usr/bin/env bash
# Two processes pull one model at once, one of them is killed: the other one goes on with what there is, and each file
# comes over the network once.
. "$(dirname "$0")/common.bash"

cp -r "$model" repo
start_hub --repo "model:acme/tiny=repo"
hub_control fault '{"match": "storage GET", "action": "slow", "piece": 4000, "pause": 0.1}' >/dev/null
"$sbert" pull acme/tiny --quiet >first &
victim=$!
for _ in $(seq 100); do
  if [ -n "$(find hf -name '*.incomplete' -size +8k 2>/dev/null)" ]; then break; fi
  sleep 0.05
done
"$sbert" pull acme/tiny >second 2>notes &
other=$!
for _ in $(seq 100); do
  if grep -q 'waiting for another' notes; then break; fi
  sleep 0.05
done
grep -q 'waiting for another process that downloads model.safetensors' notes || die "nobody waited: $(cat notes)"
kill -KILL $victim
wait $other
cmp repo/model.safetensors "$(cat second)/model.safetensors"
[ -z "$(find hf -name '*.incomplete' -o -name '*.tmp')" ] || die "left: $(find hf -name '*.incomplete' -o -name '*.tmp')"
[ "$(hub_requests | grep -c '^storage GET .* bytes=[0-9]*-$')" -eq 1 ] || die "did not go on: $(hub_requests)"
