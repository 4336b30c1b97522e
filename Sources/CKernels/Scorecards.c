#include "Scorecards.h"

#include <stdint.h>
#include <string.h>

#include "Internal/Clones.h"
#include "Internal/Eights.h"

#pragma STDC FP_CONTRACT OFF

// Where a condition holds the one number, else the other.
#define CHOSEN(IF, YES, NO) ((Doubles8)(((Words8)(YES) & (IF)) | ((Words8)(NO) & ~(IF))))
#define INLINE static inline __attribute__((always_inline))

// So many vectors side by side: an edge is read once for all.
#define SIDE 4

INLINE void addWeights(const double *values, int side, const double *edges, size_t edgeCount,
                       const double *weights, double *sums) {
  Doubles8 own[SIDE], chosen[SIDE], none = 0;
  for (int k = 0; k < side; k++) {
    own[k] = DOUBLES8(values + 8 * k);
    chosen[k] = CHOSEN(own[k] == own[k], (Doubles8)weights[0], none);
  }
  for (size_t e = 0; e < edgeCount; e++) {
    Doubles8 edge = (Doubles8)edges[e], weight = (Doubles8)weights[e + 1];
    for (int k = 0; k < side; k++) chosen[k] = CHOSEN(own[k] >= edge, weight, chosen[k]);
  }
  for (int k = 0; k < side; k++) *(Doubles8 *)(sums + 8 * k) += chosen[k];
}

KERNEL void ck_add_weights(const double *values, size_t count, const double *edges,
                           size_t edgeCount, const double *weights, double *sums) {
  size_t i = 0;
  for (; i + 8 * SIDE <= count; i += 8 * SIDE)
    addWeights(values + i, SIDE, edges, edgeCount, weights, sums + i);
  for (; i + 8 <= count; i += 8) addWeights(values + i, 1, edges, edgeCount, weights, sums + i);
  double last[8] = {0}, lastSums[8] = {0};
  size_t bytes = (count - i) * sizeof *sums;
  memcpy(last, values + i, bytes);
  memcpy(lastSums, sums + i, bytes);
  addWeights(last, 1, edges, edgeCount, weights, lastSums);
  memcpy(sums + i, lastSums, bytes);
}

INLINE void addPairWeights(const double *values, const double *others, const double *edges,
                             size_t edgeCount, const double *across, size_t acrossCount,
                             const double *weights, double *sums) {
  Doubles8 own = DOUBLES8(values), other = DOUBLES8(others), chosen, none = 0;
  Words8 rows = 0, columns = 0;
  for (size_t e = 0; e < edgeCount; e++) rows -= own >= (Doubles8)edges[e];
  for (size_t e = 0; e < acrossCount; e++) columns -= other >= (Doubles8)across[e];
  Words8 bins = rows * (int64_t)(acrossCount + 1) + columns;
  for (int k = 0; k < 8; k++) chosen[k] = weights[bins[k]];
  *(Doubles8 *)sums += CHOSEN((own == own) & (other == other), chosen, none);
}

KERNEL void ck_add_pair_weights(const double *values, const double *others, size_t count,
                                const double *edges, size_t edgeCount, const double *across,
                                size_t acrossCount, const double *weights, double *sums) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    addPairWeights(values + i, others + i, edges, edgeCount, across, acrossCount, weights,
                     sums + i);
  double last[8] = {0}, lastOthers[8] = {0}, lastSums[8] = {0};
  size_t bytes = (count - i) * sizeof *sums;
  memcpy(last, values + i, bytes);
  memcpy(lastOthers, others + i, bytes);
  memcpy(lastSums, sums + i, bytes);
  addPairWeights(last, lastOthers, edges, edgeCount, across, acrossCount, weights, lastSums);
  memcpy(sums + i, lastSums, bytes);
}

INLINE uint16_t step_of(int64_t micros, double step, double last) {
  // Exact: both are whole numbers below 2^53, and quotients that are none lie far from one.
  double place = (double)micros / step;
  double above = place > 0 ? place : 0;
  return (uint16_t)((int32_t)(above < last ? above : last) + 1);
}

