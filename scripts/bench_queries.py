"""Every query of the benchmark."""

from bench_core import ANALYST, CORE
from bench_families import FAMILIES
from bench_shapes import SHAPES
from bench_texts import TEXTS

QUERIES = CORE + FAMILIES + TEXTS + SHAPES + ANALYST
BY_NAME = {query.name: query for query in QUERIES}
