#include "TextLikeness.h"

#include <string.h>

#include "Internal/Clones.h"
#include "Internal/Scalars.h"

typedef _Bool Bits32 __attribute__((ext_vector_type(32)));
typedef uint8_t Bytes32 __attribute__((ext_vector_type(32), aligned(1)));

// The bits of the first bytes of 32, all of them from 32 on.
INLINE uint32_t firstBits(uint32_t count) {
  return count < 32 ? ((uint32_t)1 << count) - 1 : ~(uint32_t)0;
}

// How often each of some bytes is in a text of up to 64, at most as often as wanted, together.
INLINE uint32_t shared(const uint8_t *text, uint32_t count, const ck_likeness *likeness) {
  const Bytes32 first = *(const Bytes32 *)text;
  const uint32_t inFirst = firstBits(count), inSecond = count > 32 ? firstBits(count - 32) : 0;
  uint32_t sum = 0;
  for (uint32_t i = 0; i < likeness->letterCount; i++) {
    const Bits32 found =
        __builtin_convertvector(first == (Bytes32)likeness->letters[i], Bits32);
    uint32_t bits;
    memcpy(&bits, &found, 4);
    uint32_t own = (uint32_t)__builtin_popcount(bits & inFirst);
    if (inSecond) {
      const Bytes32 second = *(const Bytes32 *)(text + 32);
      const Bits32 more =
          __builtin_convertvector(second == (Bytes32)likeness->letters[i], Bits32);
      memcpy(&bits, &more, 4);
      own += (uint32_t)__builtin_popcount(bits & inSecond);
    }
    sum += own < likeness->most[i] ? own : likeness->most[i];
  }
  return sum;
}

KERNEL uint64_t ck_may_be_alike(const uint8_t *bytes, const uint32_t *starts,
                                const uint32_t *ends, size_t rows, const ck_likeness *likeness) {
  uint64_t likely = 0;
  for (size_t i = 0; i < rows; i++) {
    const uint8_t *text = bytes + starts[i];
    const uint32_t count = ends[i] - starts[i];
    if (count > 64) {
      likely |= (uint64_t)1 << i;
      continue;
    }
    // Bytes behind the end of either may make the beginning longer, which does no harm.
    uint32_t head;
    memcpy(&head, text, 4);
    head ^= likeness->start;
    const uint32_t beginning = head ? (uint32_t)__builtin_ctz(head) / 8 : 4;
    const uint32_t needed = likeness->least[scalars(text, count) * 8 + beginning];
    likely |= (uint64_t)(shared(text, count, likeness) >= needed) << i;
  }
  return likely;
}
