#include "Scorecards.h"

#include <stdint.h>
#include <string.h>

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

typedef double Values __attribute__((ext_vector_type(8), aligned(8), may_alias));
typedef int64_t Bins __attribute__((ext_vector_type(8)));

#define VALUES(FROM) (*(const Values *)(FROM))
// Where a condition holds the one number, else the other.
#define CHOSEN(IF, YES, NO) ((Values)(((Bins)(YES) & (IF)) | ((Bins)(NO) & ~(IF))))
#define INLINE static inline __attribute__((always_inline))

INLINE void add_weights(const double *values, const double *edges, size_t edgeCount,
                        const double *weights, double *sums) {
  Values own = VALUES(values), none = 0;
  Values chosen = CHOSEN(own == own, (Values)weights[0], none);
  for (size_t e = 0; e < edgeCount; e++)
    chosen = CHOSEN(own >= (Values)edges[e], (Values)weights[e + 1], chosen);
  *(Values *)sums += chosen;
}

KERNEL void ck_add_weights(const double *values, size_t count, const double *edges,
                           size_t edgeCount, const double *weights, double *sums) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) add_weights(values + i, edges, edgeCount, weights, sums + i);
  double last[8] = {0}, lastSums[8] = {0};
  size_t bytes = (count - i) * sizeof *sums;
  memcpy(last, values + i, bytes);
  memcpy(lastSums, sums + i, bytes);
  add_weights(last, edges, edgeCount, weights, lastSums);
  memcpy(sums + i, lastSums, bytes);
}

INLINE void add_pair_weights(const double *values, const double *others, const double *edges,
                             size_t edgeCount, const double *across, size_t acrossCount,
                             const double *weights, double *sums) {
  Values own = VALUES(values), other = VALUES(others), chosen, none = 0;
  Bins rows = 0, columns = 0;
  for (size_t e = 0; e < edgeCount; e++) rows -= own >= (Values)edges[e];
  for (size_t e = 0; e < acrossCount; e++) columns -= other >= (Values)across[e];
  Bins bins = rows * (int64_t)(acrossCount + 1) + columns;
  for (int k = 0; k < 8; k++) chosen[k] = weights[bins[k]];
  *(Values *)sums += CHOSEN((own == own) & (other == other), chosen, none);
}

KERNEL void ck_add_pair_weights(const double *values, const double *others, size_t count,
                                const double *edges, size_t edgeCount, const double *across,
                                size_t acrossCount, const double *weights, double *sums) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    add_pair_weights(values + i, others + i, edges, edgeCount, across, acrossCount, weights,
                     sums + i);
  double last[8] = {0}, lastOthers[8] = {0}, lastSums[8] = {0};
  size_t bytes = (count - i) * sizeof *sums;
  memcpy(last, values + i, bytes);
  memcpy(lastOthers, others + i, bytes);
  memcpy(lastSums, sums + i, bytes);
  add_pair_weights(last, lastOthers, edges, edgeCount, across, acrossCount, weights, lastSums);
  memcpy(sums + i, lastSums, bytes);
}
