#include "JSONScalars.h"

#include <cstring>

// The number of four hexadecimal digits; above 0xFFFF when they are none.
static uint32_t hex4(const uint8_t *p) {
  uint32_t value = 0;
  for (int i = 0; i < 4; i++) {
    uint8_t c = p[i], letter = c | 0x20;
    uint32_t digit = json_is_digit(c) ? c - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : 16;
    if (digit > 15) return 0x10000;
    value = value * 16 + digit;
  }
  return value;
}

// Reads `\uXXXX`, and the other half when it follows.
static JSONEscape unicode_escape(const uint8_t *p, size_t n, size_t *lone) {
  if (n < 6) return {0, 0};
  uint32_t first = hex4(p + 2);
  if (first > 0xFFFF) return {0, 0};
  if (first < 0xD800 || first > 0xDFFF) return {first, 6};
  if (first < 0xDC00 && n >= 12 && p[6] == '\\' && p[7] == 'u') {
    uint32_t second = hex4(p + 8);
    if (second >= 0xDC00 && second <= 0xDFFF)
      return {0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12};
  }
  ++*lone;
  return {0xFFFD, 6};
}

static size_t write_utf8(uint32_t scalar, uint8_t *out) {
  if (scalar < 0x80) {
    out[0] = uint8_t(scalar);
    return 1;
  }
  size_t length = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--) {
    out[i] = uint8_t(0x80 | (scalar & 0x3F));
    scalar >>= 6;
  }
  static const uint8_t leads[5] = {0, 0, 0xC0, 0xE0, 0xF0};
  out[0] = uint8_t(leads[length] | scalar);
  return length;
}

static int simple_escape(uint8_t c) {
  switch (c) {
    case '"': case '\\': case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return -1;
  }
}

size_t json_unescape(const uint8_t *p, size_t n, uint8_t *out, size_t *lone, size_t *place) {
  size_t i = 0, written = 0;
  uint8_t none[4];
  while (i < n) {
    auto found = static_cast<const uint8_t *>(std::memchr(p + i, '\\', n - i));
    size_t plain = found ? size_t(found - p) - i : n - i;
    if (out) std::memcpy(out + written, p + i, plain);
    written += plain;
    i += plain;
    if (i >= n) break;
    JSONEscape escape = {0, 0};
    if (i + 1 < n && p[i + 1] == 'u') {
      escape = unicode_escape(p + i, n - i, lone);
    } else if (i + 1 < n) {
      int c = simple_escape(p[i + 1]);
      if (c >= 0) escape = {uint32_t(c), 2};
    }
    if (escape.length == 0) {
      *place = i;
      return SIZE_MAX;
    }
    written += write_utf8(escape.scalar, out ? out + written : none);
    i += escape.length;
  }
  return written;
}
