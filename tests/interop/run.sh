#!/usr/bin/env bash
# Compares us with Python sentence-transformers, both ways: what it saves we load, what we save it loads, and the numbers.
#
#   tests/interop/run.sh [pytest arguments]
#
# The Python side lives in a virtual environment under ~/.cache/sbert, one for each version of requirements.txt. To use
# another: SBERT_REFERENCE_PYTHON=/path/to/python. The command tested is build/release/sbert, or $SBERT_COMMAND.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. tools/setup.sh

python=$("$here/reference_python.sh")
"$python" -B -m pytest -q -p no:cacheprovider "$here" "$@"
"$python" -B tools/generate_unicode_tables.py --check src/text/unicode_tables.cpp
# The second judge of token ids, beside the environment, which it would otherwise make anew.
judge=$cache_directory/morpheme-0.5.0
[ -d "$judge" ] || "$python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$judge" morpheme==0.5.0
driver=build/release/tests/test_text
if [ -x "$driver" ]; then
  "$python" -B -W ignore "$here/tokenizer_classes_differential.py" --driver "$driver"
  PYTHONPATH=$judge "$python" -B "$here/tokenizers_differential.py" --driver "$driver"
else
  echo "no $driver: the tokenizers were not compared code point by code point (./test.sh builds it)"
fi
