#!/usr/bin/env python3
"""Compares what we make of tokenizer directories with what transformers' AutoTokenizer makes of them: every kind of tokenizer.json
with every class that a tokenizer_config.json may name, every model_type that a config.json may name, and the options that classes
apply. Ids of texts and of pairs are compared; one difference fails.

    python tests/interop/tokenizer_classes_differential.py --driver build/dev/tests/test_text [--group GROUP ...]

Run it with a Python that has what requirements.txt names. Where transformers fails, an error of ours is right; an error of
ours where it gives ids passes only if it says that this is not known here.
"""
import argparse
import collections
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "critical"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
import tokenizers  # noqa: E402
import transformers  # noqa: E402
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers  # noqa: E402
from transformers.convert_slow_tokenizer import SLOW_TO_FAST_CONVERTERS  # noqa: E402
from transformers.models.auto import tokenization_auto  # noqa: E402

sys.dont_write_bytecode = True
import nasty_strings  # noqa: E402

PINNED = {"tokenizers": "0.23.3", "transformers": "5.23.0"}
CORPUS = (nasty_strings.WORDS[:30] + nasty_strings.SCRIPTS[:20]) * 2 + ["the quick brown fox jumps over the lazy dog", "hello hello world"] * 8
TEXTS = list(dict.fromkeys([t for t in nasty_strings.ALL if len(t) < 40][::4] + [
    "Hello World, hello  world!", "  The quick BROWN fox\n\njumped 12345 times. ", "don't ``stop''", "Héllo ÀÉ ﬁ 中文 test 测试 12",
    "a [MASK] b <mask> c", "<s> hello </s> world", "[CLS] hello [SEP]", "hello<|endoftext|>world", "<extra_id_3> x <unk_5>", "[QUESTION] .",
    "<image>x [new]y NEW z", "en_XX hello eng_Latn", "▁hello ▁ world", "tab\tand\rreturn\u00a0x", "２０２４ ①", "e\u0301 É", "(a[b]{c})!!--==", "<eop> x<eod>",
    "<ent> a <ent2> b", "<bos>hello<eos>", "<cls>a<sep>"]))
PAIRS = [("hello world", "a <mask> b [MASK]"), ("", ""), ("héllo", "中文 test")]

BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
FAIRSEQ = ["<s>", "<pad>", "</s>", "<unk>"]
# What some class or other calls special: a vocabulary that has them all is opened by every class.
ALL_SPECIAL = list(dict.fromkeys(FAIRSEQ + BERT + [
    "<mask>", "<cls>", "<sep>", "<bos>", "<eos>", "<|endoftext|>", "<|startoftext|>", "<|padding|>", "[QUESTION]", ".", "<mask_1>", "<mask_2>", "en_XX",
    "eng_Latn", "<PAD>", "<UNK>", "<CLS>", "<SEP>", "<MASK_TOKEN>", "<BOS_TOKEN>", "<|END_OF_TURN_TOKEN|>", "<unk_3>", "▁<PRE>"]))


def trained(model, special, trainer, normalizer=None, pre_tokenizer=None, **more):
    tokenizer = Tokenizer(model)
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(CORPUS, trainer(special_tokens=special, show_progress=False, **more))
    return tokenizer


def template(tokenizer, begin, end):
    ids = [(token, tokenizer.token_to_id(token)) for token in (begin, end) if token]
    parts = lambda text, i: " ".join(filter(None, [begin and f"{begin}:{i}", f"{text}:{i}", end and f"{end}:{i}"]))  # noqa: E731
    return processors.TemplateProcessing(parts("$A", 0), parts("$A", 0) + " " + parts("$B", 1), ids)


def wordpiece(special):
    tokenizer = trained(models.WordPiece(unk_token="[UNK]"), special, trainers.WordPieceTrainer, normalizers.BertNormalizer(lowercase=False),
                        pre_tokenizers.BertPreTokenizer(), vocab_size=450)
    tokenizer.post_processor = template(tokenizer, "[CLS]", "[SEP]")
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def wordpiece_odd(special):
    """Not as BERT is: another normalizer, another pre-tokenizer, the end only."""
    tokenizer = wordpiece(special)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = template(tokenizer, None, "[SEP]")
    return tokenizer


