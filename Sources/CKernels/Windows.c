#include "Windows.h"

#include <string.h>

#include "Internal/Clones.h"
#include "Internal/Eights.h"

#pragma STDC FP_CONTRACT OFF

// Sums of 16 bits: as many cells in a vector as it has lanes of these.
static inline __attribute__((always_inline)) uint16_t count_near(const uint16_t *cells,
                                                                 size_t count, uint16_t lowest,
                                                                 uint16_t width) {
  uint16_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += (uint16_t)(cells[i] - lowest) < width ? 1 : 0;
  return sum;
}

KERNEL void ck_span_counts_u16(const uint16_t *cells, uint16_t lowest, uint16_t width,
                               const int64_t *spans, size_t spanCount, uint16_t *counts) {
  uint16_t sum = count_near(cells, 1, lowest, width);
  int64_t inner = 0;
  for (size_t s = 0; s < spanCount; s++) {
    size_t ring = (size_t)(spans[s] - inner);
    sum += count_near(cells - spans[s], ring, lowest, width);
    sum += count_near(cells + inner + 1, ring, lowest, width);
    counts[s] = sum;
    inner = spans[s];
  }
}

KERNEL void ck_window_tops_i64(const int64_t *values, size_t count, size_t reach, uint8_t *isTop) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    Words8 top = WORDS8(values + i);
    for (size_t by = 1; by <= reach; by++) {
      top = __builtin_elementwise_max(top, WORDS8(values + i - by));
      top = __builtin_elementwise_max(top, WORDS8(values + i + by));
    }
    *(Bytes8 *)(isTop + i) = __builtin_convertvector(-(WORDS8(values + i) == top), Bytes8);
  }
  for (; i < count; i++) {
    const int64_t *own = values + i;
    isTop[i] = 1;
    for (size_t by = 1; by <= reach; by++)
      if (*(own - by) > *own || own[by] > *own) isTop[i] = 0;
  }
}

KERNEL size_t ck_first_within_f64(const double *values, size_t count, size_t ahead, double width) {
  size_t i = 0;
  while (i + 8 <= count &&
         !__builtin_reduce_or(DOUBLES8(values + i + ahead) - DOUBLES8(values + i) < (Doubles8)width))
    i += 8;
  while (i < count && !(values[i + ahead] - values[i] < width)) i++;
  return i;
}

// One lane a span; the last two stay 0.
typedef uint16_t Lanes __attribute__((ext_vector_type(CK_SLIDE_LANES)));
// Four reaches of each of four widths.
typedef uint16_t Reaches __attribute__((ext_vector_type(16)));
typedef int32_t Tests __attribute__((ext_vector_type(16)));
typedef float Floats __attribute__((ext_vector_type(16)));

#define INLINE static inline __attribute__((always_inline))

