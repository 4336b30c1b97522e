#pragma once
#include <stddef.h>
#include <stdint.h>

// Takes a number out of a sorted window, where it is, and puts another in. Vectors are of eight and
// of four lanes; behind them one more of the greatest number must be readable. No NaN.
void ck_replace_sorted_i32(int32_t *_Nonnull window, size_t vectors, int32_t taken, int32_t put);
void ck_replace_sorted_f64(double *_Nonnull window, size_t vectors, double taken, double put);
