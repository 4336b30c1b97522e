#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

/// What a `\u` escape gave, and the bytes it took; length 0 when it is none.
struct JSONEscape {
  uint32_t scalar;
  size_t length;
};

inline bool json_is_digit(uint8_t c) { return uint8_t(c - '0') < 10; }

/// Whether p[0, n) is at most eight digits; 8 bytes are read.
///
/// The lengths of numbers differ from record to record: a loop over the digits is guessed wrong.
inline bool json_is_short_digits(const uint8_t *p, size_t n) {
  if (n - 1 > 7) return false;
  uint64_t word;
  std::memcpy(&word, p, 8);
  // The digits go to the end of the word (little-endian), zeros stand before them.
  size_t spare = 8 * (8 - n);
  word = (word << spare) | (0x3030303030303030 & ((uint64_t(1) << spare) - 1));
  const uint64_t high = 0xF0F0F0F0F0F0F0F0, zeros = 0x3030303030303030, six = 0x0606060606060606;
  return ((word & high) == zeros) & (((word + six) & high) == zeros);
}

/// Whether p[0, n) is true, false or null; 8 bytes are read.
inline bool json_is_word(const uint8_t *p, size_t n) {
  uint64_t word;
  std::memcpy(&word, p, 8);
  const uint64_t four = word & 0xFFFFFFFF, five = word & 0xFFFFFFFFFF;
  const uint64_t is_true = 0x65757274, is_null = 0x6C6C756E, is_false = 0x65736C6166;
  return ((n == 4) & ((four == is_true) | (four == is_null))) | ((n == 5) & (five == is_false));
}

/// Whether p[0, n) is a number of JSON.
inline bool json_is_number(const uint8_t *p, size_t n) {
  size_t i = n > 0 && p[0] == '-' ? 1 : 0;
  if (i == n || !json_is_digit(p[i])) return false;
  if (p[i] == '0') {
    i++;
  } else {
    while (i < n && json_is_digit(p[i])) i++;
  }
  if (i < n && p[i] == '.') {
    size_t first = ++i;
    while (i < n && json_is_digit(p[i])) i++;
    if (i == first) return false;
  }
  if (i < n && (p[i] | 0x20) == 'e') {
    i++;
    if (i < n && (p[i] == '+' || p[i] == '-')) i++;
    size_t first = i;
    while (i < n && json_is_digit(p[i])) i++;
    if (i == first) return false;
  }
  return i == n;
}

/// Writes a text without its escapes; gives the bytes written, or SIZE_MAX where an escape is none,
/// with `place` at it. Halves of surrogate pairs become U+FFFD and are counted.
/// `out` takes n bytes; nothing is written when it is null.
size_t json_unescape(const uint8_t *p, size_t n, uint8_t *out, size_t *lone, size_t *place);
