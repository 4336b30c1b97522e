#include "Moments.h"

#include "Internal/Clones.h"

// Products of numbers that fit 32 bits are one instruction of vectors on all sets but the oldest.
KERNEL void ck_moments(const int64_t *a, size_t count, int64_t *sums) {
  int64_t sum = 0, square = 0;
  for (size_t i = 0; i < count; i++) {
    const int64_t one = (int32_t)a[i];
    sum += one;
    square += one * one;
  }
  sums[0] = sum, sums[1] = square;
}

KERNEL void ck_pair_moments(const int64_t *a, const int64_t *b, size_t count, int64_t *sums) {
  int64_t left = 0, leftSquare = 0, right = 0, rightSquare = 0, product = 0;
  for (size_t i = 0; i < count; i++) {
    const int64_t one = (int32_t)a[i], other = (int32_t)b[i];
    left += one;
    leftSquare += one * one;
    right += other;
    rightSquare += other * other;
    product += one * other;
  }
  sums[0] = left, sums[1] = leftSquare, sums[2] = right, sums[3] = rightSquare, sums[4] = product;
}
