#!/usr/bin/env python3
"""Writes tests/goldens/text/*.json: small tokenizers of every kind and what PyPI `tokenizers` makes of nasty strings.

    python tools/goldens/make_tokenizer_goldens.py [--output tests/goldens/text] [--only NAME ...]

needs `pip install tokenizers==0.23.3`. A golden holds its tokenizer, so the C++ tests need nothing else.
The reference's trainers break ties differently in each run: a new golden has another vocabulary.
make_tokenizer_feature_goldens.py is to be run afterwards.
"""
import argparse
import json
import pathlib
import struct
import sys

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
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

TRAINING_TEXTS = (nasty_strings.WORDS + nasty_strings.SCRIPTS) * 2 + ["the quick brown fox jumps over the lazy dog",
                  "hello hello world, the world's tokens are tokenized; they're numbered 1 2 3 123 2024"] * 8
QWEN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"
        r"\s+(?!\S)|\s+")
O200K = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
# What Oniguruma spells otherwise than others do, or finds in a later Unicode: BLOOM's class in a class, an intersection.
CLASSES = r" ?[^(\s|[.,!?…。，、।۔،])]+|[\p{L}\p{M}&&[^\p{Han}a-c]]+\b|\h{,2}[[:digit:]]|[^\w[\u0021-\u002f]]+\B|\P{C}\d|\D\W"
LATER = ["a\U00010d40b\U00010d41", "\u1c89\ua7cb\u1c8a", "\U00010ec2\U00031350\u302a", "x\u0897y", "½ ⅓²", "café\u302a中文kana", "10\U00011f50\U0001e4f0"]
CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def trained(model, trainer, normalizer=None, pre_tokenizer=None, post_processor=None, special=()):
    tokenizer = Tokenizer(model)
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(TRAINING_TEXTS, trainer)
    tokenizer.add_special_tokens(list(special))
    if post_processor:
        tokenizer.post_processor = post_processor(tokenizer)
    return tokenizer


def bpe_trainer(size=700, special=(), **more):
    return trainers.BpeTrainer(vocab_size=size, show_progress=False, special_tokens=list(special), **more)


def byte_level(add_prefix_space=False, use_regex=True):
    return pre_tokenizers.ByteLevel(add_prefix_space=add_prefix_space, use_regex=use_regex)


def roberta():
    special = ["<s>", "<pad>", "</s>", "<unk>", AddedToken("<mask>", lstrip=True, special=True)]
    return trained(models.BPE(), bpe_trainer(special=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()),
                   None, byte_level(), lambda t: processors.RobertaProcessing(("</s>", 2), ("<s>", 0)))


def gpt2_prefix_space():
    return trained(models.BPE(), bpe_trainer(special=["<|endoftext|>"]), None, byte_level(True),
                   lambda t: processors.ByteLevel(trim_offsets=True))


def qwen():
    return trained(models.BPE(), bpe_trainer(special=["<|endoftext|>", "<|im_start|>"]), normalizers.NFC(),
                   pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(QWEN), "isolated"), byte_level(use_regex=False)]),
                   lambda t: processors.Sequence([processors.ByteLevel(trim_offsets=False), processors.TemplateProcessing(
                       "$A <|endoftext|>", "$A $B:1 <|endoftext|>:1", [("<|endoftext|>", 0)])]))


def clip():
    return trained(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>"),
                   bpe_trainer(special=["<|endoftext|>", "<|startoftext|>"], end_of_word_suffix="</w>"),
                   normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]),
                   pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(CLIP), "removed", invert=True), byte_level()]),
                   lambda t: processors.RobertaProcessing(("<|endoftext|>", 0), ("<|startoftext|>", 1), False, False))


def gemma():
    """Byte fallback, fused unknown characters, no pre-tokenizer at all: whole texts are merged."""
    special = ["<pad>", "<eos>", "<bos>", "<unk>"]
    tokenizer = trained(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True), bpe_trainer(900, special),
                        normalizers.Replace(" ", "▁"), pre_tokenizers.Split(" ", "merged_with_previous"),
                        lambda t: processors.TemplateProcessing("<bos> $A", "<bos> $A <bos> $B", [("<bos>", 2)]))
    # Not "▁▁" beside "  ": both are "▁▁" once normalised, and which of the two the reference finds differs from load to load.
    tokenizer.add_tokens(["\n\n", "  ", "▁▁▁"])
    return tokenizer


