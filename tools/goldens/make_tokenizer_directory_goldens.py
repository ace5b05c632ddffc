#!/usr/bin/env python3
"""Writes tests/goldens/tokenizer_directories/NAME/: model directories without (and some with) a tokenizer.json, as models were
saved before there was one, and in expected.json the tokenizer that transformers makes of each.

    python tools/goldens/make_tokenizer_directory_goldens.py [--output DIRECTORY] [--only NAME ...]

needs `pip install transformers==5.23.0 tokenizers==0.23.3 sentencepiece==0.2.3 protobuf`.
"""
import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
import sentencepiece  # noqa: E402
import tokenizers  # noqa: E402
import transformers  # noqa: E402
from tokenizers import Tokenizer, models, pre_tokenizers, trainers  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "interop"))
sys.dont_write_bytecode = True
import nasty_strings  # noqa: E402
import tokenizer_classes_differential as kinds  # noqa: E402

PINNED = {"tokenizers": "0.23.3", "transformers": "5.23.0"}
CORPUS = (nasty_strings.WORDS + nasty_strings.SCRIPTS[:30]) * 2 + ["the quick brown fox jumps over the lazy dog", "hello hello world"] * 8
TEXTS = [t for t in nasty_strings.ALL if len(t) < 60][::5] + [
    "a [MASK] b", "a <mask> b", "a  <mask>b", "Héllo [new] NEW tok", "[new]x", "<extra_id_3> x <extra_id_3>", "<s>NOTUSED a", "<s> hello </s>",
    "hello<|endoftext|>world", "<|startoftext|>a<|endoftext|>", "the user_symbol and user_symbolx", "ﬁve ＡＢ"]
PAIRS = [("hello world", "a <mask> b [MASK]"), ("", ""), ("héllo", "中文 test")]


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def config(folder, model_type, **tokenizer_config):
    write_json(folder / "config.json", {"model_type": model_type})
    if tokenizer_config:
        write_json(folder / "tokenizer_config.json", tokenizer_config)


def vocab_txt(folder, first):
    characters = sorted({c for text in CORPUS for c in text.lower() + text if not c.isspace()})
    words = ["hello", "world", "the", "un", "##aff", "##able", "##s", "new", "tok", "##ﬁ"]
    tokens = dict.fromkeys(first + characters + ["##" + c for c in characters[::2]] + words)
    (folder / "vocab.txt").write_text("".join(token + "\n" for token in tokens), encoding="utf-8")


BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def bert(folder):
    vocab_txt(folder, BERT)
    config(folder, "bert")


def bert_cased(folder):
    """Options of the normalizer, other special tokens, and one that the vocabulary does not have."""
    vocab_txt(folder, ["<p>", "<u>", "<c>", "<e>", "<m>"])
    config(folder, "bert", tokenizer_class="BertTokenizer", do_lower_case=False, strip_accents=True, tokenize_chinese_chars=False)
    write_json(folder / "special_tokens_map.json", {
        "cls_token": "<c>", "sep_token": {"content": "<e>", "lstrip": False, "normalized": True, "rstrip": True, "single_word": False},
        "unk_token": "<u>", "pad_token": "<p>", "mask_token": "<mask>", "additional_special_tokens": ["[extra]"]})


def bert_crlf(folder):
    """Lines that end otherwise, a token twice, and no newline at the end."""
    text = "\r\n".join(BERT + ["a", "b", "a", "##b", "##c", "hello", "é"]) + "\n\u2028x\nc\x0bd\nlast"
    (folder / "vocab.txt").write_bytes(text.encode())
    config(folder, "electra", do_lower_case=True)


def distilbert_added(folder):
    """added_tokens.json of early versions."""
    vocab_txt(folder, BERT)
    config(folder, "distilbert", tokenizer_class="DistilBertTokenizer", do_lower_case=True, model_max_length=512)
    with open(folder / "vocab.txt", encoding="utf-8") as file:
        size = len(file.readlines())
    write_json(folder / "added_tokens.json", {"[new]": size, "NEW": size + 1})