def byte_level(special):
    tokenizer = trained(models.BPE(), special, trainers.BpeTrainer, None, pre_tokenizers.ByteLevel(add_prefix_space=False), vocab_size=500,
                        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    return tokenizer


def byte_level_split(special):
    """As Llama 3 and DeepSeek have it: a pattern of its own, digits by three, a token at the begin."""
    tokenizer = byte_level(special)
    pattern = Regex(r"(?i:'s|'t|'re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(pattern, "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.post_processor = template(tokenizer, special[0], None)
    return tokenizer


def metaspace_bpe(special):
    """As Llama has it."""
    tokenizer = trained(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True), special + [f"<0x{i:02X}>" for i in range(256)],
                        trainers.BpeTrainer, normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]), vocab_size=750)
    tokenizer.post_processor = template(tokenizer, "<s>", None)
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return tokenizer


def unigram(special):
    tokenizer = trained(models.Unigram(), special, trainers.UnigramTrainer, normalizers.Sequence([
        normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]), pre_tokenizers.Metaspace(), vocab_size=300, unk_token="<unk>")
    tokenizer.post_processor = template(tokenizer, special[0], special[2])
    tokenizer.decoder = decoders.Metaspace()
    return tokenizer


def clip(special):
    tokenizer = trained(models.BPE(end_of_word_suffix="</w>", unk_token=special[0]), special, trainers.BpeTrainer,
                        normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()]), pre_tokenizers.ByteLevel(add_prefix_space=False),
                        vocab_size=500, end_of_word_suffix="</w>", initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.post_processor = processors.RobertaProcessing((special[2], 2), (special[0], 0), False, False)
    return tokenizer


def word_level(special):
    tokenizer = trained(models.WordLevel(unk_token=special[1]), special, trainers.WordLevelTrainer, normalizers.Lowercase(), pre_tokenizers.Whitespace(),
                        vocab_size=200)
    tokenizer.post_processor = template(tokenizer, special[0], special[2])
    return tokenizer


def as_json(tokenizer):
    return json.loads(tokenizer.to_str())


def with_charsmap(tokenizer):
    """With the charsmap that the goldens have: the trainers make none."""
    golden = pathlib.Path(__file__).resolve().parent.parent / "goldens" / "tokenizer_directories" / "xlm_roberta_tokenizer_json" / "tokenizer.json"
    tokenizer["normalizer"] = json.loads(golden.read_text(encoding="utf-8"))["normalizer"]
    return tokenizer


def kinds():
    """A tokenizer.json by name."""
    made = {"wordpiece": wordpiece(ALL_SPECIAL), "wordpiece-lean": wordpiece(BERT), "wordpiece-odd": wordpiece_odd(ALL_SPECIAL),
            "byte-level": byte_level(ALL_SPECIAL), "byte-level-lean": byte_level(["<|endoftext|>"]), "byte-level-fairseq": byte_level(FAIRSEQ),
            "byte-level-split": byte_level_split(ALL_SPECIAL), "metaspace-bpe": metaspace_bpe(ALL_SPECIAL), "metaspace-bpe-lean": metaspace_bpe(FAIRSEQ),
            "unigram": unigram(ALL_SPECIAL), "unigram-lean": unigram(FAIRSEQ), "clip": clip(ALL_SPECIAL), "word-level": word_level(ALL_SPECIAL)}
    files = {name: as_json(tokenizer) for name, tokenizer in made.items()}
    files["unigram-charsmap"] = with_charsmap(as_json(made["unigram"]))
    old = as_json(made["wordpiece"])
    del old["model"]["type"]
    files["wordpiece-typeless"] = old
    bare = as_json(made["byte-level"])
    bare["post_processor"] = None
    files["byte-level-bare"] = bare
    return files


# What ends like the name of a tokenizer's class and is none.
PARTS = {"AutoTokenizer", "BasicTokenizer", "CharacterTokenizer", "MecabTokenizer", "WordpieceTokenizer"}


