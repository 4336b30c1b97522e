#include "CSVIndex.h"

#include <string.h>

uint32_t decoy_csv_cells(const uint8_t *p, const uint32_t *separators, size_t stride, size_t count,
                         int trim, int carriage, uint32_t *starts, uint32_t *ends) {
  uint32_t empty = 0, quoted = 0;
  for (size_t r = 0; r < count; r++) {
    uint32_t start = separators[r * stride] + 1, end = separators[r * stride + 1];
    if (carriage) end -= end > start && p[end - 1] == '\r';
    if (trim) {
      uint32_t q = end > start + 1 && p[start] == '"' && p[end - 1] == '"';
      quoted |= q;
      start += q;
      end -= q;
    }
    empty |= start == end;
    starts[r] = start;
    ends[r] = end;
  }
  return (empty ? DECOY_CELL_EMPTY : 0) | (quoted ? DECOY_CELL_QUOTED : 0);
}

size_t decoy_count_byte(const uint8_t *p, size_t n, uint8_t wanted) {
  size_t total = 0;
  for (size_t i = 0; i < n; i++) total += p[i] == wanted;
  return total;
}

// The length of the sequence at p, by the table of well-formed UTF-8 (Unicode 3.9, table 3-7); 0
// when there is none. Only bytes before `left` count.
static inline size_t sequence(const uint8_t *p, size_t left) {
  uint8_t a = p[0];
  if (a < 0x80) return 1;
  if (a < 0xC2 || a > 0xF4 || left < 2) return 0;
  uint8_t low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80;
  uint8_t high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
  if (p[1] < low || p[1] > high) return 0;
  if (a < 0xE0) return 2;
  if (left < 3 || (p[2] & 0xC0) != 0x80) return 0;
  if (a < 0xF0) return 3;
  return left < 4 || (p[3] & 0xC0) != 0x80 ? 0 : 4;
}

static inline uint64_t load8(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

size_t decoy_utf8_valid_prefix(const uint8_t *p, size_t n) {
  size_t i = 0;
  while (i < n) {
    if (i + 32 <= n) {
      uint64_t any = load8(p + i) | load8(p + i + 8) | load8(p + i + 16) | load8(p + i + 24);
      if (!(any & 0x8080808080808080ull)) {
        i += 32;
        continue;
      }
    }
    while (i < n && p[i] < 0x80) i++;
    while (i < n && p[i] >= 0x80) {
      size_t length = sequence(p + i, n - i);
      if (length == 0) return i;
      i += length;
    }
  }
  return n;
}

void decoy_pack_bits(const uint8_t *bytes, size_t n, uint64_t *words) {
  size_t whole = n / 8;
  uint8_t *out = (uint8_t *)words;
  memset(words, 0, (n + 63) / 64 * 8);
  for (size_t i = 0; i < whole; i++) {
    uint64_t word = load8(bytes + 8 * i);
    // Any byte but 0 becomes 1: set the high bit, unless all is 0, and move it down.
    uint64_t ones = ((word & 0x7F7F7F7F7F7F7F7Full) + 0x7F7F7F7F7F7F7F7Full) | word;
    ones = (ones >> 7) & 0x0101010101010101ull;
    out[i] = (uint8_t)((ones * 0x0102040810204080ull) >> 56);
  }
  for (size_t i = whole * 8; i < n; i++)
    if (bytes[i]) words[i / 64] |= (uint64_t)1 << (i % 64);
}

size_t decoy_csv_unquote(const uint8_t *p, size_t n, uint8_t *out) {
  const uint64_t ones = 0x0101010101010101ull;
  size_t i = 1, k = 0;
  while (i < n) {
    uint64_t word = load8(p + i), x = word ^ ones * '"';
    if (!((x - ones) & ~x & ones << 7) && i + 8 <= n) {
      memcpy(out + k, &word, 8);
      i += 8;
      k += 8;
    } else if (p[i] != '"') {
      out[k++] = p[i++];
    } else if (i + 1 < n && p[i + 1] == '"') {
      out[k++] = '"';
      i += 2;
    } else {
      size_t rest = n - i - 1;
      memcpy(out + k, p + i + 1, rest);
      return k + rest;
    }
  }
  memcpy(out, p, n);
  return n;
}
