#pragma once
#include <cstddef>
#include <cstdint>

/// What a `\u` escape gave, and the bytes it took; length 0 when it is none.
struct JSONEscape {
  uint32_t scalar;
  size_t length;
};

/// Whether p[0, n) is a number of JSON.
bool json_is_number(const uint8_t *p, size_t n);

/// Writes a text without its escapes; gives the bytes written, or SIZE_MAX where an escape is none,
/// with `place` at it. Halves of surrogate pairs become U+FFFD and are counted.
/// `out` takes n bytes; nothing is written when it is null.
size_t json_unescape(const uint8_t *p, size_t n, uint8_t *out, size_t *lone, size_t *place);
