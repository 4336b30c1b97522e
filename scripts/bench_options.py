"""The options of scripts/bench."""

import argparse
import os

KINDS = ("load", "query", "process")


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=(
        "Decoy beside DuckDB, Polars and ClickHouse (chDB) on the same work with the same threads, in turn, with the "
        "answers compared. Ratios are peer / Decoy, the median over the rounds. Everything is kept in .build/bench: the "
        "peers, the generated data, results.json. Exit status 1 when an answer differs, never for time."))
    parser.add_argument("--rows", type=int, metavar="N", help="rows of the generated list (1000000)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="timed rounds a query (5)")
    parser.add_argument("--load-rounds", type=int, default=3, metavar="N", help="rounds of loads and processes (3)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N",
                        help="threads of each engine (all cores)")
    parser.add_argument("--peers", default="duckdb,polars,chdb", metavar="NAMES", help="duckdb,polars,chdb")
    parser.add_argument("--only", default="", metavar="PATTERN", help="names or families that match a regular expression")
    parser.add_argument("--kind", choices=KINDS, action="append", help="loads, queries or whole processes only")
    parser.add_argument("--worst-first", action="store_true", help="the table by ratio")
    parser.add_argument("--check", action="store_true", help="100,000 rows, once, answers only: what CI runs")
    parser.add_argument("--list", action="store_true", help="prints the queries and leaves")
    parser.add_argument("--program", metavar="PATH", help="this program in place of a build")
    parser.add_argument("--base", metavar="REV", help="also builds that revision and compares the two in the same run")
    parser.add_argument("--base-program", metavar="PATH", help="this program in place of that build")
    parser.add_argument("--shared", action="store_true", help="runs ../shared/bench instead, where that is")
    options = parser.parse_args()
    options.peers = [name for name in options.peers.split(",") if name]
    options.rows = options.rows or (100_000 if options.check else 1_000_000)
    if options.check:
        options.rounds, options.kind = 0, ["query"]
        options.peers = [name for name in options.peers if name != "chdb"]
    return options


if __name__ == "__main__":
    arguments()
