#!/usr/bin/env python3
"""Writes src/text/unicode_tables.cpp by asking the PyPI `tokenizers` wheel about every code point.

Hugging Face's tokenizers mix several Unicode versions (one crate's categories are of Unicode 8, another's
decompositions of 12, Rust's own lower-casing of 16 or newer), so no single Unicode library gives the same tokens.
Nothing here is read from a Unicode database: each table is what the wheel was seen to do; one lists what the
wheel does beyond the database of Python 3.11.

    python tools/generate_unicode_tables.py --output src/text/unicode_tables.cpp
    python tools/generate_unicode_tables.py --check src/text/unicode_tables.cpp

needs Python 3.11 and `pip install tokenizers==0.23.3`, and takes about half a minute.
"""
import argparse
import struct
import sys
import unicodedata

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

PINNED_VERSION = "0.23.3"
UNICODE_OF_PCRE2 = "14.0.0"  # of Debian 12's; its Python 3.11 has the same
CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
CODE_POINT_SET = set(CODE_POINTS)
BLOCK = 128

# In the order of the bits in src/text/unicode.h.
FLAGS = ["bert_removed", "white_space", "punctuation", "nonspacing_mark", "combining_mark", "letter", "number", "word",
         "numeric", "cased", "case_ignorable"]

# Those that regular expressions of tokenizers may ask for.
SCRIPTS = ["Arabic", "Cyrillic", "Devanagari", "Greek", "Han", "Hangul", "Hebrew", "Hiragana", "Katakana", "Latin", "Thai"]

# In the order of unicode::Grapheme.
GRAPHEMES = ["other", "control", "carriage_return", "line_feed", "linker", "conjunct_extend", "extend", "joiner",
             "spacing_mark", "prepend", "pictograph", "leading", "vowel", "trailing", "syllable_lv", "syllable_lvt",
             "consonant"]


def each(normalizer, before="", after=""):
    return {c: normalizer.normalize_str(before + chr(c) + after) for c in CODE_POINTS}


def matched_by(pattern):
    """Code points that match a one-character regex of the wheel's regex engine."""
    splitter = pre_tokenizers.Split(Regex(pattern), behavior="removed")
    matched = set()
    for start in range(0, len(CODE_POINTS), 4096):
        chunk = CODE_POINTS[start:start + 4096]
        text = "".join(map(chr, chunk))
        kept = set()
        for _, (begin, end) in splitter.pre_tokenize_str(text):
            kept.update(range(begin, end))
        matched.update(c for i, c in enumerate(chunk) if i not in kept)
    return matched


def word_characters():
    r"""The \w that `single_word` added tokens look at: a token next to one is not found."""
    tokenizer = Tokenizer(models.WordLevel({"?": 0, "!": 1}, unk_token="?"))
    tokenizer.add_tokens([AddedToken("!", single_word=True, normalized=False)])
    return {c for c in CODE_POINTS if 1 not in tokenizer.encode(chr(c) + "!").ids} - {ord("!")}


def numeric_characters():
    digits = pre_tokenizers.Digits(individual_digits=True)
    return {c for c in CODE_POINTS if len(digits.pre_tokenize_str("a" + chr(c) + "b")) == 3}


def everything_becomes_y():
    """A Precompiled normalizer that maps each first byte to "Y". A grapheme cluster of fewer than six bytes becomes one Y,
    a longer one a Y for each of its characters: so the number of Ys tells where clusters end."""
    units = [0] * 1024
    units[0] = 256 << 10
    for byte in range(1, 256):
        units[256 ^ byte] = byte | 1 << 8 | 768 << 10
    trie = struct.pack(f"<{len(units)}I", *units)
    return normalizers.Precompiled(struct.pack("<I", len(trie)) + trie + b"Y\0")


