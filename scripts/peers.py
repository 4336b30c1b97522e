"""Arrow files between Decoy and pyarrow, polars and DuckDB, compared value for value."""

import datetime as dt
import decimal
import json
import math
import os
import random
import subprocess
import sys
import tempfile

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.ipc as ipc

UTC = dt.timezone.utc
zoned = duckdb.connect()
failures = 0


def check(name, found, wanted):
    """Compares two lists of rows and says where they first differ."""
    global failures
    if len(found) == len(wanted) and all(same(a, b) for a, b in zip(found, wanted)):
        print(f"ok    {name}: {len(wanted)} rows")
        return
    failures += 1
    print(f"WRONG {name}: {len(found)} rows for {len(wanted)}")
    for row, (a, b) in enumerate(zip(found, wanted)):
        if not same(a, b):
            parts = [k for k in b if not same(a.get(k), b[k])] if isinstance(b, dict) else []
            for part in parts[:5]:
                print(f"  row {row}, {part}: found {a.get(part)!r}, wanted {b[part]!r}")
            if not parts:
                print(f"  row {row}: found {a!r}, wanted {b!r}")
            break


def same(a, b):
    if isinstance(b, dict) and isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in b)
    if isinstance(a, float) and isinstance(b, float):
        return a == b or math.isnan(a) and math.isnan(b)
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def decoy(*arguments, **options):
    done = subprocess.run([program, *arguments], capture_output=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"decoy {' '.join(arguments)}\n{done.stderr.decode()}")
    return done.stdout


def load(path):
    """The rows of a file as Decoy reads it."""
    lines = decoy("convert", path, "-", "--format", "jsonl").decode().split("\n")
    return [json.loads(line) for line in lines if line]


def iso(time):
    """A time as Decoy writes it in JSON."""
    if time is None:
        return None
    text = time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    micros = f".{time.microsecond:06d}" if time.microsecond else ""
    if micros.endswith("000"):
        micros = micros[:4]
    return f"{text}{micros}Z"


# Ours, read by the peers.


def plain(value):
    """A value of a peer as Decoy writes it in JSON."""
    if isinstance(value, dt.datetime):
        return iso(value if value.tzinfo else value.replace(tzinfo=UTC))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def rows_of(table):
    return [{k: plain(v) for k, v in row.items()} for row in table.to_pylist()]


