#!/usr/bin/env bash
# A run writes report.html, which needs nothing else, and event files for TensorBoard; --no-report: neither.
. "$(dirname "$0")/common.bash"

write_pairs >dev.jsonl
echo '{"a": "<script>alert(1)</script>", "b": "a & b", "score": 0.5}' >>dev.jsonl
"$sbert" train --model "$model" --data dev.jsonl --columns a,b,score --loss CosineSimilarityLoss --batch-size 2 --epochs 2 \
  --eval sts:dev.jsonl --output run 2>notes
grep -q '^sbert: saved in run, with report.html$' notes || die "the report is not named: $(cat notes)"
compgen -G 'run/runs/events.out.tfevents.*' >/dev/null || die "no event file: $(find run)"
python3 - run/report.html <<'END_OF_CHECK'
import html.parser, pathlib, re, sys
page = pathlib.Path(sys.argv[1]).read_text()

class Reader(html.parser.HTMLParser):
    empty = {"meta", "br", "hr", "img", "input", "link"}
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], ""
    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        if tag not in self.empty:
            self.open.append(tag)
        for name, value in attributes:
            assert name not in ("src", "href", "onload", "onclick"), f"<{tag} {name}={value}>"
    def handle_startendtag(self, tag, attributes):
        self.seen.append(tag)
    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> at {self.getpos()}"
    def handle_data(self, data):
        self.text += data

reader = Reader()
reader.feed(page)
assert not reader.open, reader.open
assert "script" not in reader.seen and "link" not in reader.seen
assert "url(" not in page and "@import" not in page
assert page.count("<svg") >= 6, page.count("<svg")
text = re.sub(r"[\u2066-\u2069]", "", reader.text)
for part in ["What was gained", "spearman_cosine", "Loss", "Learning rate", "Data", "cut off", "Sample pairs, before and after",
             "<script>alert(1)</script>", "CosineSimilarityLoss", "dev.jsonl", "learning_rate"]:
    assert part in text, f"{part} is not in the page"
END_OF_CHECK

train_tiny plain --no-report
if [ -e plain/report.html ] || [ -e plain/runs ]; then die "there is a report all the same"; fi
cmp <(cd plain && find . -type f | sort) <(cd run && find . -type f ! -name report.html ! -path './runs/*' ! -path './eval/*' | sort)
