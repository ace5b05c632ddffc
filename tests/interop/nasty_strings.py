"""Strings that tokenizers are known, or likely, to get wrong; shared by the goldens and the differential tests."""

WORDS = ["hello", "Hello World", "don't", "we'll they've I'd it's you're I'm", "DON'T STOP", "it’s “quoted”",
         "state-of-the-art", "e-mail: a.b+c@d-e.org", "https://example.com/a?b=c&d=%20#x", "C++ and C#", "$3.50 €2,000 50%",
         "1,234,567.89", "3.14159e-10", "0x1F600", "2024-02-29T12:34:56Z", "v1.2.3-rc.4+build", "a_b_c", "snake_case CamelCase",
         "x" * 99, "x" * 100, "x" * 101, "é" * 100, "é" * 101, "a" * 1000, "ab" * 600, "the " * 300, "word" + "'" * 50,
         "supercalifragilisticexpialidocious", "antidisestablishmentarianism", "pneumonoultramicroscopicsilicovolcanoconiosis",
         "unaffable", "tokenization", "qzxjkvbpwm", "...", "!?!?", "—–-‐‑‒―", "…", "¿Qué?", "¡Hola!", "«a»", "‹b›", "„c“",
         "'s 't 're 've 'm 'll 'd", "'S 'T 'RE 'VE 'M 'LL 'D", "'ſ", "O'Neil's", "rock'n'roll", "'''", "a'b'c'", "I'll've"]

SPACES = ["", " ", "  ", "   ", "\t", "\n", "\r", "\r\n", "\n\n", "\n\n\n", " \n ", "\n a", "a\n", "a \n b", "a  b", "a   b",
          "  a", "a  ", "  a  b  ", "a\tb", "a\t\tb", "a\r\nb", "a\n\nb", "a \n\n b", "a\u00a0b", "a\u00a0\u00a0b", "a\u1680b",
          "a\u2000b", "a\u2003 b", "a\u200ab", "a\u2028b", "a\u2029b", "a\u202fb", "a\u205fb", "a\u3000b", "a\u0085b", "a\u000bb",
          "a\u000cb", "a\u001cb", "a\u001fb", "a\u200bb", "a\u200cb", "a\u200db", "a\u2060b", "a\ufeffb", "\ufeffa", "a\u00adb",
          "a\u180eb", "a\u0000b", "\u0000", "a\ufffdb", "\ufffd", "a\u0007b", "a\u007fb", "a\u0080b", "a\u009fb", "\u200e\u200fa",
          "\u202aabc\u202c", "\u2066abc\u2069", " \u0301", "\u0301", "a \u0301b", "\n\u0301", "\u3000\u3000a", "\u00a0a", "a\u00a0",
          " \u00a0 ", "\u2003", "\u200b", "\u200b\u200b", " \u200b ", "a\u2800b", "a\ue000b", "\U000f0000", "\U0010fffd", "\uffff",
          "\U0001fffe", "\u0378", "\U000e0001", "a\U000e0061b", "\u061c", "\u06ddx", "\u070f", "\u110bdx", "\ufff9a\ufffab\ufffb"]

ACCENTS = ["é", "e\u0301", "É", "E\u0301", "ñ n\u0303", "ü ö ä Ü Ö Ä ß ẞ", "ﬁ ﬂ ﬃ ﬅ", "Å Å A\u030a", "ǅ ǆ Ǆ", "İ I ı i", "İstanbul", "DİYARBAKIR",
           "ΣΑΣ", "ΑΣ ΑΣ.", "Ὀδυσσεύς", "ΆΈΉ", "ᾳ ᾼ", "ς σ Σ", "a\u0323\u0301", "a\u0301\u0323", "q\u0307\u0323", "q\u0323\u0307",
           "\u1e9b\u0323", "\u212b", "\u2126", "\u212a", "\u0344", "\u0340\u0341", "\u0f73\u0f75\u0f81", "\u0f71\u0f72", "\u0f77", "\u0958", "\u09dc",
           "\u0b5c", "\u0e33", "\u0eb3", "\u1100\u1161\u11a8", "각", "가\u11a8", "\u1100\u1161", "한국어", "훈민정음", "ᄒᆞᆫ글", "ㄱㄴㄷ", "ﾡ",
           "\u0898a\u089f", "\u08caa", "\u1abf", "\u1ac0", "a\u1ac1", "\u302aa", "\u3099か", "か\u3099", "が", "カ\u309a", "ﾊﾟ", "ガギグ", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
           "\u0345\u0301", "a\u0345\u0301", "\u0385", "\u1fc1", "\u2adc", "\U0001d15e", "\U0001d1bf", "\U00011938", "\U0001109a", "\U00011131",
           "\u32ff", "\u33ff", "①②③", "ⅣⅨ", "½ ⅓", "x²y³", "₂", "ℌℍ", "ﷺ", "ﷲ", "ｆｕｌｌ　ｗｉｄｔｈ", "ＡＢＣ１２３", "㌔㌘", "㈱", "ŀ", "ŉ", "ſ", "ſt"]