def class_names():
    """Every name that transformers maps, as it is and with the ending of earlier releases, and some that it does not map."""
    mapped = {name for name in tokenization_auto.TOKENIZER_MAPPING_NAMES.values() if name}
    more = {name for name in dir(transformers) if name.endswith(("Tokenizer", "TokenizerFast"))} - PARTS
    return sorted(mapped | more | set(SLOW_TO_FAST_CONVERTERS) | {
        "LongformerTokenizerFast", "MT5Tokenizer", "XLMRobertaXLTokenizer", "BloomTokenizer", "BloomTokenizerFast", "PreTrainedTokenizer", "MyTokenizer",
        "MyTokenizerFast", "BertTokenizerFast", "RobertaTokenizerFast", "LlamaTokenizerFast", "XLMRobertaTokenizerFast", "Qwen2TokenizerFast",
        "T5TokenizerFast", "AlbertTokenizerFast", "GemmaTokenizerFast", "GPT2TokenizerFast", "CLIPTokenizerFast", "MPNetTokenizerFast"})


Case = collections.namedtuple("Case", "name tokenizer config tokenizer_config files", defaults=[None])


def by_class(files):
    for kind, file in files.items():
        for name in class_names():
            yield Case(f"{kind} {name}", file, None, {"tokenizer_class": name})
        yield Case(f"{kind} no class", file, None, {})


def by_model_type(files):
    """Which class is taken depends on what both files name."""
    for model_type in sorted(tokenization_auto.TOKENIZER_MAPPING_NAMES) + ["my_model", "clip_text_model"]:
        for kind in ("byte-level", "unigram"):
            yield Case(f"{kind} {model_type}", files[kind], {"model_type": model_type}, {})
        for name in ("LlamaTokenizerFast", "GPT2Tokenizer", "MyTokenizer", "TokenizersBackend", "Qwen2Tokenizer"):
            yield Case(f"byte-level {model_type} {name}", files["byte-level"], {"model_type": model_type}, {"tokenizer_class": name})
    for kind, file in files.items():
        for name in ("BertTokenizerFast", "LlamaTokenizerFast", "XLMRobertaTokenizerFast", "PreTrainedTokenizerFast", "MyTokenizer", "Qwen2Tokenizer"):
            yield Case(f"{kind} class in config.json: {name}", file, {"model_type": "my_model", "tokenizer_class": name}, {})
            yield Case(f"{kind} class in config.json: {name} bert", file, {"model_type": "bert", "tokenizer_class": name}, {})


