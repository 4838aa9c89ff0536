#!/usr/bin/env python3
"""Writes the files of this folder from a recorded run, with the writers that trainers use.

Needs tensorboard and tensorboardX (written with 2.21.0 and 2.6.5); the tests need neither. Every file holds the same curves:
copy, add1 and sub2 of stall_s1, whose learning rate is 0 from step 200,000 on.
"""
import csv, gzip, io, json, os, shutil, tempfile

import numpy
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.plugins.scalar import metadata
from tensorboard.util import tensor_util
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboardX import SummaryWriter

HERE = os.path.dirname(os.path.abspath(__file__))
RUN = os.path.join(HERE, "..", "..", "..", "progress", "data", "stall_s1.csv.gz")
TASKS = ["copy", "add1", "sub2"]


def rows():
    with gzip.open(RUN, "rt") as run:
        for row in csv.DictReader(run):
            if row["task"] in TASKS:
                yield int(row["n"]), row["task"], float(row["q"]), float(row["exact"])


def write(name, text):
    data = text.encode()
    if name.endswith(".gz"):
        data = gzip.compress(data, 9, mtime=0)
    with open(os.path.join(HERE, name), "wb") as out:
        out.write(data)


def event_file(name, folder):
    found = [each for each in os.listdir(folder) if "tfevents" in each]
    assert len(found) == 1, found
    data = open(os.path.join(folder, found[0]), "rb").read()
    with open(os.path.join(HERE, name), "wb") as out:
        out.write(gzip.compress(data, 9, mtime=0))


def tensors(folder):
    """Scalars as tensors, as TensorFlow 2 writes them."""
    writer = EventFileWriter(folder)
    for step, task, q, _ in rows():
        value = Summary.Value(tag="eval/" + task, tensor=tensor_util.make_tensor_proto(q, dtype=numpy.float32),
                              metadata=metadata.create_summary_metadata(display_name="", description=""))
        writer.add_event(Event(wall_time=1.7e9 + step / 1000, step=step, summary=Summary(value=[value])))
    writer.close()


def simple_values(folder):
    """Scalars as simple values, as PyTorch's SummaryWriter writes them, among other things that a trainer logs."""
    writer = SummaryWriter(folder)
    writer.add_text("config", "lr 2e-3")
    for step, task, q, exact in rows():
        writer.add_scalar("eval/" + task, q, step, walltime=1.7e9 + step / 1000)
        if task == "copy":
            writer.add_scalar("train/loss", 2.3 - q, step)
            writer.add_scalar("lr", 2e-3, step)
            writer.add_scalar("eval/accuracy_percent", 100 * exact, step)
    writer.add_histogram("weights", numpy.arange(8.0), 1024)
    writer.close()


def main():
    curves = list(rows())
    lines = io.StringIO()
    out = csv.writer(lines, lineterminator="\n")
    out.writerow(["step", "task", "score", "exact", "items", "tier", "target"])
    for step, task, q, exact in curves:
        out.writerow([step, task, q, exact, 128, "kindergarten" if task == "copy" else "school", 0.9])
    write("curves.csv.gz", lines.getvalue())
    write("curves.jsonl.gz", "".join(
        json.dumps({"step": step, "task": task, "score": q, "exact": exact, "items": 128,
                    "tier": "kindergarten" if task == "copy" else "school", "target": 0.9}) + "\n"
        for step, task, q, exact in curves))

    columns = ["run-7 - eval/" + task for task in TASKS]
    table = '"Step",' + ",".join('"%s","%s__MIN","%s__MAX"' % (c, c, c) for c in columns) + "\n"
    for step in sorted({each[0] for each in curves}):
        scores = {task: q for n, task, q, _ in curves if n == step}
        table += '"%d",' % step + ",".join('"%s","%s","%s"' % ((scores[task],) * 3) for task in TASKS) + "\n"
    write("wandb.csv.gz", table)

    for name, make in [("tensors.tfevents.gz", tensors), ("simple_values.tfevents.gz", simple_values)]:
        folder = tempfile.mkdtemp()
        make(folder)
        event_file(name, folder)
        shutil.rmtree(folder)


main()
