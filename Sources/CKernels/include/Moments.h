#pragma once
#include <stddef.h>
#include <stdint.h>

// The sum of numbers that fit 32 bits, and of their squares; both fit 64 bits.
void ck_moments(const int64_t *_Nonnull a, size_t count, int64_t *_Nonnull sums);

// The same of two columns, the first one's sums before the other's, and the sum of their products.
void ck_pair_moments(const int64_t *_Nonnull a, const int64_t *_Nonnull b, size_t count,
                     int64_t *_Nonnull sums);
