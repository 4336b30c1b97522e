"""The peers of the benchmark, each opened, filled and asked as its own project recommends."""

import json
import os

from bench_data import ACCOUNTS

TIMES = ("created_at", "followed_at", "last_status_at")
NULLABLE = ("location", "description", "url", "last_status_at")


class DuckDB:
    """In memory, `account` an enum and times without zone after the load."""

    def __init__(self, threads):
        import duckdb
        self.connection = duckdb.connect(config={"threads": threads, "preserve_insertion_order": True})
        self.connection.execute("set timezone = 'UTC'")

    def load(self, kind, path):
        reader = {"csv": "read_csv", "parts": "read_csv", "json": "read_ndjson"}[kind]
        self.connection.execute(f"create table loaded as from {reader}('{path}')")

    def tune(self):
        accounts = ", ".join(f"'{name}'" for name in ACCOUNTS)
        plain = ", ".join(f"{name}::timestamp as {name}" for name in TIMES)
        self.connection.execute(f"create type account_name as enum ({accounts})")
        self.connection.execute(
            f"create table f as select * replace (account::account_name as account, {plain}) from loaded")
        self.connection.execute("drop table loaded")

    def run(self, query, out):
        return self.connection.execute(query.duckdb.replace("{out}", out)).fetchall()

    def save(self, folder):
        file, parquet = f"{folder}/f.duckdb", f"{folder}/duckdb.parquet"
        self.connection.execute(f"attach '{file}' as saved; create table saved.f as from f; detach saved")
        self.connection.execute(
            f"copy (select * replace (account::varchar as account) from f) to '{parquet}' (format parquet)")
        return {"DuckDB file": file, "DuckDB Parquet": parquet}

    def reopen(self, path, query):
        source = f"read_parquet('{path}')"
        if path.endswith(".duckdb"):
            self.connection.execute(f"attach '{path}' as saved (read_only)")
            source = "saved.f"
        return self.connection.execute(query.duckdb.replace("from f ", f"from {source} ")).fetchall()


class Polars:
    """A frame of one chunk, `account` an Enum and `lang` Categorical; each query by the faster of its two engines."""

    def __init__(self, threads):
        os.environ["POLARS_MAX_THREADS"] = str(threads)
        self.engines = {}

    def load(self, kind, path):
        import polars
        if kind == "json":
            self.loaded = polars.read_ndjson(path)
        else:
            self.loaded = polars.read_csv(path, try_parse_dates=True)

    def tune(self):
        import polars
        times = [polars.col(name).dt.replace_time_zone(None) for name in TIMES]
        self.frame = self.loaded.with_columns(
            *times, polars.col("account").cast(polars.Enum(ACCOUNTS)), polars.col("lang").cast(polars.Categorical)
        ).rechunk()
        del self.loaded

    def run(self, query, out):
        engine = self.engines.get(query.name) or self.choose(query, out)
        return self.collect(query.polars(self.frame.lazy()), engine, out)

    def choose(self, query, out):
        from time import perf_counter
        timed = {}
        for engine in ("in-memory", "streaming") * 2:
            began = perf_counter()
            try:
                self.collect(query.polars(self.frame.lazy()), engine, out)
            except Exception:
                continue
            timed[engine] = min(perf_counter() - began, timed.get(engine, 1e9))
        self.engines[query.name] = min(timed, key=timed.get, default="in-memory")
        return self.engines[query.name]

    @staticmethod
    def collect(result, engine, out):
        """The rows of a lazy frame; a list is rows already, and a function writes a file with an engine."""
        if isinstance(result, list):
            return result
        if callable(result):
            result(out, engine)
            return []
        return result.collect(engine=engine).rows()

    def save(self, folder):
        import polars
        arrow, parquet = f"{folder}/polars.arrow", f"{folder}/polars.parquet"
        plain = self.frame.with_columns(polars.col("account", "lang").cast(polars.String))
        self.frame.write_ipc(arrow, compression="uncompressed")
        plain.write_parquet(parquet)
        return {"Polars Arrow": arrow, "Polars Parquet": parquet}

    def reopen(self, path, query):
        import polars
        scan = polars.scan_ipc if path.endswith(".arrow") else polars.scan_parquet
        return query.polars(scan(path)).collect().rows()


class ChDB:
    """ClickHouse in the process: a table in memory, LowCardinality where few values repeat, nulls where there are any."""

    def __init__(self, threads):
        from chdb import session
        self.session = session.Session()
        self.threads = threads

    def ask(self, sql, settings=""):
        return self.session.query(f"{sql} settings max_threads = {self.threads}{settings}", "JSONCompactEachRow").bytes()

    def load(self, kind, path):
        form = "JSONEachRow" if kind == "json" else "CSVWithNames"
        self.ask(f"create table loaded engine = Memory as select * from file('{path}', {form})")

    def tune(self):
        described = self.ask("describe table loaded").decode().splitlines()
        names = [json.loads(line)[0] for line in described]
        columns = []
        for name in names:
            column = f"nullIf({name}, '')" if name in NULLABLE and name not in TIMES else name
            if name == "account":
                column = "cast(assumeNotNull(account) as LowCardinality(String))"
            elif name in ("lang", "location"):
                column = f"cast({column} as LowCardinality({'Nullable(String)' if name in NULLABLE else 'String'}))"
            elif name not in NULLABLE:
                column = f"assumeNotNull({name})"
            columns.append(f"{column} as {name}_")
        renamed = ", ".join(f"{name}_ as {name}" for name in names)
        self.ask(f"create table f engine = Memory as select {renamed} from (select {', '.join(columns)} from loaded)",
                 ", max_insert_threads = 1")
        self.session.query("drop table loaded sync")

    def run(self, query, out):
        return self.ask(query.chdb.replace("{out}", out))

    def save(self, folder):
        path = f"{folder}/chdb.parquet"
        self.ask(f"insert into function file('{path}', Parquet) select * replace (toString(account) as account,"
                 " toString(lang) as lang, cast(location as Nullable(String)) as location) from f")
        return {"chDB Parquet": path}

    def reopen(self, path, query):
        return self.ask(query.chdb.replace("from f ", f"from file('{path}', Parquet) "))


PEERS = {"duckdb": DuckDB, "polars": Polars, "chdb": ChDB}
NAMES = {"decoy": "Decoy", "base": "base", "duckdb": "DuckDB", "polars": "Polars", "chdb": "chDB"}