def bytes_known():
    """A small alphabet, so that most characters fall back to bytes or, where a byte is missing, are unknown."""
    vocab = {t: i for i, t in enumerate(["<unk>"] + [f"<0x{b:02X}>" for b in range(256) if b not in (0xE4, 0xF0)] + list("abcdehlorw ▁"))}
    vocab.update({"he": len(vocab), "ll": len(vocab) + 1, "hell": len(vocab) + 2})
    return Tokenizer(models.BPE(vocab=vocab, merges=[("h", "e"), ("l", "l"), ("he", "ll")], unk_token="<unk>",
                                byte_fallback=True, fuse_unk=False, ignore_merges=True))


def bpe_prefix():
    return trained(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##"),
                   bpe_trainer(special=["[UNK]"], continuing_subword_prefix="##", limit_alphabet=120), normalizers.NFKC(),
                   pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=True)]))


def charsmap(replacements):
    """SentencePiece's table of replacements: a double-array trie of the keys and the replacements' text."""
    units, used, blob = [0], {0}, b""
    keys = {key.encode(): value for key, value in replacements.items()}

    def place(position, prefix):
        children = sorted({key[len(prefix)] for key in keys if key.startswith(prefix) and len(key) > len(prefix)})
        wanted = children + ([0] if prefix in keys else [])
        base = next(b for b in range(1, 1 << 20) if all((b ^ c) not in used for c in wanted) and (b ^ position) < 1 << 21)
        used.update(base ^ c for c in wanted)
        units.extend([0] * (max(used) + 257 - len(units)))
        units[position] |= (base ^ position) << 10 | (1 << 8 if prefix in keys else 0)
        if prefix in keys:
            nonlocal blob
            units[base] = 1 << 31 | len(blob)
            blob += keys[prefix].encode() + b"\0"
        for c in children:
            units[base ^ c] = c
            place(base ^ c, prefix + bytes([c]))

    place(0, b"")
    trie = struct.pack(f"<{len(units)}I", *units)
    return normalizers.Precompiled(struct.pack("<I", len(trie)) + trie + blob)


def small_charsmap():
    """Replacements of every kind: longer, shorter, none at all, of clusters, and of a beginning that hides a longer key."""
    table = {"\t": " ", "\n": " ", "\r": " ", "\u200d": " ", "\u00ad": "", "\u0000": "", "\u200b": "", "\ufeff": "", "\u00a0": " ",
             "\u3000": " ", "…": "...", "ﬁ": "fi", "½": "1⁄2", "①": "1", "ﷺ": "صلى الله عليه وسلم", "e\u0301": "é", "E": "e", "E\u0301": "É",
             "か\u3099": "が", "ﾊ": "ハ", "©": "(c)", "क": "ka", "\r\n": "|", "\u0600": "#", "각": "gag", "ｆ": "f", "Ａ": "A", "!": "!!"}
    return charsmap(table)


def unigram(metaspace, normalizer, unk="<unk>", byte_fallback=False):
    trainer = trainers.UnigramTrainer(vocab_size=500, show_progress=False, special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
                                      unk_token=unk)
    tokenizer = trained(models.Unigram(), trainer, normalizer, metaspace, lambda t: processors.TemplateProcessing(
        "<s> $A </s>", "<s> $A </s> </s> $B </s>", [("<s>", 0), ("</s>", 2)]),
        [AddedToken("<mask>", lstrip=True, special=True, normalized=False)])
    if byte_fallback:
        config = json.loads(tokenizer.to_str())
        config["model"]["byte_fallback"] = True
        config["model"]["vocab"] += [[f"<0x{b:02X}>", -20.0] for b in range(256) if b != 0xF0]
        tokenizer = Tokenizer.from_str(json.dumps(config))
    return tokenizer


def split_metaspace():
    return pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])


def word_level():
    normalizer = normalizers.Sequence([normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(),
                                       normalizers.Strip(), normalizers.Prepend("x")])
    pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation("contiguous"),
                                             pre_tokenizers.Digits()])
    return trained(models.WordLevel(unk_token="[UNK]"), trainers.WordLevelTrainer(special_tokens=["[UNK]"], show_progress=False),
                   normalizer, pre_tokenizer)


def characters(pre_tokenizer, normalizer=None):
    """Each character a token, so that ids show what the pre-tokenizer did."""
    tokenizer = trained(models.Unigram(), trainers.UnigramTrainer(vocab_size=400, show_progress=False, unk_token="<unk>",
                                                                  special_tokens=["<unk>"]), normalizer, pre_tokenizer)
    return tokenizer


