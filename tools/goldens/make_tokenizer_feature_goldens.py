#!/usr/bin/env python3
"""Writes tests/goldens/text_features/*.json: pairs, truncation, windows, offsets and decoding by PyPI `tokenizers`, for the
tokenizers that make_tokenizer_goldens.py has written to tests/goldens/text.

    python tools/goldens/make_tokenizer_feature_goldens.py [--output tests/goldens/text_features]

needs `pip install tokenizers==0.23.3`. Requests and answers are those of tests/interop/tokenizers_differential.py.
"""
import argparse
import json
import pathlib
import sys

from tokenizers import Regex, Tokenizer, decoders

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "interop"))
sys.dont_write_bytecode = True
import nasty_strings  # noqa: E402
import tokenizers_differential as differential  # noqa: E402

BYTES = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
# Every decoder, each for a tokenizer that has its like; the others join tokens with spaces.
DECODERS = {
    "bert_uncased": decoders.WordPiece(), "bert_cased": decoders.WordPiece(cleanup=False), "mpnet": decoders.WordPiece("##", True),
    "added_tokens": decoders.WordPiece(), "roberta": decoders.ByteLevel(), "gpt2_prefix_space": decoders.ByteLevel(),
    "qwen": decoders.ByteLevel(), "clip": decoders.BPEDecoder("</w>"), "gemma": BYTES, "bytes_known": BYTES,
    "unigram_first": decoders.Metaspace(prepend_scheme="first"), "unigram_never": decoders.Metaspace(prepend_scheme="never"),
    "unigram_replace": decoders.Sequence([decoders.Metaspace(), decoders.Strip("a", 2, 0)]), "unigram_charsmap": decoders.Metaspace(),
    "merged_with_next": decoders.CTC("e", "o", cleanup=True), "fixed_length": decoders.CTC("t", " ", cleanup=False),
    "split_removed": decoders.Sequence([decoders.Replace(Regex(r"[a-e]+"), "<>"), decoders.Fuse()]),
    "word_level": decoders.Strip("d", 0, 1), "bpe_prefix": decoders.WordPiece(cleanup=True),
}


def cases(reference):
    with_places = not differential.loses_bytes(reference)
    texts = [t for t in nasty_strings.ALL if len(t) < 50][::12] + list(differential.random_mixes(12, reference))
    truncations = [r for r in differential.truncations(400, reference) if len(r["text"] + r.get("pair", "")) < 40][:40]
    decodings = list(differential.decodings(60, reference))[::6]
    for requests, answer in [(texts, differential.encoded(reference, with_places)),
                             (truncations, differential.truncated(reference, with_places)),
                             (decodings, differential.decoded(reference))]:
        answers = answer(requests)
        reference.no_truncation()
        yield from ({"request": request, "answer": answer} for request, answer in zip(requests, answers))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "tests" / "goldens" / "text_features")
    options = parser.parse_args()
    differential.check_version()
    options.output.mkdir(parents=True, exist_ok=True)
    for golden in sorted((ROOT / "tests" / "goldens" / "text").glob("*.json")):
        tokenizer = json.loads(golden.read_text(encoding="utf-8"))["tokenizer"]
        tokenizer["decoder"] = None
        reference = Tokenizer.from_str(json.dumps(tokenizer))
        if golden.stem in DECODERS:
            reference.decoder = DECODERS[golden.stem]
        head = {"made_by": f"tokenizers {differential.PINNED_VERSION}", "decoder": json.loads(reference.to_str())["decoder"],
                "with_places": not differential.loses_bytes(reference)}
        lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
        lines.append('"cases": [\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases(reference)) + "\n]")
        (options.output / golden.name).write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
