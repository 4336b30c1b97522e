#pragma once
#include <stddef.h>

// Curves of shares: the logit of a share is a known one and a cubic in x.

// The share of each place, `numbers` being those of the powers of x from 0 to 3.
void ck_logistic_shares(const double *_Nonnull x, const double *_Nonnull logits,
                        const double *_Nonnull numbers, size_t count, double *_Nonnull shares);

// What a step of Newton's method is made of, summed over places in eight stripes: weights, which are totals times
// share times the rest, times the powers of x from 0 to 6; and misses, which are what is inside less totals times
// share, times those from 0 to 3.
void ck_logistic_sums(const double *_Nonnull x, const double *_Nonnull totals,
                      const double *_Nonnull insides, const double *_Nonnull shares, size_t count,
                      double *_Nonnull sums);
#define CK_LOGISTIC_SUMS 11
