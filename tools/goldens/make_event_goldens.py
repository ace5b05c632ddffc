#!/usr/bin/env python3
"""A small event file as TensorBoard itself writes it: tests/goldens/report/events.bin.

    python tools/goldens/make_event_goldens.py          with tensorboard 2.21
"""
import io
import pathlib

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

TARGET = pathlib.Path(__file__).resolve().parent.parent.parent / "tests" / "goldens" / "report" / "events.bin"


def main():
    scalars = [Summary.Value(tag="train/loss", simple_value=0.125), Summary.Value(tag="eval/größe", simple_value=-3e-5)]
    events = [
        Event(wall_time=1700000000.25, file_version="brain.Event:2"),
        Event(wall_time=1700000000.5, step=401, session_log=SessionLog(status=SessionLog.START)),
        Event(wall_time=1700000001.0, step=300000, summary=Summary(value=scalars)),
        Event(wall_time=1700000002.0, step=0, summary=Summary(value=[Summary.Value(tag="x" * 200, simple_value=0)])),
        Event(wall_time=1700000003.0, step=1, summary=Summary(value=[Summary.Value(tag="n", simple_value=float("nan"))])),
    ]
    file = io.BytesIO()
    writer = RecordWriter(file)
    for event in events:
        writer.write(event.SerializeToString(deterministic=True))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(file.getvalue())


if __name__ == "__main__":
    main()