def ours(rows):
    """A CSV file of every type, as Decoy saves it, in the hands of each peer."""
    random.seed(rows)
    words = ["red", "green", "blue", "größer", "日本"]
    with open("ours.csv", "w") as out:
        out.write("n,wide,x,flag,text,word,day,at,gone\n")
        for row in range(rows):
            def maybe(value):
                return "" if random.random() < 0.2 else value
            at = dt.datetime(2020, 1, 1) + dt.timedelta(seconds=random.randrange(10**8))
            out.write(",".join(str(cell) for cell in [
                maybe(random.randrange(100)), maybe(random.randrange(-2**62, 2**62)),
                maybe(random.random() * 10 ** random.randrange(-9, 9)),
                maybe(random.choice(["true", "false"])), maybe(f"text 😀 {random.random()}"),
                maybe(random.choice(words)), maybe(at.date()), maybe(at.isoformat()), ""]) + "\n")
    decoy("convert", "ours.csv", "ours.arrow", "--replace")
    wanted = load("ours.csv")
    check(f"ours again, {rows} rows", load("ours.arrow"), wanted)
    table = table_of_ours = ipc.open_file("ours.arrow").read_all()
    table.validate(full=True)
    check(f"ours in pyarrow, {rows} rows", rows_of(table), wanted)
    check(f"ours in pyarrow, mapped, {rows} rows",
          rows_of(ipc.open_file(pa.memory_map("ours.arrow")).read_all()), wanted)
    frame = pl.read_ipc("ours.arrow")
    check(f"ours in polars, {rows} rows", rows_of(frame.to_arrow()), wanted)
    found = zoned.sql("from table_of_ours").to_arrow_table()
    check(f"ours in DuckDB, {rows} rows", rows_of(found), wanted)
    stream = decoy("--format", "arrow", "ours.arrow", "-c", "ours")
    check(f"our stream in pyarrow, {rows} rows",
          rows_of(ipc.open_stream(stream).read_all()), wanted)
    with open("ours.arrows", "wb") as out:
        out.write(stream)
    check(f"our stream again, {rows} rows", load("ours.arrows"), wanted)
    check(f"our stream through a pipe, {rows} rows", [json.loads(line) for line in decoy(
        "convert", "-", "-", "--format", "jsonl", input=stream).decode().splitlines()], wanted)
    # Another program changes it: our statistics are of other rows then.
    changed = table.slice(rows // 2)
    feather.write_feather(changed, "changed.arrow", compression="uncompressed")
    check(f"ours, cut by pyarrow, {rows} rows", load("changed.arrow"), wanted[rows // 2:])


# Theirs, read by us.


def every_type():
    """Columns of pyarrow, and what Decoy is to make of each."""
    t1 = dt.datetime(2024, 2, 29, 12, 30, 5, 123456)
    columns = []

    def add(name, type, values, wanted):
        columns.append((name, pa.array(values, type), wanted))

    for bits in (8, 16, 32, 64):
        high = 2 ** (bits - 1) - 1
        values = [0, None, high, -high - 1, 7]
        add(f"int{bits}", getattr(pa, f"int{bits}")(), values, values)
        values = [0, None, high * 2 + 1 if bits < 64 else high, 3, 7]
        add(f"uint{bits}", getattr(pa, f"uint{bits}")(), values, values)
    add("huge", pa.uint64(), [0, None, 2**64 - 1, 3, 7], ["0", None, str(2**64 - 1), "3", "7"])
    for name, type in (("half", pa.float16()), ("single", pa.float32()), ("double", pa.float64())):
        values = [0.5, None, -2.25, 1024.0, 0.0]
        add(name, type, values, values)
    flags = [True, None, False, True, False]
    add("flag", pa.bool_(), flags, flags)
    texts = ["", None, "é😀", "a longer text than twelve bytes", "x"]
    for name in ("string", "large_string", "string_view"):
        add(name, getattr(pa, name)(), texts, texts)
    for index in ("int8", "uint16", "int32", "int64"):
        codes = pa.array([0, None, 1, 0, 1], getattr(pa, index)())
        columns.append((f"dict_{index}", pa.DictionaryArray.from_arrays(codes, ["red", "blue"]),
                        ["red", None, "blue", "red", "blue"]))
    columns.append(("dict_number", pa.array([5, None, 6, 5, 6]).dictionary_encode(),
                    [5, None, 6, 5, 6]))
    for unit, digits in (("s", 0), ("ms", 3), ("us", 6), ("ns", 6)):
        cut = t1.replace(microsecond=0 if digits == 0 else t1.microsecond // 10 ** (6 - digits) * 10 ** (6 - digits))
        early = dt.datetime(1969, 12, 31, 23, 59, 59)
        values = [cut, None, early, cut, early]
        add(f"time_{unit}", pa.timestamp(unit), values,
            [iso(v and v.replace(tzinfo=UTC)) for v in values])
        add(f"zoned_{unit}", pa.timestamp(unit, "Europe/Berlin"),
            [v and v.replace(tzinfo=UTC) for v in values],
            [iso(v and v.replace(tzinfo=UTC)) for v in values])
    days = [dt.date(2024, 2, 29), None, dt.date(1900, 1, 1), dt.date(1969, 12, 31), dt.date(9999, 12, 31)]
    for name in ("date32", "date64"):
        add(name, getattr(pa, name)(), days, [d and d.isoformat() for d in days])
    hours = [dt.time(12, 30, 5), None, dt.time(0), dt.time(23, 59, 59), dt.time(1, 2, 3)]
    clock = ["12:30:05", None, "00:00:00", "23:59:59", "01:02:03"]
    for name, type in (("clock_s", pa.time32("s")), ("clock_us", pa.time64("us")), ("clock_ns", pa.time64("ns"))):
        add(name, type, hours, clock)
    numbers = [decimal.Decimal(v) if v else None for v in ("1.25", "", "-1000.00", "0.10", "99999999.99")]
    for name, type in (("decimal", pa.decimal128(12, 2)), ("decimal256", pa.decimal256(40, 2))):
        add(name, type, numbers, [v if v is None else float(v) for v in numbers])
    whole = [decimal.Decimal(v) if v else None for v in ("1", "", "-1000", "0", "9007199254740993")]
    add("whole", pa.decimal128(38, 0), whole, [v if v is None else int(v) for v in whole])
    add("nothing", pa.null(), [None] * 5, [None] * 5)
    blobs = [b"\x00\xff", None, b"", b"ab", b"\x80"]
    for name in ("binary", "large_binary", "binary_view"):
        add(name, getattr(pa, name)(), blobs, ["00FF", None, "", "6162", "80"])
    add("words", pa.binary(), [b"a", None, b"", "é".encode(), b"z"], ["a", None, "", "é", "z"])
    add("fixed", pa.binary(2), [b"ab", None, b"cd", b"ef", b"gh"], ["ab", None, "cd", "ef", "gh"])
    lists = [[1, 2], None, [], [None, 3], [4]]
    texts = ["[1,2]", None, "[]", "[null,3]", "[4]"]
    for name, type in (("list", pa.list_(pa.int16())), ("large_list", pa.large_list(pa.int16()))):
        add(name, type, lists, texts)
    add("pair", pa.list_(pa.int8(), 2), [[1, 2], None, [3, 4], [5, None], [7, 8]],
        ["[1,2]", None, "[3,4]", "[5,null]", "[7,8]"])
    add("tags", pa.list_(pa.struct([("k", pa.string()), ("v", pa.float64())])),
        [[{"k": "a\"", "v": 1.5}], None, [], [None], [{"k": None, "v": None}]],
        ['[{"k":"a\\"","v":1.5}]', None, "[]", "[null]", '[{"k":null,"v":null}]'])
    add("map", pa.map_(pa.string(), pa.int32()), [[("a", 1)], None, [], [("b", None)], [("c", 3)]],
        ['[{"key":"a","value":1}]', None, "[]", '[{"key":"b","value":null}]', '[{"key":"c","value":3}]'])
    return columns


def theirs_of_pyarrow():
    columns = every_type()
    table = pa.table({name: array for name, array, _ in columns})
    where = pa.array([{"city": "Bonn", "deep": {"n": 1}}, None, {"city": None, "deep": None},
                      {"city": "Rom", "deep": {"n": None}}, {"city": "Oslo", "deep": {"n": 5}}])
    table = table.append_column("place", where)
    wanted = [
        {**{name: values[row] for name, _, values in columns},
         "place.city": ["Bonn", None, None, "Rom", "Oslo"][row],
         "place.deep.n": [1, None, None, None, 5][row]}
        for row in range(5)]

    def read(name, table, wanted, write):
        write("theirs.arrow", table)
        check(f"pyarrow's, {name}", load("theirs.arrow"), wanted)

    def file(path, table, **options):
        with ipc.new_file(path, table.schema, options=ipc.IpcWriteOptions(**options)) as out:
            out.write_table(table)

    def stream(path, table):
        with ipc.new_stream(path, table.schema) as out:
            for batch in table.to_batches(max_chunksize=2):
                out.write_batch(batch)

    read("file", table, wanted, file)
    for method in ("lz4", "zstd"):
        read(method, table, wanted, lambda path, table: file(path, table, compression=method))
    read("feather", table, wanted, lambda path, table: feather.write_feather(table, path))
    read("stream", table, wanted, stream)
    read("sliced", table.slice(1, 4), wanted[1:], file)
    read("empty", table.slice(0, 0), [], file)
    # Many batches of odd sizes, over the borders of our segments.
    many = pa.concat_tables([table] * 30_000).combine_chunks()

    def pieces(path, table):
        with ipc.new_file(path, table.schema, options=ipc.IpcWriteOptions(compression="zstd")) as out:
            out.write_table(table, max_chunksize=40_001)

    read("many batches", many, wanted * 30_000, pieces)

    def deltas(path, _):
        schema = pa.schema([("word", pa.dictionary(pa.int8(), pa.string()))])
        options = ipc.IpcWriteOptions(emit_dictionary_deltas=True)
        with ipc.new_stream(path, schema, options=options) as out:
            for words in (["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]):
                out.write_batch(pa.record_batch([pa.DictionaryArray.from_arrays(
                    pa.array(range(len(words)), pa.int8()), words)], schema=schema))

    read("dictionary deltas", None, [{"word": w} for w in "ababcabcd"], deltas)


def theirs_of_polars():
    rows = 100_000
    random.seed(4)
    words = ["red", "green", "a colour with a long name"]
    frame = pl.DataFrame({
        "n": pl.Series([random.choice([None, random.randrange(10**9)]) for _ in range(rows)]),
        "text": [random.choice([None, "", "short", f"a longer text {random.random()}"]) for _ in range(rows)],
        "word": pl.Series([random.choice([None, *words]) for _ in range(rows)], dtype=pl.Categorical),
        "at": [dt.datetime(2024, 1, 1) + dt.timedelta(seconds=row) for row in range(rows)],
        "day": [dt.date(2024, 1, 1) + dt.timedelta(days=row % 999) for row in range(rows)],
        "took": [dt.timedelta(seconds=row % 60) for row in range(rows)],
        "list": [[row, None] for row in range(rows)],
        "flag": [random.choice([None, True, False]) for _ in range(rows)],
        "x": [random.random() for _ in range(rows)],
    })
    wanted = [
        {**row, "at": iso(row["at"].replace(tzinfo=UTC)), "day": row["day"].isoformat(),
         "took": f"{row['took'].seconds}s", "list": json.dumps(row["list"], separators=(",", ":"))}
        for row in frame.to_dicts()]
    for method in ("uncompressed", "lz4", "zstd"):
        frame.write_ipc("theirs.arrow", compression=method)
        check(f"polars', {method}", load("theirs.arrow"), wanted)
    frame.write_ipc_stream("theirs.arrows")
    check("polars' stream", load("theirs.arrows"), wanted)


def theirs_of_duckdb():
    query = """
        select i as n, i::hugeint * 10 as wide, (i % 7)::utinyint as small, 'text ' || i as text,
          (i / 8)::decimal(9, 3) as share, date '2024-01-01' + i::int as day,
          timestamp '2024-01-01 00:00:00.5' + interval (i) second as at,
          to_timestamp(1704067200 + i) as zoned,
          i % 2 = 0 as flag, [i, null] as list, {'a': i, 'b': 'x'} as part,
          nullif(i, 3) as holed, 'A'::blob as bytes, time '12:30:00' as clock,
          (case i % 2 when 0 then 'even' else 'odd' end)::enum('even', 'odd') as parity
        from range(100000) t(i)"""
    table = duckdb.sql(query).to_arrow_table()
    feather.write_feather(table, "theirs.arrow", compression="lz4")
    start = dt.datetime(2024, 1, 1, tzinfo=UTC)
    wanted = [
        {"n": i, "wide": i * 10, "small": i % 7, "text": f"text {i}", "share": i / 8,
         "day": (start.date() + dt.timedelta(days=i)).isoformat(),
         "at": iso(start + dt.timedelta(seconds=i, microseconds=500_000)),
         "zoned": iso(start + dt.timedelta(seconds=i)), "flag": i % 2 == 0, "list": f"[{i},null]",
         "part.a": i, "part.b": "x", "holed": None if i == 3 else i, "bytes": "A", "clock": "12:30:00",
         "parity": "odd" if i % 2 else "even"}
        for i in range(100_000)]
    check("DuckDB's", load("theirs.arrow"), wanted)


program = os.path.abspath(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for rows in (0, 1, 1000, 70_000):
        ours(rows)
    theirs_of_pyarrow()
    theirs_of_polars()
    theirs_of_duckdb()
    os.chdir("/")
sys.exit(1 if failures else 0)