def probe_graphemes():
    """The class of each character in the rules for grapheme clusters, as far as clusters of fewer than six bytes can tell.
    Regional indicators cannot: two of them are eight bytes."""
    normalizer = everything_becomes_y()
    mark, joiner, ka, virama, pictograph = "\u0301", "\u200d", "\u0915", "\u094d", "\u00a9"

    def where(count, before, after):
        return {c for c in CODE_POINTS if c and len(normalizer.normalize_str(before + chr(c) + after)) == count}

    joins = where(1, "x", "")
    extends = where(5, pictograph, joiner + pictograph + mark) & joins
    before_v, before_t, before_l = where(3, "", "\u1161" + mark), where(3, "", "\u11a8" + mark), where(3, "", "\u1100" + mark)
    prepend = where(1, "", "x") - joins
    before_v, before_t, before_l = (s - joins - prepend for s in (before_v, before_t, before_l))
    shorter = set(range(0x10000))
    after_lv, after_t = (where(3, before, mark) & shorter - joins for before in ("\uac00", "\u11a8"))
    hangul = before_v | before_t | before_l
    sets = {
        # After a long one, only whether two marks make a cluster of their own can tell.
        "control": (where(2, "", mark) & shorter) | (where(2, "", mark + mark) - shorter) | {0},
        "carriage_return": {0x0D}, "line_feed": {0x0A},
        "linker": where(4, ka, ka + mark) & extends,
        "conjunct_extend": where(5, ka + virama, ka + mark) & extends,
        "extend": extends, "joiner": {0x200D}, "spacing_mark": joins - extends,
        "prepend": prepend,
        "pictograph": where(3, pictograph + joiner, "") - joins,
        "leading": before_l, "vowel": before_v & (after_lv | (CODE_POINT_SET - shorter)) - before_l, "trailing": after_t,
        "syllable_lv": before_v - before_l, "syllable_lvt": before_t - before_v,
        "consonant": where(4, "", virama + ka + mark) - joins - hangul,
    }
    # The first that fits, in this order.
    order = ["carriage_return", "line_feed", "joiner", "control", "linker", "conjunct_extend", "extend", "spacing_mark",
             "leading", "vowel", "trailing", "syllable_lv", "syllable_lvt", "prepend", "pictograph", "consonant"]
    return {c: next((GRAPHEMES.index(name) for name in order if c in sets[name]), 0) for c in CODE_POINTS}


def probe_flags():
    clean = each(normalizers.BertNormalizer(True, False, False, False), "a", "b")
    bert_strip = normalizers.BertNormalizer(False, False, True, False)
    accents = normalizers.StripAccents()
    bert_pre = pre_tokenizers.BertPreTokenizer()
    sets = {
        "bert_removed": {c for c in CODE_POINTS if clean[c] == "ab"},
        "white_space": {c for c in CODE_POINTS
                        if len(pre_tokenizers.WhitespaceSplit().pre_tokenize_str("a" + chr(c) + "b")) == 2},
        "punctuation": {c for c in CODE_POINTS if len(bert_pre.pre_tokenize_str("a" + chr(c) + "b")) == 3},
        "nonspacing_mark": {c for c in CODE_POINTS if not bert_strip.normalize_str(chr(c))},
        "combining_mark": {c for c in CODE_POINTS if not accents.normalize_str(chr(c))},
        "letter": matched_by(r"\p{L}"),
        "number": matched_by(r"\p{N}"),
        "word": word_characters(),
        "numeric": numeric_characters(),
        "cased": matched_by(r"\p{Cased}"),
        "case_ignorable": matched_by(r"\p{Case_Ignorable}"),
    }
    # What the code takes for granted.
    spaces = {c for c in CODE_POINTS if clean[c] == "a b"}
    assert spaces == {c for c in sets["white_space"] if c not in sets["bert_removed"]}
    assert matched_by(r"\s") == sets["white_space"]
    assert all(clean[c] in ("ab", "a b", "a" + chr(c) + "b") for c in CODE_POINTS)
    return sets


