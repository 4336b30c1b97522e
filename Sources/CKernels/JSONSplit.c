#include <string.h>

#include "Internal/Clones.h"
#include "Internal/JSONEscape.h"
#include "JSONText.h"

// The bits of those of 64 bytes that are the separator or have an escape.
INLINE uint64_t marks(const uint8_t *bytes, uint8_t separator) {
  typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1)));
  typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
  const Bytes64 own = *(const Bytes64 *)bytes;
  const Bits64 found = __builtin_convertvector((own == (Bytes64)separator) |
                                                   (own == (Bytes64)(uint8_t)'"') |
                                                   (own == (Bytes64)(uint8_t)'\\') |
                                                   (own < (Bytes64)(uint8_t)0x20),
                                               Bits64);
  uint64_t bits;
  memcpy(&bits, &found, 8);
  return bits;
}

// Copies 16 bytes at a time, a few more than wanted.
INLINE uint8_t *copyShort(uint8_t *out, const uint8_t *from, size_t count) {
  size_t at = 0;
  do memcpy(out + at, from + at, 16);
  while ((at += 16) < count);
  return out + count;
}

KERNEL size_t ck_json_split(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                            size_t rows, uint8_t separator, uint8_t *out, uint32_t *newEnds) {
  uint8_t *next = out;
  for (size_t row = 0; row < rows; row++) {
    const uint8_t *text = bytes + starts[row];
    const size_t size = ends[row] - starts[row];
    size_t done = 0;
    memcpy(next, "[\"", 2);
    next += 2;
    for (size_t at = 0; at < size; at += 64) {
      uint64_t found = marks(text + at, separator);
      if (size - at < 64) found &= ((uint64_t)1 << (size - at)) - 1;
      for (; found; found &= found - 1) {
        const size_t place = at + (size_t)__builtin_ctzll(found);
        next = copyShort(next, text + done, place - done);
        if (text[place] == separator) {
          memcpy(next, "\",\"", 3);
          next += 3;
        } else {
          next = writeEscaped(text[place], next);
        }
        done = place + 1;
      }
    }
    next = copyShort(next, text + done, size - done);
    memcpy(next, "\"]", 2);
    next += 2;
    newEnds[row] = (uint32_t)(next - out);
  }
  return (size_t)(next - out);
}
