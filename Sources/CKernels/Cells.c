#include "Cells.h"

#include "Internal/Clones.h"
#include "Internal/Dots.h"

#pragma STDC FP_CONTRACT OFF

KERNEL double ck_dot(const double *a, const double *b, size_t count) { return dot(a, b, count); }

KERNEL void ck_scaled_add(const double *restrict row, double factor, double *restrict sums,
                          size_t count) {
  for (size_t i = 0; i < count; i++) sums[i] += row[i] * factor;
}

#define ROWS CK_ROWS_TOGETHER
_Static_assert(CK_DOTS_TOGETHER == SIDE, "as many as `dots` takes");

static inline __attribute__((always_inline)) void add_one(ck_placed_row row, size_t from, size_t to,
                                                          double *restrict sums) {
  for (size_t i = from; i < to; i++) sums[i] += row.numbers[(ptrdiff_t)i + row.shift] * row.factor;
}

// What rows have in common is read and written once; each sum gets its products in the order of the rows.
KERNEL void ck_add_rows(const ck_placed_row *rows, double *restrict sums) {
  size_t from = 0, to = SIZE_MAX;
  for (int k = 0; k < ROWS; k++) {
    from = rows[k].from > from ? rows[k].from : from;
    to = rows[k].to < to ? rows[k].to : to;
  }
  if (from >= to) {
    for (int k = 0; k < ROWS; k++) add_one(rows[k], rows[k].from, rows[k].to, sums);
    return;
  }
  for (int k = 0; k < ROWS; k++) {
    add_one(rows[k], rows[k].from, from, sums);
    add_one(rows[k], to, rows[k].to, sums);
  }
  const ck_placed_row a = rows[0], b = rows[1], c = rows[2], d = rows[3];
  const double *as = a.numbers + a.shift, *bs = b.numbers + b.shift, *cs = c.numbers + c.shift,
               *ds = d.numbers + d.shift;
  for (size_t i = from; i < to; i++)
    sums[i] = (((sums[i] + as[i] * a.factor) + bs[i] * b.factor) + cs[i] * c.factor) +
              ds[i] * d.factor;
}

KERNEL void ck_shifted_dots(const double *rows, ptrdiff_t shift, const double *other, size_t count,
                            double *sums) {
  dots(rows, (size_t)shift, other, count, sums);
}

KERNEL void ck_cell_counts(const int32_t *restrict cells, size_t weeks, size_t bins,
                           int32_t *restrict sums) {
  const size_t height = weeks + 1;
  for (size_t bin = 0; bin < bins; bin++) {
    const int32_t *own = cells + bin * weeks;
    int32_t *before = sums + bin * height + 1, column = 0;
    for (size_t i = 0; i < weeks; i++) before[i + height] = before[i] + (column += own[i]);
  }
}

_Static_assert(CK_SUMS_TOGETHER == 4, "as many as go side by side");

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

