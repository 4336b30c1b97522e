#include "CSVIndex.h"

#include <string.h>

void decoy_csv_columns(const uint32_t *separators, size_t stride, size_t count, size_t columns,
                       uint32_t *out, size_t out_stride) {
  for (size_t r = 0; r < count; r++) {
    const uint32_t *row = separators + r * stride;
    uint32_t *to = out + r;
    for (size_t c = 0; c <= columns; c++) {
      *to = row[c];
      to += out_stride;
    }
  }
}

void decoy_csv_cut_carriage(const uint8_t *p, const uint32_t *before, uint32_t *ends,
                            size_t count) {
  for (size_t r = 0; r < count; r++)
    ends[r] -= ends[r] > before[r] + 1 && p[ends[r] - 1] == '\r';
}

int decoy_csv_starts(const uint32_t *before, const uint32_t *ends, size_t count, uint32_t *starts) {
  uint32_t empty = 0;
  for (size_t r = 0; r < count; r++) {
    starts[r] = before[r] + 1;
    empty |= before[r] + 1 == ends[r];
  }
  return empty != 0;
}

int decoy_csv_trim(const uint8_t *p, size_t count, uint32_t *starts, const uint32_t *ends,
                   uint32_t *new_ends) {
  uint32_t empty = 0;
  for (size_t r = 0; r < count; r++) {
    uint32_t start = starts[r], end = ends[r];
    uint32_t quoted = end > start + 1 && p[start] == '"' && p[end - 1] == '"';
    starts[r] = start + quoted;
    new_ends[r] = end - quoted;
    empty |= start + quoted == end - quoted;
  }
  return empty != 0;
}

size_t decoy_count_byte(const uint8_t *p, size_t n, uint8_t wanted) {
  size_t total = 0;
  for (size_t i = 0; i < n; i++) total += p[i] == wanted;
  return total;
}

static inline uint64_t load8(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
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
