#pragma once
#include <stddef.h>

#pragma STDC FP_CONTRACT OFF

#ifndef INLINE
#define INLINE static inline __attribute__((always_inline))
#endif

typedef double Sums __attribute__((ext_vector_type(4), aligned(8), may_alias));

#define SUM(SUMS) ((SUMS.x + SUMS.z) + (SUMS.y + SUMS.w))

// The sum of products of two rows, in eight partial sums: additions that wait for one another take
// four times as long.
INLINE double dot(const double *a, const double *b, size_t count) {
  Sums first = 0, second = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    first += *(const Sums *)(a + i) * *(const Sums *)(b + i);
    second += *(const Sums *)(a + i + 4) * *(const Sums *)(b + i + 4);
  }
  first += second;
  double sum = SUM(first);
  for (; i < count; i++) sum += a[i] * b[i];
  return sum;
}

// Rows worked on side by side: a sum waits for the one before it in its own row alone, and what all of them are
// multiplied by is read once.
#define SIDE 8

// The sums of products of rows, `stride` numbers apart, with another: each as `dot` adds it up.
INLINE void dots(const double *rows, size_t stride, const double *other, size_t count,
                 double *sums) {
  Sums first[SIDE], second[SIDE];
  for (int k = 0; k < SIDE; k++) first[k] = second[k] = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    Sums low = *(const Sums *)(other + i), high = *(const Sums *)(other + i + 4);
#pragma unroll
    for (int k = 0; k < SIDE; k++) {
      const double *own = rows + (size_t)k * stride + i;
      first[k] += *(const Sums *)own * low;
      second[k] += *(const Sums *)(own + 4) * high;
    }
  }
#pragma unroll
  for (int k = 0; k < SIDE; k++) {
    first[k] += second[k];
    sums[k] = SUM(first[k]);
  }
  for (; i < count; i++)
    for (int k = 0; k < SIDE; k++) sums[k] += rows[(size_t)k * stride + i] * other[i];
}