KERNEL void ck_band_lines(const int32_t *observedBefore, const int32_t *observedUpTo,
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

#define DATES 64

// Bins of some dates, and the one behind the last for dates that do not count: all ones in `in` where they do.
static inline __attribute__((always_inline)) void places_of(const int32_t *created,
                                                            const uint32_t *in, size_t count,
                                                            ck_date_bins bins, uint32_t *places) {
  const uint32_t first = (uint32_t)bins.first;
  for (size_t i = 0; i < count; i++) {
    uint32_t day = (uint32_t)created[i] - first;
    uint32_t bin = (uint32_t)(((uint64_t)day * bins.reciprocal) >> 32);
    places[i] = (day < bins.days && in[i]) ? bin : bins.bins;
  }
}

KERNEL void ck_add_stock(const int32_t *created, const uint8_t *flags, size_t count, int32_t day,
                         uint32_t youngest, uint32_t oldest, ck_date_bins all, ck_date_bins marked) {
  uint32_t in[DATES], places[DATES], markedPlaces[DATES];
  for (size_t start = 0; start < count; start += DATES) {
    size_t own = count - start < DATES ? count - start : DATES;
    const int32_t *dates = created + start;
    const uint8_t *marks = flags + start;
    for (size_t i = 0; i < own; i++)
      in[i] = (uint32_t)day - (uint32_t)dates[i] - youngest <= oldest - youngest ? ~(uint32_t)0 : 0;
    places_of(dates, in, own, all, places);
    for (size_t i = 0; i < own; i++) all.numbers[places[i]]++;
    if (!marked.bins) continue;
    places_of(dates, in, own, marked, markedPlaces);
    for (size_t i = 0; i < own; i++) marked.numbers[markedPlaces[i]] += marks[i];
  }
}

// Below 0 where a window cannot reach a bound. With o followers in it where e are usual, of T in all
// and R = T - e outside: (o - e)^2 (T + e) must reach bar e R; and with the usual count corrected for
// the excess, e (T - o + 1/2) / (R + 1/2), o that count and a half times the ratio, and their difference
// the least excess.
static inline __attribute__((always_inline)) float promise(float inside, float likely,
                                                           ck_window_bound bound) {
  const float up = 1.00001f;
  float excess = inside + bound.slack;
  float usual = likely - bound.slack;
  usual = usual > 0 ? usual : 0;
  float rest = bound.total - usual - 2 * bound.slack;
  float far = excess * excess * ((bound.total + usual) * up) - bound.bar * usual * rest;
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

// Whether one of some windows may pass each test of a bound by the greatest excess, the least usual of every
// eighth of them, and the most that is usual in one. Where less than two fifths of all, and less than half of what
// is left beside the excess, are usual, the bar and the ratio ask least of the least usual; of R, which only falls,
// the least is taken.
static inline __attribute__((always_inline)) int may_reach(const Floats8 *greatest,
                                                           const Floats8 *fewest, float most,
                                                           ck_window_bound bound) {
  const float up = 1.00001f;
  if (most > bound.total * 0.4f - bound.slack) return 1;
  float rest = bound.total - most - 2 * bound.slack;
  Floats8 above = *greatest + bound.slack, likely = *fewest - bound.slack;
  likely = likely > 0 ? likely : 0;
  Floats8 outside = bound.total - 2 * bound.slack - likely;
  Floats8 far = above * above * ((bound.total + likely) * up) - bound.bar * likely * outside;
  // Most fail by this alone.
  if (!__builtin_reduce_or((above > 0) & (far >= 0))) return 0;
  Floats8 gain = above * ((bound.total + 0.5f) * up);
  Floats8 large = gain - bound.least * (rest + 0.5f);
  Floats8 high = gain - (bound.ratio - 1) * likely * (outside - above + 0.5f) -
                 0.5f * bound.ratio * (rest + 0.5f);
  return __builtin_reduce_or((above > 0) & (far >= 0) & (large >= 0) &
                             ((high >= 0) | (above > rest - most))) != 0;
}

#define CLASSES ((CK_WINDOW_LENGTHS + 1) / 2)

// Windows of all lengths go side by side: what begins them is read once, and their tests do not wait for one
// another. Two lengths that follow on one another share a test: the greatest excess of both, and the least that is
// usual in the shorter.
KERNEL uint8_t ck_likely_lengths(const float *excess, const float *usual, const uint32_t *lengths,
                                 size_t from, size_t weeks, ck_window_bound bound,
                                 uint8_t *blocks) {
  const float none = __builtin_inff();
  uint8_t all = 0;
  for (size_t start = from; start < weeks; start += CK_WINDOW_BLOCK) {
    Floats8 above[CLASSES], likely[CLASSES];
    for (int k = 0; k < CLASSES; k++) above[k] = -none, likely[k] = none;
    for (size_t i = start; i < start + CK_WINDOW_BLOCK; i += 8) {
      Floats8 before = FLOATS8(excess + i), usualBefore = FLOATS8(usual + i);
#pragma unroll
      for (int k = 0; k < CLASSES; k++) {
        Floats8 upTo = FLOATS8(excess + i + lengths[2 * k]);
        if (2 * k + 1 < CK_WINDOW_LENGTHS) {
          Floats8 longer = FLOATS8(excess + i + lengths[2 * k + 1]);
          upTo = longer > upTo ? longer : upTo;
        }
        Floats8 inside = upTo - before;
        above[k] = inside > above[k] ? inside : above[k];
        Floats8 own = FLOATS8(usual + i + lengths[2 * k]) - usualBefore;
        likely[k] = own < likely[k] ? own : likely[k];
      }
    }
    uint8_t may = 0;
#pragma unroll
    for (int k = 0; k < CLASSES; k++) {
      const int longest = 2 * k + 1 < CK_WINDOW_LENGTHS ? 2 * k + 1 : 2 * k;
      size_t last = start + CK_WINDOW_BLOCK - 1 + lengths[longest];
      float most = usual[last < weeks ? last : weeks] - usual[start] + bound.slack;
      may |= (uint8_t)(may_reach(above + k, likely + k, most, bound) << k);
    }
    *blocks++ = may;
    all |= may;
  }
  return all;
}

KERNEL size_t ck_likely_windows(const float *excess, const float *usual, size_t length, size_t from,
                                size_t to, ck_window_bound bound, const uint8_t *blocks, uint8_t bit,
                                uint32_t *found) {
  size_t count = 0;
  for (size_t start = from; start < to; start += CK_WINDOW_BLOCK) {
    size_t end = start + CK_WINDOW_BLOCK < to ? start + CK_WINDOW_BLOCK : to;
    if (*blocks++ & bit)
      count += kept_windows(excess, usual, length, start, end, bound, found + count);
  }
  return count;
}

#define BINS_TOGETHER 16

// Bins side by side: the sums of a week lie together, the weeks of a bin far apart.
KERNEL void ck_weekly_counts(const int32_t *sums, size_t weeks, size_t bins, const size_t *from,
                             int32_t *cells) {
  for (size_t first = 0; first < bins; first += BINS_TOGETHER) {
    size_t end = first + BINS_TOGETHER < bins ? first + BINS_TOGETHER : bins;
    for (size_t week = 0; week < weeks; week++) {
      const int32_t *before = sums + week * bins, *upTo = before + bins;
      for (size_t bin = first; bin < end; bin++)
        cells[bin * weeks + week] = week < from[bin] ? 0 : upTo[bin] - before[bin];
    }
  }
}

KERNEL void ck_add_pairs(const int32_t *numbers, size_t count, int32_t *restrict sums) {
  for (size_t i = 0; i < count; i++) sums[i] = numbers[2 * i] + numbers[2 * i + 1];
}

KERNEL void ck_window_counts(const int32_t *before, const int32_t *upTo, size_t count,
                             int32_t *restrict counts) {
  for (size_t i = 0; i < count; i++) counts[i] = upTo[i] - before[i];
}

KERNEL void ck_raised_counts(const int32_t *before, const int32_t *upTo, int32_t factor,
                             size_t count, int32_t *restrict raised) {
  for (size_t i = 0; i < count; i++) raised[i] = (upTo[i] - before[i]) * factor;
}

typedef int32_t Bins __attribute__((ext_vector_type(8), aligned(4), may_alias));

KERNEL size_t ck_standing_out(const int32_t *counts, const int32_t *raised,
                              const int32_t *neighbours, size_t bins, ck_least_count least,
                              uint32_t *found) {
  size_t count = 0;
  for (size_t first = 0; first < bins; first += 8) {
    Bins own = *(const Bins *)(counts + first);
    // All ones where a bin is out.
    Bins out = own < least.count;
    if (__builtin_reduce_and(out)) continue;
    Bins twice = own + own, few = ((own - least.base) * least.slope) >> 1;
    twice = few < twice ? few : twice;
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
