#!/usr/bin/env bash
# Proxies are used, as the usual variables say.
. "$(dirname "$0")/common.bash"

start_hub --repo "model:acme/tiny=$model"
# Nobody knows this name: only the proxy can have answered. The storage is asked directly.
export no_proxy=127.0.0.1
env HF_ENDPOINT=http://hub.invalid http_proxy="$HF_ENDPOINT" "$sbert" pull acme/tiny --quiet
rm -rf "$HF_HOME"
env HF_ENDPOINT=http://hub.invalid HTTP_PROXY="$HF_ENDPOINT" "$sbert" pull acme/tiny --quiet
rm -rf "$HF_HOME"
expect_fail 1 'hub.invalid.*is there a network' env HF_ENDPOINT=http://hub.invalid http_proxy="$HF_ENDPOINT" \
  no_proxy=hub.invalid "$sbert" pull acme/tiny
