#include "Windows.h"

#include "Internal/Clones.h"
#include "Internal/Eights.h"

#pragma STDC FP_CONTRACT OFF

// Sums of 16 bits: as many cells in a vector as it has lanes of these.
static inline __attribute__((always_inline)) uint16_t count_near(const uint16_t *cells,
                                                                 size_t count, uint16_t lowest) {
  uint16_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += (uint16_t)(cells[i] - lowest) <= 4 ? 1 : 0;
  return sum;
}

KERNEL void ck_span_counts_u16(const uint16_t *cells, uint16_t lowest, const int64_t *spans,
                               size_t spanCount, uint16_t *counts) {
  uint16_t sum = count_near(cells, 1, lowest);
  int64_t inner = 0;
  for (size_t s = 0; s < spanCount; s++) {
    size_t ring = (size_t)(spans[s] - inner);
    sum += count_near(cells - spans[s], ring, lowest);
    sum += count_near(cells + inner + 1, ring, lowest);
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

KERNEL void ck_date_cells(const double *days, size_t count, double width, double last,
                          uint16_t *cells) {
  for (size_t i = 0; i < count; i++) {
    double place = days[i] / width;
    double above = place > 0 ? place : 0;
    int32_t cell = (int32_t)(above < last ? above : last);
    cells[i] = place == place ? (uint16_t)(cell + 3) : 0;
  }
}

// One lane a span; the last two stay 0.
typedef uint16_t Lanes __attribute__((ext_vector_type(CK_SLIDE_LANES)));
typedef uint16_t Reaches16 __attribute__((ext_vector_type(4)));
typedef int32_t Reaches __attribute__((ext_vector_type(4)));
typedef double Reaches64 __attribute__((ext_vector_type(4)));
typedef int64_t Tests __attribute__((ext_vector_type(4)));

static inline __attribute__((always_inline)) Reaches reaches(Lanes lanes) {
  return __builtin_convertvector((Reaches16)lanes.s0123, Reaches);
}

// What lies in the last span outside the one behind each reach, and one.
static inline __attribute__((always_inline)) Reaches surroundings(Lanes lanes) {
  return (int32_t)lanes.s5 - __builtin_convertvector((Reaches16)lanes.s1234, Reaches) + 1;
}

// A surprise, at most (k - e)^2 / 2 e, of more than four needs five neighbours k and (k - e)^2 > 8 e. With
// e = S L / A this is (k A - S L)^2 > 8 S L A: whole numbers below 2^53.
static inline __attribute__((always_inline)) int may_surprise(Lanes band, Lanes totals) {
  Reaches near = reaches(band) - 1, looked = reaches(totals) - 1;
  Reaches same = surroundings(band), around = surroundings(totals);
  Reaches64 usual = __builtin_convertvector(same * looked, Reaches64);
  Reaches64 size = __builtin_convertvector(around, Reaches64);
  Reaches64 excess = __builtin_convertvector(near * around, Reaches64) - usual;
  Tests far = (excess * excess > 8 * usual * size) & (excess > 0) &
              __builtin_convertvector(near >= 5, Tests);
  return __builtin_reduce_or(far) != 0;
}

// One place on, the window of one span loses a cell and gets another.
#define MOVE(LANE, SPAN)                                          \
  {                                                               \
    const Lanes one = {LANE == 0, LANE == 1, LANE == 2, LANE == 3, LANE == 4, LANE == 5, 0, 0}; \
    windows[cells[i + SPAN + 1]] += one;                          \
    windows[cells[(ptrdiff_t)i - SPAN]] -= one;                   \
  }

KERNEL size_t ck_slide(const uint16_t *cells, size_t count, uint16_t *counts, uint32_t *places,
                       uint16_t *near, uint16_t *all) {
  Lanes *windows = (Lanes *)counts, *bands = (Lanes *)near, *sums = (Lanes *)all;
  const Lanes sizes = {51, 101, 201, 401, 801, 3001, 0, 0};
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    // Without a cell of its own a row is read as one of the first, and not found.
    uint16_t own = cells[i], cell = own ? own : 3;
    Lanes band = windows[cell - 2] + windows[cell - 1] + windows[cell] + windows[cell + 1] +
                 windows[cell + 2];
    Lanes totals = sizes - windows[0];
    places[found] = (uint32_t)i;
    bands[found] = band;
    sums[found] = totals;
    found += own ? (size_t)may_surprise(band, totals) : 0;
    MOVE(0, 25)
    MOVE(1, 50)
    MOVE(2, 100)
    MOVE(3, 200)
    MOVE(4, 400)
    MOVE(5, 1500)
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
