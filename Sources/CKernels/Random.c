#include "Random.h"

#include "Internal/Clones.h"

KERNEL void ck_split_mix(uint64_t state, uint64_t step, uint64_t *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint64_t z = state + step * (i + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    out[i] = z ^ (z >> 31);
  }
}
