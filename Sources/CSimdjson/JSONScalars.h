#pragma once
#include <cstddef>
#include <cstdint>

/// What a `\u` escape gave, and the bytes it took; length 0 when it is none.
struct JSONEscape {
  uint32_t scalar;
  size_t length;
};

inline bool json_is_digit(uint8_t c) { return uint8_t(c - '0') < 10; }

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
