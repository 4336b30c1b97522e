"""Random numbers of the evaluation: the same from the same words on every machine."""

import math
import random


class Draws(random.Random):
    """Draws seeded by words, such as `Draws(3, "clean")`."""

    def __new__(cls, *words):
        return super().__new__(cls)

    def __init__(self, *words):
        super().__init__(" ".join(map(str, words)))

    def chance(self, p):
        return self.random() < p

    def log_uniform(self, low, high):
        return math.exp(self.uniform(math.log(low), math.log(high)))

    def log_normal(self, median, sigma):
        return median * math.exp(self.gauss(0, sigma))

    def poisson(self, mean):
        """By counting exponential steps below 30, by halving with a gamma draw above (Ahrens and Dieter)."""
        count = 0
        while mean > 30:
            half = int(mean * 7 / 8)
            reached = self.gammavariate(half, 1)
            if reached > mean:
                return count + self.binomial(half - 1, mean / reached)
            count += half
            mean -= reached
        step = self.expovariate(1)
        while step < mean:
            count += 1
            step += self.expovariate(1)
        return count

    def binomial(self, n, p):
        return sum(self.random() < p for _ in range(n))

    def overdispersed(self, mean, alpha):
        """Negative binomial: variance mean + alpha · mean²."""
        if mean <= 0:
            return 0
        return self.poisson(mean * self.gammavariate(1 / alpha, alpha))
