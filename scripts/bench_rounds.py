"""Rounds in turn, A B C D and then D C B A, so that neither a drift of the machine's speed nor a place in the row
favours one of them."""

import os
import sys
from dataclasses import dataclass, field
from statistics import median

from bench_answers import difference, file_difference, file_frame
from bench_engines import Failure
from bench_query import LEAST


@dataclass
class Result:
    """What came out of one query or one other measurement."""

    name: str
    family: str
    goal: float = LEAST
    # Seconds (or bytes) by engine, a dictionary a round.
    rounds: list = field(default_factory=list)
    errors: dict = field(default_factory=dict)
    # Engine to what its answer has that Decoy's has not.
    differences: dict = field(default_factory=dict)
    unit: str = "s"
    # Why it was left out.
    skipped: str = ""

    def values(self, engine):
        return [figures[engine] for figures in self.rounds if figures.get(engine) is not None]

    def median(self, engine):
        values = self.values(engine)
        return median(values) if values else None

    def ratio(self, engine, to="decoy"):
        """The median over the rounds of one engine's figure over another's."""
        ratios = [figures[engine] / figures[to] for figures in self.rounds if figures.get(engine) and figures.get(to)]
        return median(ratios) if ratios else None

    def is_slower_than_base(self, limit):
        """Whether the base is faster by more than a limit, in the median and in three rounds of four."""
        ratios = [figures["decoy"] / figures["base"] for figures in self.rounds if "decoy" in figures and "base" in figures]
        return bool(ratios) and median(ratios) > limit and sum(ratio > 1 for ratio in ratios) >= 0.75 * len(ratios)

    def best(self):
        """The best peer and its ratio to Decoy."""
        ratios = {name: self.ratio(name) for name in self.peers()}
        ratios = {name: ratio for name, ratio in ratios.items() if ratio}
        name = min(ratios, key=ratios.get, default=None)
        return name, ratios.get(name)

    def peers(self):
        return [name for name in dict.fromkeys(name for figures in self.rounds for name in figures)
                if name not in ("decoy", "base")]


def log(text):
    print(text, file=sys.stderr, flush=True)


class Loaded:
    """Every engine with the data in memory; one that ends is started and filled again."""

    def __init__(self, engines, path):
        self.engines, self.path = engines, path
        self.open = {}
        for name in list(engines.names):
            try:
                self.start(name)
            except Failure as error:
                log(f"{name} does not take part: {error}")
                engines.names.remove(name)

    def start(self, name):
        engine = self.engines.open(name)
        self.open[name] = engine
        engine.load("csv", self.path)
        engine.tune()

    def close(self):
        for engine in self.open.values():
            engine.close()

    def measure(self, query, rounds, out):
        """A first round whose answers are compared, then those that are timed."""
        result = Result(query.name, query.family, query.goal)
        names = [name for name in self.open if query.asks(name)]
        answers = {}
        for number in range(rounds + 1):
            figures = {}
            for name in names if number % 2 else reversed(names):
                if name in result.errors:
                    continue
                path = f"{out}/{name}.{query.file or 'out'}"
                if os.path.exists(path):
                    os.remove(path)
                try:
                    figures[name] = self.open[name].run(query, path)
                    if number == 0 and query.compared:
                        answers[name] = file_frame(path, query.file) if query.file else self.open[name].answer()
                except Failure as error:
                    if name == "decoy" and "not in this version" in str(error):
                        result.skipped = str(error)
                        return result
                    result.errors[name] = str(error)
                    if self.open[name].process.poll() is not None:
                        self.start(name)
            if number or not rounds:
                result.rounds.append(figures)
        compare = file_difference if query.file else difference
        for name in answers if "decoy" in answers else ():
            told = name != "decoy" and compare(answers["decoy"], answers[name])
            if told:
                result.differences[name] = told
        return result