KERNEL void ck_follow_steps(const int64_t *created, const int64_t *followed, size_t count,
                            int64_t first, int64_t leastAge, int64_t step, uint16_t last,
                            uint16_t *restrict steps) {
  for (size_t i = 0; i < count; i++) {
    int64_t age = (int64_t)((uint64_t)followed[i] - (uint64_t)created[i]);
    int64_t made = (int64_t)((uint64_t)created[i] - (uint64_t)first);
    int isKnown = (created[i] != INT64_MIN) & (followed[i] != INT64_MIN);
    uint16_t isAged = (isKnown & (age > leastAge)) ? 0xFFFF : 0;
    steps[2 * i] = step_of(made, (double)step, last) & isAged;
    steps[2 * i + 1] = step_of(age, (double)step, last) & isAged;
  }
}

KERNEL void ck_cells_of_steps(const uint16_t *pairs, size_t count, size_t lane, uint16_t width,
                              uint16_t first, uint16_t *restrict cells) {
  for (size_t i = 0; i < count; i++) {
    uint16_t step = pairs[2 * i + lane];
    // Exact: quotients of numbers below 2^16 that are none are no whole numbers in single precision either.
    uint16_t cell = (uint16_t)(int32_t)((float)(step - 1) / width);
    cells[i] = step ? cell + first : 0;
  }
}

#define RANKS 64

KERNEL void ck_ranked_weights(const int32_t *rows, size_t count, const double *evidence,
                              double usual, int16_t *restrict weights) {
  const double nearlyHalf = 0x1.fffffffffffffp-2;
  for (size_t start = 0; start < count; start += RANKS) {
    size_t end = count - start < RANKS ? count : start + RANKS;
    // The rows of an account lie far apart: those of the ranks behind are asked for ahead.
    if (count - end >= RANKS)
      for (size_t i = end; i < end + RANKS; i++) __builtin_prefetch(evidence + rows[i]);
    for (size_t i = start; i < end; i++) {
      double weight = evidence[rows[i]] - usual;
      weight = weight >= -30 ? weight : -30;
      weight = (weight < 30 ? weight : 30) * 1024;
      weights[i] = (int16_t)(int32_t)(weight + __builtin_copysign(nearlyHalf, weight));
    }
  }
}

KERNEL void ck_days_until(const int64_t *times, size_t count, int64_t end, double *restrict days,
                          double *restrict ages) {
  for (size_t i = 0; i < count; i++) {
    double own = (double)(int64_t)((uint64_t)end - (uint64_t)times[i]) / 86400000000.0;
    own = own >= 1 ? own : 1;
    days[i] = times[i] == INT64_MIN ? __builtin_nan("") : own;
    ages[i] = times[i] > end ? __builtin_nan("") : days[i];
  }
}

KERNEL void ck_add_rate_signs(const double *counts, const double *days, size_t count, double least,
                              uint8_t *restrict isKnown, uint8_t *restrict isMore) {
  for (size_t i = 0; i < count; i++) {
    double rate = counts[i] / days[i];
    isKnown[i] |= rate == rate ? 1 : 0;
    isMore[i] |= rate >= least ? 1 : 0;
  }
}

KERNEL int ck_limit_counts(const double *values, size_t count, double first, double second,
                           double margin, uint8_t *restrict counts) {
  uint8_t near = 0;
  for (size_t i = 0; i < count; i++) {
    double own = values[i];
    near |= !(__builtin_fabs(own - first) > margin) | !(__builtin_fabs(own - second) > margin);
    counts[i] = (uint8_t)((own < first) + (own < second));
  }
  return near;
}

KERNEL void ck_per_square(const double *a, const double *b, size_t count, double *restrict out) {
  for (size_t i = 0; i < count; i++) {
    double least = b[i] < 1 ? 1 : b[i];
    out[i] = a[i] / (least * least);
  }
}
