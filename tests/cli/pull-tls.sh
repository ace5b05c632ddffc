#!/usr/bin/env bash
# A server whose certificate nobody vouches for is not used, and nobody on the way may turn encryption off.
. "$(dirname "$0")/common.bash"

command -v openssl >/dev/null || skip "needs openssl to make a certificate"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout key.pem \
  -out certificate.pem 2>/dev/null
cat key.pem certificate.pem >both.pem
start_hub --repo "model:acme/tiny=$model" --certificate both.pem
[[ "$HF_ENDPOINT" == https://* ]] || die "$HF_ENDPOINT"
expect_fail 1 'certificate.*SSL_CERT_FILE' "$sbert" pull acme/tiny --quiet
[ -z "$(SSL_CERT_FILE=certificate.pem hub_requests)" ] || die "something was said before"
# The Hub is trusted now; its storage speaks plain HTTP.
expect_fail 1 'redirects to http://.*not encrypted' env SSL_CERT_FILE=certificate.pem "$sbert" pull acme/tiny --quiet
