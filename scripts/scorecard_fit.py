"""Fitting an additive scorecard: logistic regression on binned features.

Every term is a row of weights, one a bin, or a small table over two features. A missing value adds 0.
The loss is the weighted logistic loss plus a ridge on the weights and on the steps between neighbouring
bins. A term of known direction is a running sum of steps of one sign; one whose direction differs from
data set to data set is kept within a bound.
"""

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize


class Term:
    """direction: +1 rising, -1 falling, 0 free. The weights lie within `bound` of 0; those of a term with
    a direction span at most twice that. `edges`: one list a feature."""

    def __init__(self, features, edges, direction=0, bound=9.0, ridge=1.0, smooth=1.0):
        self.features, self.edges = features, edges
        self.direction, self.bound, self.ridge, self.smooth = direction, bound, ridge, smooth

    @property
    def shape(self):
        return [len(edges) + 1 for edges in self.edges]

    @property
    def size(self):
        return int(np.prod(self.shape))

    def bins(self, rows):
        """The cell of every row, -1 where a value is missing; an edge belongs to the bin above it."""
        cell = np.zeros(len(rows), dtype=int)
        missing = np.zeros(len(rows), dtype=bool)
        for feature, edges in zip(self.features, self.edges):
            values = rows[feature].values.astype(float)
            missing |= np.isnan(values)
            cell = cell * (len(edges) + 1) + np.searchsorted(edges, np.nan_to_num(values), side="right")
        cell[missing] = -1
        return cell

    def penalty(self):
        steps = [np.diff(np.eye(n), axis=0) for n in self.shape]
        if len(steps) == 1:
            joints = [steps[0]]
        else:
            rows, columns = self.shape
            joints = [np.kron(steps[0], np.eye(columns)), np.kron(np.eye(rows), steps[1])]
        return self.ridge * np.eye(self.size) + self.smooth * sum(j.T @ j for j in joints)

    def parameters(self):
        """From parameters to weights, and the limits of the parameters."""
        n = self.size
        if self.direction == 0:
            return np.eye(n), [(-self.bound, self.bound)] * n
        longest = 2 * self.bound / max(1, n - 1)
        step = (0, longest) if self.direction > 0 else (-longest, 0)
        return np.tril(np.ones((n, n))), [(-self.bound, self.bound)] + [step] * (n - 1)


def rounded(value, digits=2):
    """To a few significant digits: edges are read by people."""
    if value == 0:
        return 0.0
    return float(f"{value:.{digits}g}")


def quantile_edges(values, weights, bins):
    """Edges at equal weight, rounded, each once; none at or below the least value."""
    present = ~np.isnan(values)
    values, weights = values[present], weights[present]
    order = np.argsort(values, kind="stable")
    run = np.cumsum(weights[order]) / weights.sum()
    cuts = values[order][np.searchsorted(run, np.arange(1, bins) / bins)]
    return sorted({rounded(cut) for cut in cuts if rounded(cut) > values.min()})


def design(terms, rows):
    """One column a weight, 1 where the row falls in that bin."""
    row_parts, column_parts, start = [], [], 0
    for term in terms:
        cell = term.bins(rows)
        present = np.where(cell >= 0)[0]
        row_parts.append(present)
        column_parts.append(cell[present] + start)
        start += term.size
    place = (np.concatenate(row_parts), np.concatenate(column_parts))
    return sparse.csr_matrix((np.ones(len(place[0])), place), shape=(len(rows), start))


class Scorecard:
    def __init__(self, terms, intercept, weights):
        self.terms, self.intercept, self.weights = terms, intercept, weights

    def evidence(self, rows):
        """W of every row."""
        return self.intercept + design(self.terms, rows) @ self.weights


def fit(terms, rows, weights, scale=1.0):
    """The scorecard of least penalised loss (convex: L-BFGS-B finds it)."""
    parameters = [term.parameters() for term in terms]
    transform = sparse.block_diag([p[0] for p in parameters]).tocsr()
    limits = [(None, None)] + [limit for p in parameters for limit in p[1]]
    penalty = sparse.block_diag([p[0].T @ t.penalty() @ p[0] for p, t in zip(parameters, terms)])
    penalty = penalty.tocsr() * scale
    matrix = (design(terms, rows) @ transform).tocsr()
    label = rows.fake.values.astype(float)

    def loss(theta):
        z = theta[0] + matrix @ theta[1:]
        residual = weights * (1 / (1 + np.exp(-z)) - label)
        pull = penalty @ theta[1:]
        value = (weights * (np.logaddexp(0, z) - label * z)).sum() + 0.5 * theta[1:] @ pull
        return value, np.concatenate([[residual.sum()], matrix.T @ residual + pull])

    found = minimize(
        loss, np.zeros(len(limits)), jac=True, method="L-BFGS-B", bounds=limits,
        options={"maxiter": 2000, "maxcor": 20})
    return Scorecard(terms, found.x[0], transform @ found.x[1:])
