#!/usr/bin/env bash
# Each way in which weights can be damaged: one line naming the file or its directory and the place.
. "$(dirname "$0")/common.bash"

encode() { expect_fail 1 "$1" "$sbert" encode --model broken --quiet; }
fresh() { rm -rf broken && copy_model broken; }
weights=broken/model.safetensors
fresh && rm $weights && encode 'broken/model.safetensors'
fresh && truncate -s 50000 $weights && encode 'model.safetensors.*truncated'
fresh && truncate -s 4 $weights && encode 'model.safetensors'
fresh && : >$weights && encode 'model.safetensors'
fresh && printf '\0\0\0\0\0\0\0\200' | dd of=$weights conv=notrunc status=none && encode 'model.safetensors.*9223372036854775808'
fresh && damage $weights 's/\[128,256\]/[100,228]/' && encode 'model.safetensors.*LayerNorm.*overlap'
fresh && damage $weights 's/\[256,8448\]/[999,9999999]/' && encode 'model.safetensors'
fresh && damage $weights 's/"F32","shape":\[166,32\]/"I32","shape":[166,32]/' && encode 'word_embeddings.weight.*I32'
fresh && damage $weights 's/"shape":\[166,32\]/"shape":[32,166]/' && encode 'word_embeddings.weight.*\[32, 166\].*\[166, 32\]'
fresh && damage $weights 's/embeddings.LayerNorm.bias/embeddings.LayerNorm.bios/' && encode 'embeddings.LayerNorm.bias'
fresh && damage $weights '1s/{"__metadata__"/["__metadata__"/' && encode 'model.safetensors.*header'
