#include "Logistic.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

#include "Internal/ExponentialSteps.h"

KERNEL void ck_logistic_shares(const double *x, const double *logits, const double *numbers,
                               size_t count, double *shares) {
  double n0 = numbers[0], n1 = numbers[1], n2 = numbers[2], n3 = numbers[3];
  for (size_t i = 0; i < count; i++) {
    double logit = logits[i] + (n0 + x[i] * (n1 + x[i] * (n2 + x[i] * n3)));
    shares[i] = 1.0 / (1.0 + exponential(-logit));
  }
}

#define STRIPES 8

// The part of one place in the sums of its stripe, which lie a stripe apart.
INLINE void add_place(double x, double total, double inside, double share, double *sums) {
  double hit = total * share;
  double weight = hit * (1.0 - share), miss = inside - hit;
  for (int power = 0; power < 7; power++) {
    sums[power * STRIPES] += weight;
    weight *= x;
  }
  for (int power = 7; power < CK_LOGISTIC_SUMS; power++) {
    sums[power * STRIPES] += miss;
    miss *= x;
  }
}

KERNEL void ck_logistic_sums(const double *x, const double *totals, const double *insides,
                             const double *shares, size_t count, double *sums) {
  double stripes[CK_LOGISTIC_SUMS * STRIPES] = {0};
  size_t i = 0;
  for (; i + STRIPES <= count; i += STRIPES)
    for (size_t k = 0; k < STRIPES; k++)
      add_place(x[i + k], totals[i + k], insides[i + k], shares[i + k], stripes + k);
  for (size_t k = 0; i + k < count; k++)
    add_place(x[i + k], totals[i + k], insides[i + k], shares[i + k], stripes + k);
  for (int row = 0; row < CK_LOGISTIC_SUMS; row++) {
    const double *own = stripes + row * STRIPES;
    sums[row] = ((own[0] + own[1]) + (own[2] + own[3])) + ((own[4] + own[5]) + (own[6] + own[7]));
  }
}
