#include "TextSearch.h"

#include <string.h>

#include "Internal/Clones.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1)));

#define INLINE static inline __attribute__((always_inline))

// The bits of 64 flags, each 0 or 1.
INLINE uint64_t bitsOf(const uint8_t *flags) {
  Bits64 found = __builtin_convertvector(*(const Bytes64 *)flags != (Bytes64)(uint8_t)0, Bits64);
  uint64_t bits;
  memcpy(&bits, &found, 8);
  return bits;
}

// Few texts have the right length, which is seen without looking at them.
KERNEL static void equal(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                         size_t rows, const uint8_t *needle, size_t length, uint64_t *bits) {
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint8_t flags[64] = {0};
    for (size_t i = 0; i < count; i++) flags[i] = ends[at + i] - starts[at + i] == length;
    uint64_t word = 0;
    for (uint64_t likely = bitsOf(flags); likely; likely &= likely - 1) {
      const size_t i = (size_t)__builtin_ctzll(likely);
      word |= (uint64_t)(memcmp(bytes + starts[at + i], needle, length) == 0) << i;
    }
    bits[at / 64] = word;
  }
}

// The first eight bytes of the needle tell most texts apart; 64 bytes behind a text are readable.
KERNEL static void affix(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                         size_t rows, const uint8_t *needle, size_t length, int isEnd,
                         uint64_t *bits) {
  uint64_t head = 0;
  memcpy(&head, needle, length < 8 ? length : 8);
  const uint64_t mask = length < 8 ? ((uint64_t)1 << (8 * length)) - 1 : ~(uint64_t)0;
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint8_t flags[64] = {0};
    for (size_t i = 0; i < count; i++) {
      const uint32_t start = starts[at + i], end = ends[at + i];
      const int fits = end - start >= length;
      uint64_t own;
      memcpy(&own, bytes + (isEnd & fits ? end - (uint32_t)length : start), 8);
      flags[i] = (((own ^ head) & mask) == 0) & fits;
    }
    uint64_t word = bitsOf(flags);
    if (length > 8) {
      for (uint64_t likely = word; likely; likely &= likely - 1) {
        const size_t i = (size_t)__builtin_ctzll(likely);
        const uint8_t *text = bytes + (isEnd ? ends[at + i] - (uint32_t)length : starts[at + i]);
        if (memcmp(text, needle, length) != 0) word &= ~((uint64_t)1 << i);
      }
    }
    bits[at / 64] = word;
  }
}

void ck_text_matches(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                     size_t rows, const uint8_t *needle, size_t length, int operation,
                     uint64_t *bits) {
  if (operation == 0) equal(bytes, starts, ends, rows, needle, length, bits);
  else affix(bytes, starts, ends, rows, needle, length, operation == 2, bits);
}

int ck_text_order(const uint8_t *a, size_t aLength, const uint8_t *b, size_t bLength) {
  int order = memcmp(a, b, aLength < bLength ? aLength : bLength);
  return order ? order : (aLength > bLength) - (aLength < bLength);
}

void ck_text_compare(const uint8_t *aBytes, const uint32_t *aStarts, const uint32_t *aEnds,
                     const uint8_t *bBytes, const uint32_t *bStarts, const uint32_t *bEnds,
                     size_t rows, int operation, int inverted, uint64_t *bits) {
  for (size_t w = 0; w < (rows + 63) / 64; w++) {
    size_t count = rows - w * 64 < 64 ? rows - w * 64 : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++) {
      size_t row = w * 64 + i;
      int order = ck_text_order(aBytes + aStarts[row], aEnds[row] - aStarts[row],
                                bBytes + bStarts[row], bEnds[row] - bStarts[row]);
      int holds = operation == 0 ? order < 0 : operation == 1 ? order <= 0 : order == 0;
      word |= (uint64_t)(holds != (inverted != 0)) << i;
    }
    bits[w] = word;
  }
}

KERNEL void ck_text_lengths(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                            size_t rows, int64_t *lengths) {
  typedef int8_t Signed64 __attribute__((ext_vector_type(64), aligned(1)));
  for (size_t i = 0; i < rows; i++) {
    uint32_t at = starts[i], end = ends[i];
    int64_t continued = 0;
    // Bytes that go on with a scalar, 10xxxxxx, 64 at a time; as many behind the end are readable.
    for (; at < end; at += 64) {
      Bits64 found = __builtin_convertvector(*(const Signed64 *)(bytes + at) < (int8_t)-64, Bits64);
      uint64_t here;
      memcpy(&here, &found, 8);
      if (end - at < 64) here &= ((uint64_t)1 << (end - at)) - 1;
      continued += __builtin_popcountll(here);
    }
    lengths[i] = (int64_t)(end - starts[i]) - continued;
  }
}

KERNEL int ck_fold_case(const uint8_t *bytes, size_t count, int toUpper, uint8_t *out) {
  const uint8_t low = toUpper ? 'a' : 'A';
  uint8_t all = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t byte = bytes[i];
    all |= byte;
    out[i] = byte ^ ((uint8_t)(byte - low) < 26 ? 0x20 : 0);
  }
  return all >= 0x80;
}

KERNEL int ck_is_ascii(const uint8_t *bytes, size_t count) {
  uint8_t all = 0;
  for (size_t i = 0; i < count; i++) all |= bytes[i];
  return all < 0x80;
}
