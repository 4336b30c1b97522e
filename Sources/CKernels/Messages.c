#include "Messages.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

typedef float Cells __attribute__((ext_vector_type(8), aligned(4), may_alias));

typedef int32_t Places __attribute__((ext_vector_type(8), aligned(4)));

static const Places places = {0, 1, 2, 3, 4, 5, 6, 7};

#define CELLS(FROM) (*(const Cells *)(FROM))
#define SUM(C) (((C.s0 + C.s4) + (C.s2 + C.s6)) + ((C.s1 + C.s5) + (C.s3 + C.s7)))

static const Cells zeros = 0, ones = 1;

// The cells so many places before, with those of the end in front of the first; and so many behind.
#define BEFORE(C, BY)                                                                          \
  __builtin_shufflevector(C, C, 8 - BY, 9 - BY, 10 - BY, 11 - BY, 12 - BY, 13 - BY, 14 - BY,   \
                          15 - BY)
#define BEHIND(C, BY)                                                                          \
  __builtin_shufflevector(C, C, BY, 1 + BY, 2 + BY, 3 + BY, 4 + BY, 5 + BY, 6 + BY, 7 + BY)

// The first cells so many, and others behind them; the last ones so many, and others before them.
#define FIRST(C, COUNT, OTHERS) (places < (int32_t)(COUNT) ? C : OTHERS)
#define LAST(C, COUNT, OTHERS) (places >= 8 - (int32_t)(COUNT) ? C : OTHERS)

// Sums that decay from cell to cell: those of two, of four and of eight neighbours, each by the decays
// between them. A sum gets nothing of what came round from the other end: there the decays are zero.
#define SUMS(SHIFTED, ADDED, DECAYS)                                                           \
  ADDED += CELLS(DECAYS) * SHIFTED(ADDED, 1);                                                  \
  ADDED += CELLS(DECAYS + 8) * SHIFTED(ADDED, 2);                                              \
  ADDED += CELLS(DECAYS + 16) * SHIFTED(ADDED, 4);

// The decays of one cell, two, four and, of a sum from outside, all up to a cell.
#define DECAYS(SHIFTED, KEPT, LEFT, DECAYS)                                                    \
  *(Cells *)(DECAYS) = KEPT(LEFT, 7, zeros);                                                   \
  LEFT *= KEPT(SHIFTED(LEFT, 1), 7, ones);                                                     \
  *(Cells *)(DECAYS + 8) = KEPT(LEFT, 6, zeros);                                               \
  LEFT *= KEPT(SHIFTED(LEFT, 2), 6, ones);                                                     \
  *(Cells *)(DECAYS + 16) = KEPT(LEFT, 4, zeros);                                              \
  LEFT *= KEPT(SHIFTED(LEFT, 4), 4, ones);                                                     \
  *(Cells *)(DECAYS + 24) = LEFT;

KERNEL void ck_message_decays_forward(const float *decay, size_t width, float *decays) {
  for (size_t cell = 0; cell < width; cell += 8, decays += 32) {
    Cells left = CELLS(decay + cell);
    DECAYS(BEFORE, LAST, left, decays)
  }
}

KERNEL void ck_message_decays_backward(const float *decay, size_t width, float *decays) {
  for (size_t cell = 0; cell < width; cell += 8, decays += 32) {
    Cells left = CELLS(decay + cell + 1);
    DECAYS(BEHIND, FIRST, left, decays)
  }
}

KERNEL float ck_message_forward(const float *message, size_t overlap, float scale, float sum,
                                const float *decays, const float *rate, const float *weight,
                                size_t width, float *next) {
  Cells total = 0;
  for (size_t cell = 0; cell < width; cell += 8, decays += 32) {
    Cells added = cell < overlap ? CELLS(message + cell) * scale : zeros;
    SUMS(BEFORE, added, decays)
    Cells result = (added + CELLS(decays + 24) * sum) * CELLS(rate + cell);
    // By itself, since the next eight cells wait for it.
    sum = added.s7 + decays[31] * sum;
    if (weight) result *= CELLS(weight + cell);
    if (cell + 8 > width) result = FIRST(result, width - cell, zeros);
    *(Cells *)(next + cell) = result;
    total += result;
  }
  *(Cells *)(next + width) = zeros;
  return SUM(total);
}

KERNEL ck_message_sums ck_message_backward(const float *behind, float scale, const float *decays,
                                           const float *rate, const float *weight, size_t width,
                                           size_t kept, float *before) {
  float sum = 0;
  Cells total = 0;
  decays += (width + 7) / 8 * 32;
  for (size_t end = (width + 7) / 8 * 8; end > 0; end -= 8) {
    size_t cell = end - 8;
    decays -= 32;
    Cells added = CELLS(behind + cell) * (CELLS(rate + cell) * scale);
    if (weight) added *= CELLS(weight + cell);
    SUMS(BEHIND, added, decays)
    Cells sums = added + CELLS(decays + 24) * sum;
    sum = sums.s0;
    if (cell >= kept) continue;
    if (cell + 8 > kept) sums = FIRST(sums, kept - cell, zeros);
    *(Cells *)(before + cell) = sums;
    total += sums;
  }
  return (ck_message_sums){SUM(total), sum};
}

KERNEL float ck_message_product(float *message, const float *other, size_t width) {
  Cells total = 0;
  for (size_t cell = 0; cell < width; cell += 8) {
    Cells product = CELLS(message + cell) * CELLS(other + cell);
    *(Cells *)(message + cell) = product;
    total += product;
  }
  return SUM(total);
}

KERNEL size_t ck_message_median(const float *message, size_t width, float half, float *sum) {
  float before = 0;
  size_t cell = 0;
  for (; cell + 8 <= width; cell += 8) {
    float more = SUM(CELLS(message + cell));
    if (before + more >= half) break;
    before += more;
  }
  for (; cell < width; cell++) {
    if (before + message[cell] >= half && message[cell] > 0) break;
    before += message[cell];
  }
  *sum = before;
  return cell;
}
