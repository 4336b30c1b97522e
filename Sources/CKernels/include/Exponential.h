#pragma once
#include <stddef.h>
#include <stdint.h>

// Exponential and logarithms, each within one unit of the last place, the same on every machine.
// ln and log10 give -inf for 0 and NaN below it.
void ck_exp_f64(const double *_Nonnull a, double *_Nonnull out, size_t count);
void ck_ln_f64(const double *_Nonnull a, double *_Nonnull out, size_t count);
void ck_log10_f64(const double *_Nonnull a, double *_Nonnull out, size_t count);
// Whole exponents below 65 by multiplying in two parts, others as exp(y ln x) with the logarithm in two parts.
void ck_pow_f64(const double *_Nonnull a, const double *_Nonnull b, double *_Nonnull out,
                size_t count);
