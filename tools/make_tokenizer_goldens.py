#!/usr/bin/env python3
"""Writes tests/goldens/text/*.json: small tokenizers of every kind and what PyPI `tokenizers` makes of nasty strings.

    python tools/make_tokenizer_goldens.py [--output tests/goldens/text]

needs `pip install tokenizers==0.23.3`. A golden holds its tokenizer, so the C++ tests need nothing else.
"""
import argparse
import json
import pathlib
import sys

import tokenizers
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, processors

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "interop"))
sys.dont_write_bytecode = True
import nasty_strings  # noqa: E402

PINNED_VERSION = "0.23.3"
WORDS = ["hello", "world", "the", "un", "##aff", "##able", "token", "##ization", "##s", "don", "straße", "##ing", "中", "한", "##국"]


def wordpiece_vocabulary(normalizer, first):
    """Special tokens, every character of the strings (half of them), and a few words."""
    characters = sorted({c for text in nasty_strings.ALL for c in normalizer.normalize_str(text) if not c.isspace()})
    tokens = first + characters + ["##" + c for c in characters[::2]] + WORDS
    return {token: i for i, token in enumerate(dict.fromkeys(tokens))}


def bert(lowercase, strip_accents=None, clean_text=True, chinese=True, processing="template"):
    normalizer = normalizers.BertNormalizer(clean_text, chinese, strip_accents, lowercase)
    tokenizer = Tokenizer(models.WordPiece(wordpiece_vocabulary(normalizer, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]),
                                           unk_token="[UNK]"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    if processing == "template":
        tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1",
                                                                 [("[CLS]", 2), ("[SEP]", 3)])
    else:
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def mpnet():
    normalizer = normalizers.BertNormalizer(True, True, None, True)
    first = ["<s>", "<pad>", "</s>", "<unk>", "[UNK]", "<mask>"]
    tokenizer = Tokenizer(models.WordPiece(wordpiece_vocabulary(normalizer, first), unk_token="[UNK]"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in ("<s>", "<pad>", "</s>")] +
                                 [AddedToken("<unk>", special=True, normalized=True),
                                  AddedToken("<mask>", lstrip=True, special=True, normalized=False)])
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return tokenizer


def added_tokens():
    """Every flag of an added token, overlapping contents, and some that only the normalized text holds."""
    tokenizer = bert(True)
    tokenizer.add_tokens([AddedToken("left", lstrip=True, normalized=False), AddedToken("right", rstrip=True, normalized=False),
                          AddedToken("both", lstrip=True, rstrip=True, normalized=False),
                          AddedToken("whole", single_word=True, normalized=False),
                          AddedToken("who", normalized=False), AddedToken("HELLO", normalized=True),
                          AddedToken("Éa", normalized=True), AddedToken("straße", normalized=True, single_word=True),
                          AddedToken("  ", normalized=False), AddedToken("!!", normalized=True), AddedToken("!!!!", normalized=True)])
    return tokenizer


ADDED_TOKEN_TEXTS = ["a left b", "a  \tleft b", "leftleft", "left left", "a right  b", "right\u3000b", "right right", "a both b", "both both  both",
                     "whole", "a whole b", "whole.", "wholes", "awhole", "éwhole", "whole_", "whole\u0301", "whole中", "whole whole", "who whole", "wwho",
                     "hello", "HELLO", "Hello", "HéLLO", "sHELLOs", "Éa", "éA", "e\u0301a", "ea", "straße", "STRASSE", "Straße", "straßen", "die straße.",
                     "a  b", "a   b", "a    b", "right  b", "right   b", "x  left", "x   left", "!", "!!", "!!!", "!!!!", "!!!!!", "[SEP]left  [MASK] right x"]

TOKENIZERS = {
    "bert_uncased": (lambda: bert(True), []),
    "bert_cased": (lambda: bert(False), []),
    "bert_cased_stripped": (lambda: bert(False, strip_accents=True, processing="bert"), []),
    "bert_uncased_accents": (lambda: bert(True, strip_accents=False), []),
    "bert_unclean": (lambda: bert(True, clean_text=False, chinese=False), []),
    "mpnet": (mpnet, []),
    "added_tokens": (added_tokens, ADDED_TOKEN_TEXTS),
}


def golden(tokenizer, more_texts):
    texts = list(dict.fromkeys(nasty_strings.ALL + more_texts))
    encodings = tokenizer.encode_batch(texts)
    return {"made_by": f"tokenizers {tokenizers.__version__}", "tokenizer": json.loads(tokenizer.to_str()),
            "cases": [{"text": text, "ids": e.ids, "type_ids": e.type_ids} for text, e in zip(texts, encodings)]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "tests" / "goldens" / "text")
    options = parser.parse_args()
    if tokenizers.__version__ != PINNED_VERSION:
        sys.exit(f"tokenizers {PINNED_VERSION} is needed, found {tokenizers.__version__}")
    options.output.mkdir(parents=True, exist_ok=True)
    for name, (make, texts) in TOKENIZERS.items():
        content = golden(make(), texts)
        lines = [f'"made_by": {json.dumps(content["made_by"])}', f'"tokenizer": {json.dumps(content["tokenizer"])}',
                 '"cases": [\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in content["cases"]) + "\n]"]
        (options.output / f"{name}.json").write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
