#include "Messages.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

typedef float Cells __attribute__((ext_vector_type(8), aligned(4), may_alias));

typedef int32_t Places __attribute__((ext_vector_type(8), aligned(4)));

static const Places places = {0, 1, 2, 3, 4, 5, 6, 7};

#define CELLS(FROM) (*(const Cells *)(FROM))
#define SUM(C) (((C.s0 + C.s4) + (C.s2 + C.s6)) + ((C.s1 + C.s5) + (C.s3 + C.s7)))

static const Cells zeros = 0, ones = 1;

// Of the cells so many places before, and of others where there are none.
#define BEFORE(C, NONE, BY)                                                                    \
  __builtin_shufflevector(C, NONE, BY > 0 ? 8 : 0, BY > 1 ? 8 : 1 - BY, BY > 2 ? 8 : 2 - BY,   \
                          BY > 3 ? 8 : 3 - BY, 4 - BY, 5 - BY, 6 - BY, 7 - BY)
#define BEHIND(C, NONE, BY)                                                                    \
  __builtin_shufflevector(C, NONE, BY, 1 + BY, 2 + BY, 3 + BY, BY > 3 ? 8 : 4 + BY,            \
                          BY > 2 ? 8 : 5 + BY, BY > 1 ? 8 : 6 + BY, BY > 0 ? 8 : 7)

// The first cells so many, and zeros.
#define FIRST(C, COUNT) ((Cells)((Places)C & (places < (int32_t)(COUNT))))

// Sums that decay from cell to cell, as a pair: the sum of what the eight cells add, and what is left
// of the sum before them. Pairs of neighbours, of four and of eight cells are put together.
#define SCAN(SHIFTED, ADDED, LEFT)                                                             \
  ADDED += LEFT * SHIFTED(ADDED, zeros, 1);                                                    \
  LEFT *= SHIFTED(LEFT, ones, 1);                                                              \
  ADDED += LEFT * SHIFTED(ADDED, zeros, 2);                                                    \
  LEFT *= SHIFTED(LEFT, ones, 2);                                                              \
  ADDED += LEFT * SHIFTED(ADDED, zeros, 4);                                                    \
  LEFT *= SHIFTED(LEFT, ones, 4);

KERNEL float ck_message_forward(const float *message, size_t overlap, float scale, float sum,
                                const float *decay, const float *rate, const float *weight,
                                size_t width, float *next) {
  Cells total = 0;
  for (size_t cell = 0; cell < width; cell += 8) {
    Cells added = cell < overlap ? CELLS(message + cell) * scale : zeros;
    Cells left = CELLS(decay + cell);
    SCAN(BEFORE, added, left)
    Cells sums = added + left * sum;
    sum = sums.s7;
    Cells result = sums * CELLS(rate + cell);
    if (weight) result *= CELLS(weight + cell);
    if (cell + 8 > width) result = FIRST(result, width - cell);
    *(Cells *)(next + cell) = result;
    total += result;
  }
  *(Cells *)(next + width) = zeros;
  return SUM(total);
}

KERNEL ck_message_sums ck_message_backward(const float *behind, float scale, const float *decay,
                                           const float *rate, const float *weight, size_t width,
                                           size_t kept, float *before) {
  float sum = 0;
  Cells total = 0;
  for (size_t end = (width + 7) / 8 * 8; end > 0; end -= 8) {
    size_t cell = end - 8;
    Cells added = CELLS(behind + cell) * (CELLS(rate + cell) * scale);
    if (weight) added *= CELLS(weight + cell);
    Cells left = CELLS(decay + cell + 1);
    SCAN(BEHIND, added, left)
    Cells sums = added + left * sum;
    sum = sums.s0;
    if (cell >= kept) continue;
    if (cell + 8 > kept) sums = FIRST(sums, kept - cell);
    *(Cells *)(before + cell) = sums;
    total += sums;
  }
  return (ck_message_sums){SUM(total), sum * decay[0]};
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
