"""What a query of the benchmark is."""

from dataclasses import dataclass
from typing import Callable

# No query may be slower than a peer's; below this it is, beyond what a run wavers.
LEAST = 0.95


@dataclass
class Query:
    """One question as Decoy and each peer say it best; empty where a peer cannot be asked."""

    name: str
    family: str
    decoy: str
    # SQL that DuckDB and chDB both take, unless one of them has its own.
    sql: str = ""
    duckdb: str = ""
    chdb: str = ""
    polars: Callable | None = None
    # Best peer's time over Decoy's, at least.
    goal: float = LEAST
    # The kind of file that is written and compared, such as csv.
    file: str = ""
    # The peers that take part.
    rivals: tuple = ("duckdb", "polars", "chdb")
    # Whether the peers answer something else that is only a measure of time.
    compared: bool = True

    def __post_init__(self):
        self.duckdb = self.duckdb or self.sql
        self.chdb = self.chdb or self.sql

    def asks(self, engine):
        """Whether an engine takes part."""
        return engine in ("decoy", "base") or engine in self.rivals and bool(getattr(self, engine))
