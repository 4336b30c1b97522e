#include "Cells.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

typedef double Sums __attribute__((ext_vector_type(4), aligned(8), may_alias));

#define SUM(SUMS) ((SUMS.x + SUMS.z) + (SUMS.y + SUMS.w))

KERNEL double ck_dot(const double *a, const double *b, size_t count) {
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

KERNEL double ck_scaled_sum(double *row, const double *factors, size_t count) {
  Sums first = 0, second = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    Sums *low = (Sums *)(row + i), *high = (Sums *)(row + i + 4);
    first += *low *= *(const Sums *)(factors + i);
    second += *high *= *(const Sums *)(factors + i + 4);
  }
  first += second;
  double sum = SUM(first);
  for (; i < count; i++) sum += row[i] *= factors[i];
  return sum;
}

KERNEL void ck_scaled_add(double *restrict row, double factor, double *restrict sums, size_t count) {
  for (size_t i = 0; i < count; i++) sums[i] += row[i] *= factor;
}

KERNEL void ck_products_add(double *restrict row, const double *restrict factors,
                            double *restrict sums, size_t count) {
  for (size_t i = 0; i < count; i++) sums[i] += row[i] *= factors[i];
}

KERNEL void ck_band_lines(const double *observedBefore, const double *observedUpTo,
                          const double *expectedBefore, const double *expectedUpTo, double level,
                          size_t count, float *restrict excess, float *restrict usual) {
  for (size_t i = 0; i < count; i++) {
    double likely = (expectedUpTo[i] - expectedBefore[i]) * level;
    excess[i] = (float)(observedUpTo[i] - observedBefore[i] - likely);
    usual[i] = (float)likely;
  }
}

// Below 0 where a window cannot reach a bound. With o followers in it where e are usual, of T in all
// and R = T - e outside: (o - e)^2 T must reach bar e R; and with the usual count corrected for the
// excess, e (T - o + 1/2) / (R + 1/2), o that count and a half times the ratio, and their difference
// the least excess.
static inline __attribute__((always_inline)) float promise(float inside, float likely,
                                                           ck_window_bound bound) {
  const float up = 1.00001f;
  float excess = inside + bound.slack;
  float usual = likely - bound.slack;
  usual = usual > 0 ? usual : 0;
  float rest = bound.total - usual - 2 * bound.slack;
  float far = excess * excess * bound.total * up - bound.bar * usual * rest;
  float gain = excess * (bound.total + 0.5f) * up;
  float large = gain - bound.least * (rest + 0.5f);
  float high = gain - (bound.ratio - 1) * usual * (rest - excess + 0.5f) -
               0.5f * bound.ratio * (rest + 0.5f);
  float least = far < large ? far : large;
  least = least < high ? least : high;
  return excess > 0 ? least : -1;
}

KERNEL size_t ck_likely_windows(const float *excess, const float *usual, size_t length,
                                size_t windows, ck_window_bound bound, uint32_t *found) {
  size_t count = 0;
  for (size_t first = 0; first < windows; first += 64) {
    size_t end = first + 64 < windows ? first + 64 : windows;
    // The sign stays only while no window has one of its own.
    uint32_t signs = ~(uint32_t)0;
    for (size_t i = first; i < end; i++) {
      float window = promise(excess[i + length] - excess[i], usual[i + length] - usual[i], bound);
      uint32_t bits;
      __builtin_memcpy(&bits, &window, 4);
      signs &= bits;
    }
    if (signs >> 31) continue;
    for (size_t i = first; i < end; i++) {
      float window = promise(excess[i + length] - excess[i], usual[i + length] - usual[i], bound);
      if (!(window < 0)) found[count++] = (uint32_t)i;
    }
  }
  return count;
}

KERNEL void ck_window_counts(const int32_t *before, const int32_t *upTo, int32_t factor,
                             size_t count, int32_t *restrict counts, int32_t *restrict raised) {
  for (size_t i = 0; i < count; i++) {
    counts[i] = upTo[i] - before[i];
    raised[i] = counts[i] * factor;
  }
}

typedef int32_t Bins __attribute__((ext_vector_type(8), aligned(4), may_alias));

KERNEL size_t ck_standing_out(const int32_t *counts, const int32_t *raised,
                              const int32_t *neighbours, size_t bins, int32_t least,
                              uint32_t *found) {
  size_t count = 0;
  for (size_t first = 0; first < bins; first += 8) {
    Bins own = *(const Bins *)(counts + first), twice = own + own;
    // All ones where a bin is out.
    Bins out = own < least;
    if (__builtin_reduce_and(out)) continue;
    // The number of neighbours above, and half the neighbours by which a bin is out.
    Bins above = 0, most = *(const Bins *)(neighbours + first);
    for (int distance = 2; distance <= 8; distance++) {
      above -= (twice < *(const Bins *)(raised + first - distance)) +
               (twice < *(const Bins *)(raised + first + distance));
      // Most are out when half of the neighbours were looked at.
      if (distance == 5 && __builtin_reduce_and(out | (most < above + above))) break;
    }
    out |= most < above + above;
    if (__builtin_reduce_and(out)) continue;
    for (uint32_t lane = 0; lane < 8; lane++) {
      if (!out[lane]) found[count++] = (uint32_t)first + lane;
    }
  }
  return count;
}
