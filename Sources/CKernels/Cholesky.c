#include "Cholesky.h"

#include "Internal/Clones.h"
#include "Internal/Dots.h"

#pragma STDC FP_CONTRACT OFF

INLINE double root(double square) { return __builtin_sqrt(1e-12 >= square ? 1e-12 : square); }

// The columns of one row from one on.
INLINE void factor_row(double *factor, size_t n, size_t row, size_t from) {
  double *own = factor + row * n;
  for (size_t column = from; column < row; column++) {
    const double *other = factor + column * n;
    own[column] = (own[column] - dot(own, other, column)) / other[column];
  }
  own[row] = root(own[row] - dot(own, own, row));
}

KERNEL void ck_cholesky(double *factor, size_t n) {
  size_t first = 0;
  for (; first + SIDE <= n; first += SIDE) {
    double *rows = factor + first * n;
    for (size_t column = 0; column < first; column++) {
      const double *other = factor + column * n;
      double sums[SIDE];
      dots(rows, n, other, column, sums);
      for (size_t k = 0; k < SIDE; k++) {
        double *own = rows + k * n + column;
        *own = (*own - sums[k]) / other[column];
      }
    }
    for (size_t k = 0; k < SIDE; k++) factor_row(factor, n, first + k, first);
  }
  for (; first < n; first++) factor_row(factor, n, first, 0);
}

INLINE void solve_step(const double *factor, size_t n, size_t place, double *values) {
  for (size_t row = place; row < n; row++) {
    const double *own = factor + row * n;
    values[row] = (1 - dot(own + place, values + place, row - place)) / own[row];
  }
}

// Places eight apart have their sums in the same parts; what is before a place is 0 and adds nothing.
KERNEL void ck_solved_steps(const double *factor, size_t n, double *steps) {
  for (size_t group = 0; group < n; group += 8 * SIDE) {
    for (size_t first = group; first < group + 8 && first < n; first++) {
      if (first + 8 * (SIDE - 1) >= n) {
        for (size_t place = first; place < n; place += 8)
          solve_step(factor, n, place, steps + place * n);
        continue;
      }
      double *rows = steps + first * n;
      for (size_t row = first; row < n; row++) {
        const double *own = factor + row * n;
        double sums[SIDE];
        dots(rows + first, 8 * n, own + first, row - first, sums);
        for (size_t k = 0; k < SIDE && first + 8 * k <= row; k++)
          rows[8 * k * n + row] = (1 - sums[k]) / own[row];
      }
    }
  }
}
