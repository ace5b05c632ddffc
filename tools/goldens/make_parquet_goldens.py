#!/usr/bin/env python3
"""Writes tests/goldens/parquet/: Parquet files of every kind that pyarrow writes, and their rows as JSON lines.

Run with a Python that has pyarrow (datasets brings it):
    python tools/goldens/make_parquet_goldens.py tests/goldens/parquet [ROWS]
"""
import datetime
import decimal
import json
import pathlib
import random
import shutil
import sys

import pyarrow as pa
import pyarrow.parquet as pq

README = """Made by tools/goldens/make_parquet_goldens.py with pyarrow {version}; do not edit.

Of each `<name>.parquet`, `<name>.jsonl` has the rows. All have the same columns of random values and nulls: texts, numbers of all
kinds, times, lists, lists of lists, records, maps. They differ in compression, encodings, pages and row groups. `binary.parquet` has bytes
that are no text, `texts.parquet` two texts, `sets.parquet` queries with what fits and what does not.
"""

DELTA = {
    "text": "DELTA_BYTE_ARRAY",
    "required": "DELTA_LENGTH_BYTE_ARRAY",
    "int32": "DELTA_BINARY_PACKED",
    "int64": "DELTA_BINARY_PACKED",
    "float": "BYTE_STREAM_SPLIT",
    "double": "BYTE_STREAM_SPLIT",
    "half": "BYTE_STREAM_SPLIT",
    "bool": "RLE",
    "list.list.element": "DELTA_BYTE_ARRAY",
}
DELTA_2 = {
    "text": "DELTA_LENGTH_BYTE_ARRAY",
    "required": "DELTA_BYTE_ARRAY",
    "int32": "BYTE_STREAM_SPLIT",
    "uint64": "DELTA_BINARY_PACKED",
}
FILES = {
    "plain": {"compression": "none", "use_dictionary": False},
    "snappy": {"compression": "snappy"},
    "zstd_v2": {"compression": "zstd", "data_page_version": "2.0"},
    "gzip_small_pages": {"compression": "gzip", "data_page_size": 64, "write_batch_size": 7},
    "brotli": {"compression": "brotli", "use_dictionary": False},
    "lz4_small_groups": {"compression": "lz4", "row_group_size": 17},
    "delta": {"compression": "snappy", "use_dictionary": False, "column_encoding": DELTA},
    "delta_v2": {"compression": "none", "data_page_version": "2.0", "use_dictionary": False, "column_encoding": DELTA_2},
    "old": {"version": "1.0", "use_compliant_nested_type": False, "dictionary_pagesize_limit": 100},
    "with_indexes": {"store_schema": False, "write_page_index": True, "write_page_checksum": True},
}
SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        pa.field("required", pa.string(), nullable=False),
        ("int32", pa.int32()),
        ("int64", pa.int64()),
        ("uint8", pa.uint8()),
        ("uint64", pa.uint64()),
        ("half", pa.float16()),
        ("float", pa.float32()),
        ("double", pa.float64()),
        ("decimal", pa.decimal128(9, 2)),
        ("large_decimal", pa.decimal128(30, 3)),
        ("bool", pa.bool_()),
        ("constant", pa.string()),
        ("null", pa.null()),
        ("list", pa.list_(pa.string())),
        ("vector", pa.list_(pa.float32(), 3)),
        ("lists", pa.list_(pa.list_(pa.int64()))),
        ("set", pa.struct([("query", pa.string()), ("pos", pa.list_(pa.string())), ("inner", pa.struct([("k", pa.int32())]))])),
        ("records", pa.list_(pa.struct([("id", pa.int32()), ("tags", pa.list_(pa.large_string()))]))),
        ("map", pa.map_(pa.string(), pa.int32())),
        ("category", pa.dictionary(pa.int32(), pa.string())),
        ("large", pa.large_string()),
        ("view", pa.string_view()),
        ("large_list", pa.large_list(pa.string())),
        ("date", pa.date32()),
        ("time", pa.timestamp("ms")),
    ]
)


def random_row(rng):
    def maybe(value):
        return None if rng.random() < 0.2 else value

    def text():
        return rng.choice(["", "the cat", "größe", "日本語", "x" * rng.randrange(60), "line\nbreak", "\0"]) + str(rng.randrange(50))

    def some(make):
        return [maybe(make()) for _ in range(rng.randrange(4))]

    return {
        "text": maybe(text()),
        "required": text(),
        "int32": maybe(rng.randrange(-(2**31), 2**31)),
        "int64": maybe(rng.randrange(-(2**53), 2**53)),
        "uint8": maybe(rng.randrange(256)),
        "uint64": rng.randrange(2**53),
        "half": maybe(rng.choice([0.5, -2.0, 65504.0])),
        "float": maybe(rng.choice([0.5, -1.25, 3.0])),
        "double": maybe(rng.random()),
        "decimal": maybe(decimal.Decimal(rng.randrange(-99999, 99999)).scaleb(-2)),
        "large_decimal": maybe(decimal.Decimal(rng.randrange(-99999, 99999)).scaleb(-3)),
        "bool": maybe(rng.random() < 0.5),
        "constant": "same",
        "null": None,
        "list": maybe(some(text)),
        "vector": maybe([rng.randrange(9) / 2 for _ in range(3)]),
        "lists": maybe(some(lambda: some(lambda: rng.randrange(9)))),
        "set": maybe({"query": maybe(text()), "pos": maybe(some(text)), "inner": maybe({"k": maybe(rng.randrange(5))})}),
        "records": maybe(some(lambda: {"id": maybe(rng.randrange(5)), "tags": maybe(some(text))})),
        "map": maybe([(text() + str(i), maybe(rng.randrange(5))) for i in range(rng.randrange(3))]),
        "category": maybe(rng.choice(["red", "green"])),
        "large": maybe(text()),
        "view": maybe(text()),
        "large_list": maybe(some(text)),
        "date": maybe(datetime.date(2024, 2, 1 + rng.randrange(29))),
        "time": maybe(datetime.datetime(2024, 2, 29, 12, 0, rng.randrange(60), 1000 * rng.randrange(1000))),
    }


def plain(value):
    """As we read it: numbers are numbers, times are texts, a map is a list of records."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "milliseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [{"key": x[0], "value": plain(x[1])} if isinstance(x, tuple) else plain(x) for x in value]
    return value


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rng = random.Random(1)
    for name, options in FILES.items():
        table = pa.Table.from_pylist([random_row(rng) for _ in range(rows)], SCHEMA)
        pq.write_table(table, folder / f"{name}.parquet", **options)
        with open(folder / f"{name}.jsonl", "w") as out:
            for row in table.to_pylist():
                out.write(json.dumps(plain(row), ensure_ascii=False) + "\n")
    pq.write_table(pa.table({"text": ["a"], "image": [b"\xff\xd8"], "id": pa.array([b"0123456789abcdef"], pa.binary(16))}), folder / "binary.parquet")
    pq.write_table(pa.table({"n": [1, 2], "body": ['one, "two"', "small red car"]}), folder / "texts.parquet")
    sets = [{"query": f"the cat {i}", "pos": [f"a cat {i}", f"cats {i}"], "neg": [f"a dog {i}"]} for i in range(8)]
    pq.write_table(pa.table({"set": sets}), folder / "sets.parquet")
    (folder / "README.md").write_text(README.format(version=pa.__version__))


if __name__ == "__main__":
    main()
