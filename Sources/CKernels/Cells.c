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

KERNEL void ck_scaled_add(const double *restrict row, double factor, double *restrict sums,
                          size_t count) {
  for (size_t i = 0; i < count; i++) sums[i] += row[i] * factor;
}

// Sums along the weeks wait for one another: four bins go side by side.
KERNEL void ck_cell_sums(const double *restrict cells, size_t weeks, size_t bins,
                         double *restrict sums) {
  const size_t height = weeks + 1;
  size_t bin = 0;
  for (; bin + 4 <= bins; bin += 4) {
    const double *own = cells + bin * weeks;
    double *before = sums + bin * height + 1;
    double a = 0, b = 0, c = 0, d = 0;
    for (size_t i = 0; i < weeks; i++) {
      double sum = before[i];
      before[i + height] = sum += a += own[i];
      before[i + 2 * height] = sum += b += own[i + weeks];
      before[i + 3 * height] = sum += c += own[i + 2 * weeks];
      before[i + 4 * height] = sum + (d += own[i + 3 * weeks]);
    }
  }
  for (; bin < bins; bin++) {
    double *before = sums + bin * height + 1;
    double column = 0;
    for (size_t i = 0; i < weeks; i++)
      before[i + height] = before[i] + (column += cells[bin * weeks + i]);
  }
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

KERNEL size_t ck_count_stock(const int32_t *created, const uint8_t *flags, size_t count, int32_t day,
                             uint32_t youngest, uint32_t oldest, ck_stock *all, ck_stock *marked) {
  uint32_t number = 0, markedNumber = 0, flagged = 0;
  int32_t first = all->first, last = all->last;
  int32_t markedFirst = marked->first, markedLast = marked->last;
  for (size_t i = 0; i < count; i++) {
    int32_t own = created[i];
    // All ones where a follower counts.
    uint32_t flag = -(uint32_t)flags[i];
    uint32_t age = (uint32_t)day - (uint32_t)own - youngest;
    uint32_t in = age <= oldest - youngest ? ~(uint32_t)0 : 0, both = in & flag;
    number -= in;
    markedNumber -= both;
    flagged -= flag;
    int32_t low = in ? own : INT32_MAX, high = in ? own : INT32_MIN;
    int32_t markedLow = both ? own : INT32_MAX, markedHigh = both ? own : INT32_MIN;
    first = low < first ? low : first;
    last = high > last ? high : last;
    markedFirst = markedLow < markedFirst ? markedLow : markedFirst;
    markedLast = markedHigh > markedLast ? markedHigh : markedLast;
  }
  *all = (ck_stock){all->count + number, first, last};
  *marked = (ck_stock){marked->count + markedNumber, markedFirst, markedLast};
  return flagged;
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

// Those of some windows that may reach a bound.
static inline __attribute__((always_inline)) size_t kept_windows(const float *excess,
                                                                 const float *usual, size_t length,
                                                                 size_t from, size_t to,
                                                                 ck_window_bound bound,
                                                                 uint32_t *found) {
  size_t count = 0;
  // The sign stays only while no window has one of its own.
  uint32_t signs = ~(uint32_t)0;
  for (size_t i = from; i < to; i++) {
    float window = promise(excess[i + length] - excess[i], usual[i + length] - usual[i], bound);
    uint32_t bits;
    __builtin_memcpy(&bits, &window, 4);
    signs &= bits;
  }
  if (signs >> 31) return 0;
  for (size_t i = from; i < to; i++) {
    float window = promise(excess[i + length] - excess[i], usual[i + length] - usual[i], bound);
    if (!(window < 0)) found[count++] = (uint32_t)i;
  }
  return count;
}

typedef float Floats8 __attribute__((ext_vector_type(8), aligned(4), may_alias));

#define FLOATS8(FROM) (*(const Floats8 *)(FROM))
#define BLOCK 128

// Whether one of a block of windows may pass each test of a bound by the greatest excess and the least usual
// of every eighth of them. Where less than half of all, and of what is left beside the excess, are usual,
// the bar and the ratio ask least of the least usual; of R, which only falls, the least is taken.
static inline __attribute__((always_inline)) int may_reach(const float *excess, const float *usual,
                                                           size_t length, ck_window_bound bound) {
  Floats8 above = FLOATS8(excess + length) - FLOATS8(excess);
  Floats8 likely = FLOATS8(usual + length) - FLOATS8(usual);
  for (size_t i = 8; i < BLOCK; i += 8) {
    Floats8 inside = FLOATS8(excess + i + length) - FLOATS8(excess + i);
    Floats8 own = FLOATS8(usual + i + length) - FLOATS8(usual + i);
    above = inside > above ? inside : above;
    likely = own < likely ? own : likely;
  }
  const float up = 1.00001f;
  float most = usual[BLOCK - 1 + length] - usual[0] + bound.slack;
  if (most > bound.total * 0.49f - bound.slack) return 1;
  float rest = bound.total - most - 2 * bound.slack;
  above += bound.slack;
  likely -= bound.slack;
  likely = likely > 0 ? likely : 0;
  Floats8 outside = bound.total - 2 * bound.slack - likely;
  Floats8 far = above * above * (bound.total * up) - bound.bar * likely * outside;
  Floats8 gain = above * ((bound.total + 0.5f) * up);
  Floats8 large = gain - bound.least * (rest + 0.5f);
  Floats8 high = gain - (bound.ratio - 1) * likely * (outside - above + 0.5f) -
                 0.5f * bound.ratio * (rest + 0.5f);
  return __builtin_reduce_or((above > 0) & (far >= 0) & (large >= 0) &
                             ((high >= 0) | (above > rest - most))) != 0;
}

KERNEL size_t ck_likely_windows(const float *excess, const float *usual, size_t length,
                                size_t windows, ck_window_bound bound, uint32_t *found) {
  size_t count = 0;
  for (size_t first = 0; first < windows; first += BLOCK) {
    size_t end = first + BLOCK < windows ? first + BLOCK : windows;
    // The last block reaches back.
    size_t start = windows >= BLOCK ? end - BLOCK : first;
    if (windows >= BLOCK && !may_reach(excess + start, usual + start, length, bound)) continue;
    for (size_t from = first; from < end; from += 64) {
      size_t to = from + 64 < end ? from + 64 : end;
      count += kept_windows(excess, usual, length, from, to, bound, found + count);
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