def ranges(code_points):
    out = []
    for c in sorted(code_points):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def probe_categories():
    r"""[(category, first, last)] of what regular expressions find in a category that Unicode 14 does not have there; of all
    that they find in a script; and of what they find with \w beside some categories, and with \w outside of a class alone."""
    old, new, found = {}, {}, []
    for c in CODE_POINTS:
        old.setdefault(unicodedata.category(chr(c)), set()).add(c)
    for category in sorted(name for name in old if not name.startswith("C")):
        new[category] = matched_by(rf"\p{{{category}}}")
        found.append((category, new[category] - old[category]))
    found += [(script, matched_by(rf"\p{{{script}}}")) for script in SCRIPTS]
    named = set().union(*(code_points for category, code_points in new.items() if category[0] == "L" or category[0] == "M" or
                          category in ("Nd", "Nl", "Pc")))
    in_class = matched_by(r"[\w]")
    assert named <= in_class
    found += [("w", in_class - named), ("lone w", matched_by(r"\w") - in_class)]
    return [(category, first, last) for category, code_points in found for first, last in ranges(code_points)]


def is_hangul_syllable(c):
    return 0xAC00 <= c <= 0xD7A3


def probe_decompositions(normalizer):
    return {c: out for c, out in each(normalizer).items() if out != chr(c) and not is_hangul_syllable(c)}


def probe_combining_classes(canonical):
    """Orders every mark against one character of each class; only the order ever matters."""
    nfd = normalizers.NFD()
    lowest, highest = "\u0334", "\u0345"

    def stays(text):
        return nfd.normalize_str(text) == text

    def has_class(char):  # one that is not 0: it moves before the highest or after the lowest
        return not stays(highest + char) or not stays(char + lowest)

    marks = [c for c in CODE_POINTS if c not in canonical and not is_hangul_syllable(c) and has_class(chr(c))]
    representatives = {}
    for c in marks:
        representatives.setdefault(unicodedata.combining(chr(c)), chr(c))
    classes = {}
    for c in marks:
        same = [value for value, other in representatives.items() if stays(other + chr(c)) and stays(chr(c) + other)]
        assert len(same) == 1 and same != [0], f"U+{c:04X} has a combining class of its own"
        classes[c] = same[0]
    return classes


def probe_scripts():
    """[(first code point, number of the script)]: the UnicodeScripts pre-tokenizer cuts between different scripts and drops
    a text that has none (0 here)."""
    splitter = pre_tokenizers.UnicodeScripts()

    def same(a, b):
        return len(splitter.pre_tokenize_str(chr(a) + chr(b))) == 1

    representatives, ranges, last = [], [(0, 0)], None
    for c in CODE_POINTS:
        if not splitter.pre_tokenize_str(chr(c)):
            script, last = 0, None
        elif last is not None and same(last, c):
            script, last = ranges[-1][1], c
        else:
            script = next((i for i, other in enumerate(representatives, 1) if same(other, c)), None)
            if script is None:
                representatives.append(c)
                script = len(representatives)
            last = c
        if script != ranges[-1][1]:
            ranges.append((c, script))
    return ranges


def probe_compositions(canonical):
    nfc = normalizers.NFC()
    pairs = {}
    for c, decomposed in canonical.items():
        if nfc.normalize_str(decomposed) == chr(c) and len(decomposed) > 1:
            first = nfc.normalize_str(decomposed[:-1])
            assert len(first) == 1, hex(c)
            pairs[(ord(first), ord(decomposed[-1]))] = c
    return pairs


def two_stage(values, default=0):
    """(first stage, blocks): value of c = blocks[first[c / BLOCK]][c % BLOCK]."""
    blocks, index, first = [], {}, []
    for start in range(0, 0x110000, BLOCK):
        block = tuple(values.get(c, default) for c in range(start, start + BLOCK))
        if block not in index:
            index[block] = len(blocks)
            blocks.append(block)
        first.append(index[block])
    return first, [value for block in blocks for value in block]


def smallest_type(values):
    top = max(values)
    return "uint8_t" if top < 256 else "uint16_t" if top < 65536 else "uint32_t"


class Writer:
    def __init__(self):
        self.lines = []

    def array(self, type_name, name, values):
        self.lines.append(f"const {type_name} {name}[{len(values)}] = {{")
        line = ""
        for value in values:
            item = f"{value},"
            if len(line) + len(item) > 120:
                self.lines.append(line)
                line = ""
            line += item
        self.lines += [line, "};", ""]

    def two_stage(self, name, values):
        first, blocks = two_stage(values)
        self.array(smallest_type(first), f"{name}_blocks", first)
        self.array(smallest_type(blocks), f"{name}_values", blocks)