def bert_added_tokens_decoder(folder):
    """The added tokens of later versions, with flags."""
    vocab_txt(folder, BERT)
    with open(folder / "vocab.txt", encoding="utf-8") as file:
        size = len(file.readlines())
    flags = {"lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}
    decoder = {str(i): flags | {"content": token} for i, token in enumerate(BERT)}
    decoder[str(size)] = flags | {"content": "[new]", "lstrip": True, "special": False}
    decoder[str(size + 1)] = flags | {"content": "NEW", "normalized": True, "special": False, "single_word": True}
    config(folder, "bert", tokenizer_class="BertTokenizer", do_lower_case=True, added_tokens_decoder=decoder, extra_special_tokens=["[more]"],
           cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]")


def bert_tokenizer_json(folder):
    """A tokenizer.json that transformers does not believe: other normalizer, other post-processor."""
    vocab_txt(folder, BERT)
    with open(folder / "vocab.txt", encoding="utf-8") as file:
        vocabulary = {token.rstrip("\n"): i for i, token in enumerate(file)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing("$A [SEP]", None, [("[SEP]", 3)])
    tokenizer.add_special_tokens(BERT)
    tokenizer.add_tokens(["[new]"])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "vocab.txt").unlink()
    config(folder, "bert", tokenizer_class="BertTokenizer", do_lower_case=False)


def mpnet(folder):
    vocab_txt(folder, ["<s>", "<pad>", "</s>", "<unk>", "[UNK]", "<mask>"])
    config(folder, "mpnet", tokenizer_class="MPNetTokenizer", do_lower_case=True)


def byte_level_files(folder, special, **more):
    tokenizer = Tokenizer(models.BPE(**more))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=420, show_progress=False, special_tokens=special,
                                                             initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), **more))
    tokenizer.model.save(str(folder))


