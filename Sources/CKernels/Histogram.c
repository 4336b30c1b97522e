#include "Histogram.h"

#include "Internal/Clones.h"

KERNEL void ck_histogram_places(const int32_t *values, const uint32_t *groups, int32_t base,
                                uint32_t buckets, uint32_t *places, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const uint32_t distance = (uint32_t)values[i] - (uint32_t)base;
    const uint32_t power = 23 - (uint32_t)__builtin_clz(distance | 256);
    places[i] = groups[i] * buckets + power * 256 + (distance >> power);
  }
}
