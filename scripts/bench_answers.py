"""Whether two answers are the same: rows in any order, floats to nine digits, times and texts as they stand."""

import json
import math
import re

import polars

TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.]0+)?(?:Z|\+00(?::00)?)?")
TOLERANCE = 1e-9


def cell(value):
    if isinstance(value, str):
        moment = TIME.fullmatch(value) if value[4:5] == "-" else None
        return f"{moment[1]} {moment[2]}" if moment else value
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value == int(value) and abs(value) < 2 ** 53 else value
    return int(value) if isinstance(value, bool) else value


def flat(row):
    for value in row:
        if isinstance(value, list):
            yield from flat(value)
        else:
            yield cell(value)


def rank(row):
    """An order in which what wavers in the last digits comes last."""
    exact = [("", value) if isinstance(value, str) else (f"{value is None}", "") for value in row]
    return exact, [0 if isinstance(value, str) or value is None else value for value in row]


def plain(rows):
    return [list(flat(row)) for row in rows]


def alike(one, other):
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        if isinstance(one, int) and isinstance(other, int):
            return one == other
        return abs(one - other) <= TOLERANCE * max(abs(one), abs(other), 1e-3)
    return one == other


def difference(ours, theirs):
    """What differs between two answers, in words; empty when nothing does."""
    ours, theirs = plain(ours), plain(theirs)
    if len(ours) != len(theirs):
        return f"{len(ours)} rows, not {len(theirs)}"
    if ours == theirs:
        return ""
    ours.sort(key=rank), theirs.sort(key=rank)
    for one, other in zip(ours, theirs):
        if len(one) != len(other) or not all(map(alike, one, other)):
            return f"{shown(one)}, not {shown(other)}"
    return ""


def shown(row):
    text = json.dumps(list(row), ensure_ascii=False)
    return text if len(text) <= 300 else text[:300] + "…"


def file_frame(path, kind):
    """The rows of a file that an engine wrote, every cell as text; an empty cell of a CSV file is null."""
    read = {"csv": polars.scan_csv, "jsonl": polars.scan_ndjson, "arrow": polars.scan_ipc}[kind]
    options = {"infer_schema": False, "null_values": ["\\N"]} if kind == "csv" else {}
    frame = read(path, **options).select(polars.all().cast(polars.String)).collect()
    frame.columns = [f"column {number}" for number in range(frame.width)]
    day_first = polars.all().str.contains(r"^\d{4}-\d\d-\d\d[ T]\d\d:")
    return frame.with_columns(
        polars.when(day_first).then(polars.all().str.slice(0, 19).str.replace("T", " ")).otherwise(polars.all()))


def file_difference(ours, theirs):
    """What differs between two files, in words; the order of the rows does not count."""
    if ours.shape != theirs.shape:
        return f"{ours.shape} rows and columns, not {theirs.shape}"
    if ours.equals(theirs):
        return ""
    ours, theirs = (frame.sort(frame.columns) for frame in (ours, theirs))
    for one, other in zip(ours.iter_rows(), theirs.iter_rows()):
        if one != other:
            return f"{shown(one)}, not {shown(other)}"
    return ""
