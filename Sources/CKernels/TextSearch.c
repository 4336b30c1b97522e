#include "TextSearch.h"

#include <string.h>

#include "Internal/Clones.h"
#include "Internal/Scalars.h"
#include "Internal/TextHeads.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1)));

// The bits of 64 flags, each 0 or 1.
INLINE uint64_t bitsOf(const uint8_t *flags) {
  Bits64 found = __builtin_convertvector(*(const Bytes64 *)flags != (Bytes64)(uint8_t)0, Bits64);
  uint64_t bits;
  memcpy(&bits, &found, 8);
  return bits;
}

typedef _Bool Bits16 __attribute__((ext_vector_type(16)));
typedef uint32_t Words16 __attribute__((ext_vector_type(16), aligned(4)));

// The bits of 64 texts of a length.
INLINE uint64_t ofLength(const uint32_t *starts, const uint32_t *ends, uint32_t length) {
  uint64_t bits = 0;
  for (size_t i = 0; i < 64; i += 16) {
    const Words16 lengths = *(const Words16 *)(ends + i) - *(const Words16 *)(starts + i);
    const Bits16 found = __builtin_convertvector(lengths == (Words16)length, Bits16);
    uint16_t own;
    memcpy(&own, &found, 2);
    bits |= (uint64_t)own << i;
  }
  return bits;
}

// Few texts have the right length, which is seen without looking at them, and of those the first and
// the last eight bytes tell most apart; 64 bytes behind a text are readable.
KERNEL static void equal(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                         size_t rows, const uint8_t *needle, size_t length, uint64_t *bits) {
  const size_t near = length < 8 ? length : 8;
  const uint64_t mask = length < 8 ? ((uint64_t)1 << (8 * length)) - 1 : ~(uint64_t)0;
  uint64_t head = 0, tail = 0;
  memcpy(&head, needle, near);
  memcpy(&tail, needle + length - near, near);
  for (size_t at = 0; at < rows; at += 64) {
    uint64_t likely = 0;
    if (rows - at >= 64) likely = ofLength(starts + at, ends + at, (uint32_t)length);
    else
      for (size_t i = 0; i < rows - at; i++)
        likely |= (uint64_t)(ends[at + i] - starts[at + i] == length) << i;
    // All empty texts are equal.
    uint64_t word = length == 0 ? likely : 0;
    for (likely ^= word; likely; likely &= likely - 1) {
      const size_t i = (size_t)__builtin_ctzll(likely);
      const uint8_t *text = bytes + starts[at + i];
      uint64_t first, last;
      memcpy(&first, text, 8);
      memcpy(&last, text + length - near, 8);
      uint64_t isEqual = (((first ^ head) | (last ^ tail)) & mask) == 0;
      if (isEqual && length > 16) isEqual = memcmp(text, needle, length) == 0;
      word |= isEqual << i;
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
    readAhead(bytes, isEnd ? ends : starts, at, rows);
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

// The most pieces of 64 bytes that are counted before the texts are.
enum { MOST_PIECES = 512 };

// The lengths of texts that lie behind each other, of MOST_PIECES pieces at most: bytes of all texts are
// looked at in order, and what goes on with a scalar up to an end is then known by a look at its piece.
INLINE void nearLengths(const uint8_t *bytes, const uint32_t *offsets, size_t rows,
                        int64_t *lengths) {
  uint64_t bits[MOST_PIECES + 1];
  uint32_t before[MOST_PIECES + 1];
  const uint32_t first = offsets[0], count = offsets[rows] - first;
  const uint32_t pieces = count / 64 + 1;
  uint32_t sum = 0;
  for (uint32_t i = 0; i < pieces; i++) {
    bits[i] = continued(bytes + first + 64 * (size_t)i);
    before[i] = sum;
    sum += (uint32_t)__builtin_popcountll(bits[i]);
  }
  if (sum == 0) {
    // All of it is ASCII.
    for (size_t i = 0; i < rows; i++) lengths[i] = offsets[i + 1] - offsets[i];
    return;
  }
  uint32_t done = 0;
  for (size_t i = 0; i < rows; i++) {
    const uint32_t end = offsets[i + 1] - first;
    const uint64_t own = bits[end / 64] & (((uint64_t)1 << (end % 64)) - 1);
    const uint32_t here = before[end / 64] + (uint32_t)__builtin_popcountll(own);
    lengths[i] = (int64_t)(offsets[i + 1] - offsets[i]) - (int64_t)(here - done);
    done = here;
  }
}

INLINE int areNear(const uint32_t *starts, const uint32_t *ends, size_t rows) {
  return ends == starts + 1 && ends[rows - 1] - starts[0] < 64 * MOST_PIECES;
}

KERNEL void ck_text_lengths(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                            size_t rows, int64_t *lengths) {
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    if (areNear(starts + at, ends + at, count))
      nearLengths(bytes, starts + at, count, lengths + at);
    else
      for (size_t i = at; i < at + count; i++) lengths[i] = scalars(bytes + starts[i], ends[i] - starts[i]);
  }
}

typedef struct {
  uint64_t less, equal;
} Compared;

// Of up to 64 texts that lie behind each other.
INLINE Compared compareNear(const uint8_t *bytes, const uint32_t *starts, size_t count,
                            uint32_t length) {
  int64_t lengths[64];
  uint8_t isLess[64] = {0}, isEqual[64] = {0};
  nearLengths(bytes, starts, count, lengths);
  for (size_t i = 0; i < count; i++) {
    isLess[i] = lengths[i] < length;
    isEqual[i] = lengths[i] == length;
  }
  return (Compared){bitsOf(isLess), bitsOf(isEqual)};
}

// So few of 64 are looked at one by one.
enum { FEW_OPEN = 24 };

KERNEL void ck_compare_lengths(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                               size_t rows, uint32_t length, int operation, int inverted,
                               uint64_t *bits) {
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint8_t short_[64] = {0}, open[64] = {0};
    for (size_t i = 0; i < count; i++) {
      const uint32_t own = ends[at + i] - starts[at + i];
      short_[i] = own < length;
      open[i] = own >= length && (uint64_t)own <= 4 * (uint64_t)length;
    }
    uint64_t less = bitsOf(short_), equal = 0, left = bitsOf(open);
    if (__builtin_popcountll(left) > FEW_OPEN && areNear(starts + at, ends + at, count)) {
      const Compared all = compareNear(bytes, starts + at, count, length);
      less = all.less;
      equal = all.equal;
      left = 0;
    }
    for (; left; left &= left - 1) {
      const size_t i = (size_t)__builtin_ctzll(left);
      const uint32_t own = scalars(bytes + starts[at + i], ends[at + i] - starts[at + i]);
      less |= (uint64_t)(own < length) << i;
      equal |= (uint64_t)(own == length) << i;
    }
    const uint64_t found = operation == 0 ? less : operation == 1 ? less | equal : equal;
    bits[at / 64] = (inverted ? ~found : found) & (~(uint64_t)0 >> (64 - count));
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