SCRIPTS = ["中文", "中文 test 测试", "日本語のテスト", "これはtestです。", "カタカナ", "㐀㐁", "\U00020000\U0002a6d6", "\U0002a700", "\U0002b740", "\U0002b820\U0002b91f",
           "\U0002b920", "\U0002ceb0", "\U00030000", "豈更", "\U0002f800", "々〆〇", "。、！？", "「」『』", "العربية", "مُحَمَّد", "السَّلَامُ عَلَيْكُمْ", "ـ", "١٢٣", "۱۲۳",
           "עברית", "שָׁלוֹם", "हिन्दी", "क्षत्रिय", "नमस्ते दुनिया", "क\u093c", "বাংলা", "தமிழ்", "తెలుగు", "ಕನ್ನಡ", "മലയാളം", "සිංහල", "ภาษาไทย", "น้ำ", "ລາວ", "བོད་སྐད", "မြန်မာ", "ភាសាខ្មែរ",
           "ქართული", "ᲥᲐᲠᲗᲣᲚᲘ", "Հայերեն", "Ελληνικά", "Русский язык", "Ёлка Йод ё й", "ѝ Ѝ", "українська ї Ї ґ", "ᏣᎳᎩ ꭰ", "ᐃᓄᒃᑎᑐᑦ", "አማርኛ", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "𐐀𐐨", "𞤀𞤢", "𝐁𝐨𝐥𝐝 𝒾𝓉", "𝟘𝟙𝟚",
           "ᠮᠣᠩᠭᠣᠯ", "Tiếng Việt", "ĐÀ NẴNG", "Ð ð Þ þ", "ŁÓDŹ łódź", "ÇĞŞ çğş", "ʻokina", "ʼn", "Ꞌꞌ", "Ω Ω", "µ μ", "K K", "Ⓐⓐ", "Ꙁꙁᲀ", "\ua7c5\ua7c9\ua7d0", "\u2c2f\u2c5f", "\U00010570\U00010597"]

SYMBOLS = ["🙂", "👍🏽", "👨‍👩‍👧‍👦", "👨‍👩", "🏳️‍🌈", "🇩🇪🇫🇷", "🇩", "❤️", "❤", "☺️", "1️⃣", "#️⃣", "©️ ® ™", "©\u200d©", "©\u0301", "a\u200d🙂", "🙂a", "a🙂b", "🙂🙂🙂", "→←", "∑∫√", "a+b=c", "a<b>c", "~`^|", "$+<=>^`|~",
           "\u166d", "\u2e43\u2e5d", "\u061d", "\U000111c9", "\u0964\u0965", "\u055a", "\u1805", "\u2053\u2e17", "\ufe63", "\u30fb", "\uff65", "\u10fb", "\u16eb", "\u2cf9", "\ua6f2", "\U00010100", "\U0001039f", "\U00011047",
           "\u0600\u0661", "\u0600 x", "\u06dd\u0661", "\u08e2x", "\r\u0301", "\r\n\u0301", "a\r\n\r\nb", "\ua960\ud7b0", "\u1100\u1100\u0301", "\u0915\u094d\u0915\u0301", "\u0e01\u0e33", "x\u0903", "x\u200d", "\u200dx", "\u034f", "a\u034fb"]

SPECIALS = ["[SEP]", "[CLS]", "[MASK]", "[UNK]", "[PAD]", "a[SEP]b", "a [SEP] b", "[sep]", "[ SEP ]", "[[SEP]]", "[SEP][SEP]", "[SE", "[MASK", "[MASK]]", "x[MASK]y[CLS]", "<s>", "</s>", "<s> a </s>", "<mask>", "a <mask> b",
            "a<mask>b", "a  <mask>  b", "<mask><mask>", "<pad>", "<unk>", "< s >", "<|endoftext|>", "a<|endoftext|>b", "<|startoftext|>hello", "<|endoftext|><|endoftext|>", "▁", "▁▁", "▁a", "a▁b", " ▁ a", "Ġ", "Ġa", "Ċ", "##", "##ing", "a##b", "</w>",
            "a</w>", "<0x41>", "<0xE2>", "<|im_start|>user\nhi<|im_end|>", "<extra_id_0>", "[INST]"]

ALL = WORDS + SPACES + ACCENTS + SCRIPTS + SYMBOLS + SPECIALS