def mapping_pool(mappings):
    """One pool of code points for all decompositions: at the offset of a mapping its length, then its characters."""
    pool, offsets, known = [0], {}, {}
    for c, text in sorted(mappings.items()):
        if text not in known:
            known[text] = len(pool)
            pool += [len(text)] + [ord(x) for x in text]
        offsets[c] = known[text]
    return pool, offsets


def generate():
    sets = probe_flags()
    lower = {c: out for c, out in each(normalizers.Lowercase()).items() if out != chr(c)}
    canonical = probe_decompositions(normalizers.NFD())
    compatible = {c: out for c, out in probe_decompositions(normalizers.NFKD()).items() if canonical.get(c) != out}
    classes = probe_combining_classes(canonical)
    compositions = probe_compositions(canonical)

    graphemes = probe_graphemes()
    records, record_of = {(0, 0, 0): 0}, {}
    for c in CODE_POINTS:
        flags = sum(1 << bit for bit, name in enumerate(FLAGS) if c in sets[name])
        record_of[c] = records.setdefault((flags, classes.get(c, 0), graphemes[c]), len(records))

    # Lower-casing is one character to one, but for one that becomes two.
    assert {c for c, out in lower.items() if len(out) != 1} == {0x130} and lower[0x130] == "i\u0307"
    deltas = [0]
    delta_of = {}
    for c, out in lower.items():
        delta = ord(out[0]) - c
        if delta not in deltas:
            deltas.append(delta)
        delta_of[c] = deltas.index(delta)

    pool, canonical_offsets = mapping_pool(canonical)
    compatible_pool, compatible_offsets = mapping_pool(compatible)
    compatible_offsets = {c: offset + len(pool) for c, offset in compatible_offsets.items()}

    out = Writer()
    out.lines += [f"// Generated by tools/generate_unicode_tables.py from tokenizers {tokenizers.__version__}; do not edit.",
                  '#include "text/unicode_tables.h"', "", "// clang-format off",
                  "namespace sbert::text::unicode::tables {", ""]
    out.array("Record", "records", [f"{{{flags},{ccc},{grapheme}}}" for flags, ccc, grapheme in records])
    out.two_stage("record", record_of)
    out.array("int32_t", "lower_deltas", deltas)
    out.two_stage("lower", delta_of)
    out.two_stage("canonical", canonical_offsets)
    out.two_stage("compatible", compatible_offsets)
    out.array("char32_t", "mapping_pool", pool + compatible_pool)
    scripts = probe_scripts()
    out.lines.append(f"const size_t script_range_count = {len(scripts)};")
    out.array("ScriptRange", "script_ranges", [f"{{{first},{script}}}" for first, script in scripts])
    categories = probe_categories()
    out.lines.append(f"const size_t category_range_count = {len(categories)};")
    out.array("CategoryRange", "category_ranges", [f'{{"{name}",{first},{last}}}' for name, first, last in categories])
    pairs = sorted(compositions.items())
    out.lines.append(f"const size_t composition_count = {len(pairs)};")
    out.array("Composition", "compositions", [f"{{{a},{b},{c}}}" for (a, b), c in pairs])
    out.lines += ["}  // namespace sbert::text::unicode::tables", ""]
    return "\n".join(out.lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", help="write the tables to this file")
    parser.add_argument("--check", help="fail unless this file is what would be written")
    options = parser.parse_args()
    if tokenizers.__version__ != PINNED_VERSION:
        sys.exit(f"tokenizers {PINNED_VERSION} is needed, found {tokenizers.__version__}")
    if unicodedata.unidata_version != UNICODE_OF_PCRE2:
        sys.exit(f"a Python with Unicode {UNICODE_OF_PCRE2} is needed, found {unicodedata.unidata_version}")
    text = generate()
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    if options.check:
        with open(options.check, encoding="utf-8") as file:
            if file.read() != text:
                sys.exit(f"{options.check} is not what tokenizers {PINNED_VERSION} does: generate it again")
        print(f"{options.check} is up to date")


if __name__ == "__main__":
    main()