def roberta(folder):
    byte_level_files(folder, ["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    config(folder, "roberta")


def roberta_prefix(folder):
    byte_level_files(folder, ["<s>", "<pad>", "</s>", "<unk>"])
    config(folder, "roberta", tokenizer_class="RobertaTokenizer", add_prefix_space=True, trim_offsets=False,
           mask_token={"__type": "AddedToken", "content": "<mask>", "lstrip": True, "normalized": True, "rstrip": False, "single_word": False})


def gpt2(folder):
    byte_level_files(folder, ["<|endoftext|>"])
    config(folder, "gpt2", tokenizer_class="GPT2Tokenizer")


def clip(folder):
    byte_level_files(folder, ["<|startoftext|>", "<|endoftext|>"], end_of_word_suffix="</w>")
    config(folder, "clip")


def sentencepiece_file(path, model_type, vocab_size=300, **more):
    with tempfile.TemporaryDirectory() as work:
        rules = pathlib.Path(work) / "rules.tsv"
        # ﬁ, Ａ, ideographic space; a rule that removes.
        rules.write_text("FB01\t66 69\nFF21\t41\n3000\t20\nAD\t\n", encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(CORPUS), model_prefix=f"{work}/m", model_type=model_type, vocab_size=vocab_size, hard_vocab_limit=False,
            normalization_rule_tsv=str(rules), minloglevel=2, **more)
        shutil.copy(f"{work}/m.model", path)


def xlm_roberta(folder):
    sentencepiece_file(folder / "sentencepiece.bpe.model", "unigram")
    config(folder, "xlm-roberta", tokenizer_class="XLMRobertaTokenizer")


def xlm_roberta_mask(folder):
    """The mask token of the published models."""
    sentencepiece_file(folder / "sentencepiece.bpe.model", "unigram", user_defined_symbols=["user_symbol"])
    config(folder, "xlm-roberta")
    write_json(folder / "special_tokens_map.json", {
        "bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>",
        "mask_token": {"content": "<mask>", "lstrip": True, "normalized": True, "rstrip": False, "single_word": False}})


def camembert(folder):
    sentencepiece_file(folder / "sentencepiece.bpe.model", "unigram")
    config(folder, "camembert")


def t5(folder):
    sentencepiece_file(folder / "spiece.model", "unigram", pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    config(folder, "t5", tokenizer_class="T5Tokenizer", extra_ids=5)


def llama(folder):
    sentencepiece_file(folder / "tokenizer.model", "bpe", vocab_size=700, byte_fallback=True, user_defined_symbols=["user_symbol"])
    config(folder, "llama", tokenizer_class="LlamaTokenizer", add_bos_token=True, add_eos_token=False)


def backend_bpe(folder):
    """No class of its own: what the sentencepiece model says."""
    sentencepiece_file(folder / "tokenizer.model", "bpe", vocab_size=700, byte_fallback=True)
    config(folder, "bert", tokenizer_class="PreTrainedTokenizerFast")


def backend_unigram(folder):
    sentencepiece_file(folder / "tokenizer.model", "unigram", control_symbols=["<ctrl>"])
    config(folder, "roberta", tokenizer_class="PreTrainedTokenizerFast")


def converted(folder, make):
    """The tokenizer that transformers makes of another directory, to be saved as tokenizer.json."""
    with tempfile.TemporaryDirectory() as work:
        make(pathlib.Path(work))
        return json.loads(transformers.AutoTokenizer.from_pretrained(work).backend_tokenizer.to_str())


def roberta_tokenizer_json(folder):
    """Merges as early versions wrote them; no configuration at all."""
    tokenizer = converted(folder, roberta)
    tokenizer["model"]["merges"] = [" ".join(merge) for merge in tokenizer["model"]["merges"]]
    tokenizer["pre_tokenizer"]["add_prefix_space"] = True
    tokenizer["added_tokens"][-1]["lstrip"] = True
    write_json(folder / "tokenizer.json", tokenizer)
    config(folder, "roberta")


def xlm_roberta_tokenizer_json(folder):
    """A Replace that is not taken over; tokens only the configuration knows."""
    tokenizer = converted(folder, xlm_roberta)
    tokenizer["normalizer"] = {"type": "Sequence", "normalizers": [
        tokenizer["normalizer"], {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "x"}]}
    write_json(folder / "tokenizer.json", tokenizer)
    config(folder, "xlm-roberta", tokenizer_class="XLMRobertaTokenizerFast", mask_token="<mask>", extra_special_tokens=["[extra]"])


def camembert_tokenizer_json(folder):
    write_json(folder / "tokenizer.json", converted(folder, camembert))
    config(folder, "camembert", tokenizer_class="CamembertTokenizer")


def t5_tokenizer_json(folder):
    write_json(folder / "tokenizer.json", converted(folder, t5))
    config(folder, "t5", tokenizer_class="T5Tokenizer", extra_ids=5, additional_special_tokens=[f"<extra_id_{i}>" for i in range(5)])


def gpt2_tokenizer_json(folder):
    """The post-processor of the file stays, whatever the configuration says."""
    tokenizer = converted(folder, gpt2)
    tokenizer["post_processor"] = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
    write_json(folder / "tokenizer.json", tokenizer)
    config(folder, "gpt2", tokenizer_class="GPT2Tokenizer", add_bos_token=True, pad_token="<|pad|>")


def backend_tokenizer_json(folder):
    """A file that is taken as it is, with more tokens and other flags."""
    tokenizer = converted(folder, bert)
    tokenizer["normalizer"]["strip_accents"] = False
    write_json(folder / "tokenizer.json", tokenizer)
    flags = {"lstrip": True, "normalized": False, "rstrip": False, "single_word": False, "special": False}
    config(folder, "modernbert", tokenizer_class="BertTokenizer", do_lower_case=False, cls_token="[CLS]", mask_token="[MASK]", sep_token="hello",
           image_token="<image>", extra_special_tokens=["world"], added_tokens_decoder={"4": flags | {"content": "[MASK]"}})


def tokenizer_json(folder, tokenizer, **tokenizer_config):
    tokenizer.save(str(folder / "tokenizer.json"))
    config(folder, "my_model", **tokenizer_config)


def llama_class_byte_level(folder):
    """The class does not overrule a file that is byte-level, as several large models have it."""
    tokenizer_json(folder, kinds.byte_level_split(["<|begin|>", "<|end|>"]), tokenizer_class="LlamaTokenizerFast", bos_token="<|begin|>",
                   eos_token="<|end|>", legacy=True, add_bos_token=True)


def bert_class_word_level(folder):
    """The class takes the vocabulary of any file, and nothing else of it."""
    tokenizer_json(folder, kinds.word_level(BERT), tokenizer_class="BertTokenizer")


def deberta_v2_first(folder):
    """The beginning of a text is told from other pieces behind another pre-tokenizer."""
    tokenizer_json(folder, kinds.unigram(["[CLS]", "[UNK]", "[SEP]", "[PAD]", "[MASK]", "<unk>"]), tokenizer_class="DebertaV2Tokenizer",
                   add_prefix_space=False, split_by_punct=True, do_lower_case=True)


def qwen2_class(folder):
    """Special tokens lose their flags."""
    flags = {"lstrip": True, "normalized": False, "rstrip": False, "single_word": False, "special": True}
    tokenizer_json(folder, kinds.byte_level(["<|endoftext|>", "<mask>"]), tokenizer_class="Qwen2TokenizerFast",
                   added_tokens_decoder={"1": flags | {"content": "<mask>"}}, mask_token="<mask>", extra_special_tokens={"image_token": "<image>"})


def split_special_tokens(folder):
    """Special tokens in texts are text."""
    tokenizer_json(folder, kinds.wordpiece(BERT), tokenizer_class="TokenizersBackend", split_special_tokens=True)


CASES = {f.__name__: f for f in (
    bert, bert_cased, bert_crlf, distilbert_added, bert_added_tokens_decoder, bert_tokenizer_json, mpnet, roberta, roberta_prefix, gpt2, clip,
    xlm_roberta, xlm_roberta_mask, camembert, t5, llama, backend_bpe, backend_unigram, roberta_tokenizer_json,
    xlm_roberta_tokenizer_json, camembert_tokenizer_json, t5_tokenizer_json, gpt2_tokenizer_json, backend_tokenizer_json,
    llama_class_byte_level, bert_class_word_level, deberta_v2_first, qwen2_class, split_special_tokens)}


def expected(folder):
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    cases = []
    for text in TEXTS:
        encoding = tokenizer(text)
        cases.append({"text": text, "ids": encoding["input_ids"], "decoded": tokenizer.decode(encoding["input_ids"])})
    # As a batch: two empty texts are one to a single call.
    pairs = [{"texts": pair, "ids": tokenizer([pair[0]], [pair[1]])["input_ids"][0]} for pair in PAIRS]
    return {"made_by": f"transformers {transformers.__version__}", "class": type(tokenizer).__name__,
            "tokenizer": json.loads(tokenizer.backend_tokenizer.to_str()), "cases": cases, "pairs": pairs}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "tests" / "goldens" / "tokenizer_directories")
    parser.add_argument("--only", nargs="+", choices=CASES)
    options = parser.parse_args()
    for module in (tokenizers, transformers):
        if module.__version__ != PINNED[module.__name__]:
            sys.exit(f"{module.__name__} {PINNED[module.__name__]} is needed, found {module.__version__}")
    for name in options.only or CASES:
        folder = options.output / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        CASES[name](folder)
        (folder / "expected.json").write_text(json.dumps(expected(folder)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
