#pragma once
#include <stdint.h>
#include <string.h>

#include "Scalars.h"

// Writes a byte of a JSON string with its escape.
INLINE uint8_t *writeEscaped(uint8_t byte, uint8_t *at) {
  static const char digits[] = "0123456789abcdef";
  static const char names[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  int isSpecial = byte && (byte < 0x20 || byte == '"' || byte == '\\');
  const char *name = isSpecial ? strchr(names, byte) : 0;
  if (name) {
    *at++ = '\\';
    *at++ = (uint8_t)letters[name - names];
  } else if (byte < 0x20) {
    memcpy(at, "\\u00", 4);
    at[4] = (uint8_t)digits[byte >> 4];
    at[5] = (uint8_t)digits[byte & 15];
    at += 6;
  } else {
    *at++ = byte;
  }
  return at;
}
