"""Writes the facets of a run's history as a curve file: python3 export_facets.py DATA/history.db SEED FILE.csv.gz.

One row per probe, task and facet: seed, task, n, facet, items that have it, exact match and mean q; "all" is the task.
Facets that are tags are left out, and every facet that fewer than 32 items have.
"""
import csv
import gzip
import io
import sqlite3
import struct
import sys


POSITIONS = {"end", "units", "tens", "hundreds", "thousands", "ten thousands"}


def facets_of(blob):
    """As history_rows.cpp packs them: a count, then length, name and ScoreSums of each; little-endian."""
    (count,), at = struct.unpack_from("<I", blob), 4
    for _ in range(count):
        (length,) = struct.unpack_from("<Q", blob, at)
        name = blob[at + 8:at + 8 + length].decode()
        items, exact, q, _, _ = struct.unpack_from("<IIddd", blob, at + 8 + length)
        at += 8 + length + 32
        yield name, items, exact, q


def main(database, seed, file):
    rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
        "SELECT name, step, items, exact, q, facets FROM scores "
        "JOIN tasks ON tasks.id = task WHERE abandoned_by IS NULL ORDER BY step, task")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow("seed,task,n,facet,items,exact,q".split(","))
    for name, step, items, exact, q, blob in rows:
        writer.writerow([seed, name, step, "all", items, f"{exact / items:.4f}", f"{q / items:.4f}"])
        for facet, of, right, sum_q in facets_of(blob):
            if of >= 32 and (facet in POSITIONS or facet.startswith("position ")):
                writer.writerow([seed, name, step, facet, of, f"{right / of:.4f}", f"{sum_q / of:.4f}"])
    with gzip.GzipFile(file, "wb", mtime=0) as out:
        out.write(text.getvalue().encode())


main(*sys.argv[1:])
