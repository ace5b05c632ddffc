#!/usr/bin/env bash
# Passes all tests: installs what they need, builds them beside the command, runs ctest.
#
#   ./test.sh [ctest arguments, such as -R text]
set -euo pipefail
cd "$(dirname "$0")"
. tools/setup.sh

section "packages"
install_packages "${build_packages[@]}" "${test_packages[@]}"
fetch_libraries

section "build"
build_preset release tests

section "tests"
if [ ! -d "${SBERT_TEST_DATA_DIR:-../shared/data}" ]; then
  echo "no shared data (SBERT_TEST_DATA_DIR or ../shared/data): the tests that want it are skipped"
fi
run_ctest release "$@"
