#pragma once
#include <stddef.h>

// Cholesky factors of n x n matrices, rows of a lower triangle. Each sum of products is that of `ck_dot`.

// The factor in place of its positive definite matrix, of which the lower triangle is read.
void ck_cholesky(double *_Nonnull factor, size_t n);

// For each place the solution of a column of ones from it on and zeros before, as rows of n numbers; zeros
// are given.
void ck_solved_steps(const double *_Nonnull factor, size_t n, double *_Nonnull steps);