// Four lanes of each of four vectors, from the lane A on.
#define FOURS(V, A, B, C, D)                                                                    \
  __builtin_shufflevector(                                                                      \
      __builtin_shufflevector((V)[0], (V)[1], A, B, C, D, 8 + A, 8 + B, 8 + C, 8 + D),          \
      __builtin_shufflevector((V)[2], (V)[3], A, B, C, D, 8 + A, 8 + B, 8 + C, 8 + D), 0, 1, 2, \
      3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

#define FLOATS(NUMBERS) \
  __builtin_convertvector(__builtin_convertvector((Reaches)(NUMBERS), Tests), Floats)

// A surprise, at most (k - e)^2 / 2 e, of more than s needs five neighbours k and (k - e)^2 > 2 s e. With
// e = S L / A this is (k A - S L)^2 > 2 s S L A: the differences are of whole numbers below 2^24.
INLINE void may_surprise(const Lanes *bands, Lanes all, float least, Tests *far) {
  const Lanes totals[4] = {all, all, all, all};
  Floats near = FLOATS(FOURS(bands, 0, 1, 2, 3) - 1);
  Floats looked = FLOATS(FOURS(totals, 0, 1, 2, 3) - 1);
  Floats same = FLOATS(FOURS(bands, 5, 5, 5, 5) - FOURS(bands, 1, 2, 3, 4) + 1);
  Floats around = FLOATS(FOURS(totals, 5, 5, 5, 5) - FOURS(totals, 1, 2, 3, 4) + 1);
  Floats usual = same * looked, excess = near * around - usual;
  *far = (excess * excess > least * usual * around) & (excess > 0) & (near >= 5);
}

INLINE uint8_t widths_of(const Tests *far) {
  uint8_t widths = 0;
  for (int i = 0; i < 16; i++) widths |= (*far)[i] ? (uint8_t)(1 << i / 4) : 0;
  return widths;
}

INLINE Lanes five(const Lanes *at) { return (at[-2] + at[-1]) + (at[0] + at[1]) + at[2]; }

// The third to the fourth band: cells of three and of six wide cells, five of them each.
INLINE void wider(const Lanes *windows, uint16_t cell, Lanes *bands) {
  const Lanes *from = windows + cell / 6 * 6 - 12;
  Lanes threes[10];
  for (int i = 0; i < 10; i++) threes[i] = from[3 * i] + from[3 * i + 1] + from[3 * i + 2];
  Lanes core = (threes[3] + threes[4]) + (threes[5] + threes[6]);
  // Whether the cell is in the second half of the one of six.
  Lanes isSecond = (Lanes)(uint16_t)-(cell / 3 & 1);
  bands[0] = core + ((threes[2] & ~isSecond) | (threes[7] & isSecond));
  bands[1] = core + (threes[2] + threes[7]) + ((threes[0] + threes[1]) + (threes[8] + threes[9]));
}

// The counts of a cell by its number times CK_CELL_SCALE: an address without a multiplication.
#define AT(WINDOWS, SCALED) \
  (*(Lanes *)((char *)(WINDOWS) + sizeof(Lanes) / CK_CELL_SCALE * (size_t)(SCALED)))

// One place on, the window of one span loses a cell and gets another.
#define MOVE(WINDOWS, CELLS, LANE, SPAN)                                                        \
  {                                                                                             \
    const Lanes one = {LANE == 0, LANE == 1, LANE == 2, LANE == 3, LANE == 4, LANE == 5, 0, 0}; \
    AT(WINDOWS, CELLS[i + SPAN + 1]) += one;                                                    \
    AT(WINDOWS, CELLS[(ptrdiff_t)i - SPAN]) -= one;                                             \
  }
#define MOVES(WINDOWS, CELLS)    \
  MOVE(WINDOWS, CELLS, 0, 25)    \
  MOVE(WINDOWS, CELLS, 1, 50)    \
  MOVE(WINDOWS, CELLS, 2, 100)   \
  MOVE(WINDOWS, CELLS, 3, 200)   \
  MOVE(WINDOWS, CELLS, 4, 400)   \
  MOVE(WINDOWS, CELLS, 5, 1500)

KERNEL size_t ck_slide(const uint16_t *narrow, const uint16_t *wide, const float *least,
                       size_t count, uint16_t *narrowCounts, uint16_t *wideCounts,
                       uint32_t *places, uint8_t *widths, uint16_t *near, uint16_t *all) {
  Lanes *narrows = (Lanes *)narrowCounts, *wides = (Lanes *)wideCounts;
  const Lanes sizes = {51, 101, 201, 401, 801, 3001, 0, 0};
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    // Of those who have a cell of their own, many are never found.
    if (narrow[i] && least[i] < __builtin_inff()) {
      uint16_t cell = narrow[i] / CK_CELL_SCALE, wideCell = wide[i] / CK_CELL_SCALE;
      Lanes bands[4] = {five(narrows + cell), five(wides + wideCell)};
      wider(wides, wideCell, bands + 2);
      Lanes totals = sizes - wides[0];
      Tests far;
      // Twice, and a little less: the surprise is looked at in single precision here.
      may_surprise(bands, totals, 2 * least[i] * 0.9999f, &far);
      if (__builtin_reduce_or(far)) {
        places[found] = (uint32_t)i;
        widths[found] = widths_of(&far);
        memcpy(near + found * 4 * CK_SLIDE_LANES, bands, sizeof bands);
        memcpy(all + found * CK_SLIDE_LANES, &totals, sizeof totals);
        found++;
      }
    }
    MOVES(narrows, narrow)
    MOVES(wides, wide)
  }
  return found;
}

KERNEL void ck_bins_f64(const double *values, size_t count, const double *edges, size_t edgeCount,
                        uint8_t *bins) {
  const int64_t unknown = (int64_t)edgeCount + 1;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const Doubles8 own = DOUBLES8(values + i);
    // A comparison that holds is -1.
    Words8 bin = (Words8)0;
    for (size_t e = 0; e < edgeCount; e++) bin -= own >= (Doubles8)edges[e];
    bin = own >= (Doubles8)0.0 ? bin : (Words8)unknown;
    *(Bytes8 *)(bins + i) = __builtin_convertvector(bin, Bytes8);
  }
  for (; i < count; i++) {
    int64_t bin = 0;
    for (size_t e = 0; e < edgeCount; e++) bin += values[i] >= edges[e];
    bins[i] = (uint8_t)(values[i] >= 0 ? bin : unknown);
  }
}