FLAGS = {"lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}
OPTIONS = {
    "do_lower_case": {"do_lower_case": False}, "do_lower_case on": {"do_lower_case": True}, "strip_accents": {"strip_accents": False},
    "strip_accents on": {"strip_accents": True}, "strip_accents null": {"strip_accents": None}, "chinese": {"tokenize_chinese_chars": False},
    "keep_accents": {"keep_accents": True}, "drop accents": {"keep_accents": False}, "add_prefix_space": {"add_prefix_space": True},
    "no prefix": {"add_prefix_space": False}, "prefix null": {"add_prefix_space": None}, "trim_offsets": {"trim_offsets": False},
    "legacy": {"legacy": True}, "not legacy": {"legacy": False}, "legacy null": {"legacy": None}, "add_bos": {"add_bos_token": True, "add_eos_token": True},
    "no bos": {"add_bos_token": False, "add_eos_token": False}, "from_slow": {"from_slow": True}, "split_by_punct": {"split_by_punct": True},
    "clean_text": {"clean_text": False}, "extra_ids": {"extra_ids": 3}, "unk_id": {"unk_id": 2}, "remove_space": {"remove_space": False},
    "split specials": {"split_special_tokens": True}, "src_lang": {"src_lang": "fr_XX"}, "legacy_behaviour": {"legacy_behaviour": True},
    "padding left": {"padding_side": "left"}, "offset": {"offset": 4}, "byte_fallback": {"byte_fallback": False},
    "wordpieces_prefix": {"wordpieces_prefix": "@@"}, "errors": {"errors": "strict"}, "model_max_length": {"model_max_length": 4},
    "extra": {"extra_special_tokens": ["[new]", "hello"]}, "additional": {"additional_special_tokens": ["[new]", "hello"]}, "no extra": {"extra_special_tokens": []},
    "extra named": {"extra_special_tokens": {"image_token": "<image>"}}, "named": {"image_token": "<image>", "pad_token": "[new]"},
    "special": {"cls_token": "hello", "sep_token": "world", "bos_token": "the", "eos_token": "fox"},
    "flags": {"mask_token": FLAGS | {"content": "<mask>", "lstrip": True, "__type": "AddedToken"}},
    "null tokens": {"pad_token": None, "mask_token": None, "bos_token": None},
    "decoder": {"added_tokens_decoder": {"3": FLAGS | {"content": "<unk>"}, "900": FLAGS | {"content": "[new]", "special": False},
                                         "901": FLAGS | {"content": "NEW", "normalized": True, "special": False, "single_word": True}}},
    "decoder mask": {"added_tokens_decoder": {"9": FLAGS | {"content": "<mask>", "lstrip": True}}, "mask_token": "<mask>"},
}


def by_option(files):
    """Options, with a class of each way to make a tokenizer and the kind of file that it is made for."""
    for kind, names in {
        "wordpiece": ["BertTokenizer", "MPNetTokenizer", "FunnelTokenizer", "SplinterTokenizer", "DPRQuestionEncoderTokenizer", "TokenizersBackend"],
        "byte-level": ["RobertaTokenizer", "GPT2Tokenizer", "GPTNeoXTokenizer", "Qwen2Tokenizer", "CohereTokenizer", "DebertaTokenizer", "BlenderbotTokenizer",
                       "LlamaTokenizer", "CLIPTokenizer", "CodeGenTokenizer"],
        "metaspace-bpe": ["LlamaTokenizer", "GemmaTokenizer", "CodeLlamaTokenizer", "NllbTokenizer", "PreTrainedTokenizerFast", "HerbertTokenizer"],
        "unigram-charsmap": ["XLMRobertaTokenizer", "T5Tokenizer", "AlbertTokenizer", "BigBirdTokenizer", "CamembertTokenizer", "DebertaV2Tokenizer",
                             "XLNetTokenizer", "MBartTokenizer", "MBart50Tokenizer", "PegasusTokenizer", "RemBertTokenizer", "XGLMTokenizer",
                             "BarthezTokenizer", "FNetTokenizer", "PreTrainedTokenizerFast"],
        "word-level": ["PreTrainedTokenizerFast"],
    }.items():
        for name in names:
            for option, values in OPTIONS.items():
                yield Case(f"{kind} {name} {option}", files[kind], None, {"tokenizer_class": name} | values)


SPECIAL_TOKENS_MAP = {"cls_token": "<s>", "mask_token": FLAGS | {"content": "<mask>", "lstrip": True, "normalized": True}, "unk_token": "<unk>",
                      "additional_special_tokens": ["[new]"]}


def by_files(files):
    """Files beside the tokenizer.json, and vocabularies without one."""
    vocab_txt = "".join(token + "\n" for token, _ in sorted(files["wordpiece"]["model"]["vocab"].items(), key=lambda item: item[1]))
    bpe = files["byte-level"]["model"]
    bpe_files = {"vocab.json": json.dumps(bpe["vocab"]), "merges.txt": "#version: 0.2\n" + "".join(" ".join(merge) + "\n" for merge in bpe["merges"])}
    for name in class_names() + [None]:
        tokenizer_config = {"tokenizer_class": name} if name else {}
        for kind in ("wordpiece", "byte-level", "unigram"):
            yield Case(f"{kind} {name} special_tokens_map.json", files[kind], None, tokenizer_config,
                       {"special_tokens_map.json": json.dumps(SPECIAL_TOKENS_MAP), "added_tokens.json": json.dumps({"[new]": 950, "NEW": 951})})
        yield Case(f"vocab.txt {name}", None, None, tokenizer_config, {"vocab.txt": vocab_txt})
        yield Case(f"vocab.txt beside byte-level {name}", files["byte-level"], None, tokenizer_config, {"vocab.txt": vocab_txt})
        yield Case(f"merges.txt {name}", None, None, tokenizer_config, bpe_files)
        yield Case(f"merges.txt beside wordpiece {name}", files["wordpiece"], None, tokenizer_config, bpe_files)
    for model_type in ("bert", "roberta", "gpt2", "qwen2", "deberta", "modernbert", "my_model", "mpnet", "distilbert", "electra"):
        yield Case(f"vocab.txt {model_type}", None, {"model_type": model_type}, {}, {"vocab.txt": vocab_txt})
        yield Case(f"merges.txt {model_type}", None, {"model_type": model_type}, {}, bpe_files)


GROUPS = {"class": by_class, "model type": by_model_type, "option": by_option, "files": by_files}


def write_case(folder, case):
    folder.mkdir()
    for name, value in {"tokenizer.json": case.tokenizer, "config.json": case.config if case.config is not None else {},
                        "tokenizer_config.json": case.tokenizer_config}.items():
        if value is not None:
            (folder / name).write_text(json.dumps(value), encoding="utf-8")
    for name, text in (case.files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")


# How we refuse what is not known here; transformers may open it.
REFUSALS = ("which this version does not know", "is not known to this version", "has neither tokenizer.json nor", "lists no 'extra_special_tokens'")


def reference(name):
    """What transformers says: the ids of texts and pairs, or the error."""
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name)
        ids = [tokenizer(text)["input_ids"] for text in TEXTS]
        return ids + [tokenizer([first], [second])["input_ids"][0] for first, second in PAIRS]
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # the tokenizers library panics with an exception of its own
        return f"{type(error).__name__}: {error}".split("\n")[0]


def ours(driver, count):
    pathlib.Path("texts").write_text(json.dumps({"texts": TEXTS, "pairs": PAIRS}), encoding="utf-8")
    pathlib.Path("directories").write_text("".join(f"{i:05}\n" for i in range(count)), encoding="utf-8")
    environment = dict(os.environ, SBERT_INTEROP_DIRECTORIES="directories", SBERT_INTEROP_TEXTS="texts", SBERT_INTEROP_ANSWERS="answers")
    result = subprocess.run([driver, "--gtest_filter=TokenizerDirectoryInterop.*"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True)
    if result.returncode != 0:
        sys.exit(f"{result.stdout}{driver} ended with {result.returncode}")
    with open("answers", encoding="utf-8") as answers:
        return [json.loads(line) for line in answers]


def verdict(got, expected):
    """Whether what we say is right, in a word that is counted."""
    if isinstance(expected, str):
        return "neither opens" if isinstance(got, str) else "WE OPEN WHAT THEY DO NOT"
    if isinstance(got, str):
        return "refused by name" if any(words in got for words in REFUSALS) else "WE DO NOT OPEN WHAT THEY DO"
    return "the same ids" if got == expected else "OTHER IDS"


def describe(got, expected):
    if isinstance(got, str) or isinstance(expected, str):
        return f"    ours      {str(got)[:300]}\n    reference {str(expected)[:300]}"
    wrong = [i for i, ids in enumerate(expected) if got[i] != ids]
    text = (TEXTS + PAIRS)[wrong[0]]
    return f"    {len(wrong)} of {len(expected)}, such as {text!a}\n    ours      {got[wrong[0]]}\n    reference {expected[wrong[0]]}"


def compare(driver, cases):
    """Number of differences."""
    for i, case in enumerate(cases):
        write_case(pathlib.Path(f"{i:05}"), case)
    got = ours(driver, len(cases))
    with multiprocessing.get_context("fork").Pool() as pool:
        expected = pool.map(reference, [f"{i:05}" for i in range(len(cases))], chunksize=50)
    counts, shown = collections.Counter(), 0
    for i, case in enumerate(cases):
        word = verdict(got[i], expected[i])
        counts[word] += 1
        if word.isupper() and (shown := shown + 1) <= 20:
            print(f"  {word}: {case.name}\n{describe(got[i], expected[i])}")
    print(f"  {len(cases):,} directories: " + ", ".join(f"{count:,} {word}" for word, count in counts.most_common()), flush=True)
    return shown


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", required=True, type=pathlib.Path, help="the test program of the text room, test_text")
    parser.add_argument("--group", action="append", choices=GROUPS, help="some of the directories only")
    options = parser.parse_args()
    for module in (tokenizers, transformers):
        if module.__version__ != PINNED[module.__name__]:
            sys.exit(f"{module.__name__} {PINNED[module.__name__]} is needed, found {module.__version__}")
    driver, files, different = options.driver.resolve(), kinds(), 0
    for group in options.group or GROUPS:
        print(group, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)  # transformers takes a type of models from the path where config.json names none: a number has none
            different += compare(driver, list(GROUPS[group](files)))
            os.chdir("/")
    sys.exit("differences found" if different else 0)


if __name__ == "__main__":
    main()