def scripts():
    """A template that begins with the second text, and tokens that stand for several special ones."""
    special = processors.TemplateProcessing("$A <end> <end>", "$B:1 <end> $A <both>:1", [("<end>", 1), {
        "id": "<both>", "ids": [1, 2], "tokens": ["<end>", "<sep>"]}])
    tokenizer = characters(pre_tokenizers.UnicodeScripts(), normalizers.Nmt())
    config = json.loads(tokenizer.to_str())
    config["model"]["vocab"][1:1] = [["<end>", 0.0], ["<sep>", 0.0]]
    tokenizer = Tokenizer.from_str(json.dumps(config))
    tokenizer.add_special_tokens(["<end>", "<sep>"])
    tokenizer.post_processor = special
    return tokenizer


def split(behavior, invert=False):
    return characters(pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r"[0-9]+|[aeiou] ?"), behavior, invert),
                                               pre_tokenizers.Split("t", "merged_with_previous")]))


TOKENIZERS = {
    "bert_uncased": (lambda: bert(True), []),
    "bert_cased": (lambda: bert(False), []),
    "bert_cased_stripped": (lambda: bert(False, strip_accents=True, processing="bert"), []),
    "bert_uncased_accents": (lambda: bert(True, strip_accents=False), []),
    "bert_unclean": (lambda: bert(True, clean_text=False, chinese=False), []),
    "mpnet": (mpnet, []),
    "added_tokens": (added_tokens, ADDED_TOKEN_TEXTS),
    "roberta": (roberta, []),
    "gpt2_prefix_space": (gpt2_prefix_space, []),
    "qwen": (qwen, []),
    "clip": (clip, []),
    "gemma": (gemma, []),
    "bytes_known": (bytes_known, []),
    "bpe_prefix": (bpe_prefix, []),
    "unigram_first": (lambda: unigram(pre_tokenizers.Metaspace(prepend_scheme="first"), normalizers.Strip()), []),
    "unigram_never": (lambda: unigram(pre_tokenizers.Metaspace(prepend_scheme="never", split=False), None, byte_fallback=True), []),
    "unigram_replace": (lambda: unigram(pre_tokenizers.Metaspace(), normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])), []),
    "unigram_charsmap": (lambda: unigram(split_metaspace(), small_charsmap()), []),
    "word_level": (word_level, []),
    "merged_with_next": (lambda: characters(pre_tokenizers.Split(Regex("[aeiou]+"), "merged_with_next")), []),
    "fixed_length": (lambda: characters(pre_tokenizers.Sequence([pre_tokenizers.CharDelimiterSplit(" "),
                                                                 pre_tokenizers.FixedLength(3)])), []),
    "scripts": (scripts, []),
    "split_o200k": (lambda: characters(pre_tokenizers.Split(Regex(O200K), "isolated")), LATER),
    "split_classes": (lambda: characters(pre_tokenizers.Split(Regex(CLASSES), "isolated")), LATER),
    "split_removed": (lambda: split("removed"), []),
    "split_contiguous": (lambda: split("contiguous"), []),
    "split_inverted": (lambda: split("merged_with_next", invert=True), []),
}


def golden(tokenizer, more_texts):
    texts = list(dict.fromkeys(nasty_strings.ALL + more_texts))
    encodings = tokenizer.encode_batch(texts)
    return {"made_by": f"tokenizers {tokenizers.__version__}", "tokenizer": json.loads(tokenizer.to_str()),
            "cases": [{"text": text, "ids": e.ids, "type_ids": e.type_ids} for text, e in zip(texts, encodings)]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "tests" / "goldens" / "text")
    parser.add_argument("--only", nargs="+", choices=TOKENIZERS, help="leave the others as they are")
    options = parser.parse_args()
    if tokenizers.__version__ != PINNED_VERSION:
        sys.exit(f"tokenizers {PINNED_VERSION} is needed, found {tokenizers.__version__}")
    options.output.mkdir(parents=True, exist_ok=True)
    for name in options.only or TOKENIZERS:
        make, texts = TOKENIZERS[name]
        content = golden(make(), texts)
        lines = [f'"made_by": {json.dumps(content["made_by"])}', f'"tokenizer": {json.dumps(content["tokenizer"])}',
                 '"cases": [\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in content["cases"]) + "\n]"]
        (options.output / f"{name}.json").write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
