#include "CRE2.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

struct CRE2Pattern {
  RE2 expression;
  CRE2Pattern(const re2::StringPiece &pattern, const RE2::Options &options)
      : expression(pattern, options) {}
};

static re2::StringPiece piece(const void *text, size_t length) {
  return re2::StringPiece(static_cast<const char *>(text), length);
}

extern "C" {

CRE2Pattern *cre2_compile(const char *pattern, size_t length, int ignoreCase, char *message,
                          size_t capacity) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!ignoreCase);
  options.set_max_mem(16 << 20);
  auto compiled = std::make_unique<CRE2Pattern>(piece(pattern, length), options);
  if (compiled->expression.ok()) return compiled.release();
  const std::string &error = compiled->expression.error();
  if (capacity > 0) {
    size_t size = error.size() < capacity - 1 ? error.size() : capacity - 1;
    std::memcpy(message, error.data(), size);
    message[size] = 0;
  }
  return nullptr;
}

void cre2_free(CRE2Pattern *pattern) { delete pattern; }

int cre2_group_count(const CRE2Pattern *pattern) {
  return pattern->expression.NumberOfCapturingGroups();
}

// All scalars in UTF-8, one behind the other.
static std::string allScalars() {
  std::string text;
  text.reserve(4500000);
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    auto part = [&](int shift) { text += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) text += static_cast<char>(c);
    else if (c < 0x800) text += static_cast<char>(0xC0 | c >> 6), part(0);
    else if (c < 0x10000) text += static_cast<char>(0xE0 | c >> 12), part(6), part(0);
    else text += static_cast<char>(0xF0 | c >> 18), part(12), part(6), part(0);
  }
  return text;
}

static uint32_t scalarAt(const char *text) {
  auto byte = [&](int i) { return static_cast<uint32_t>(static_cast<uint8_t>(text[i])); };
  const uint32_t lead = byte(0);
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return (lead & 0x1F) << 6 | (byte(1) & 0x3F);
  if (lead < 0xF0) return (lead & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return (lead & 7) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

size_t cre2_class_ranges(const char *pattern, size_t length, CRE2Range *ranges, size_t capacity) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_nl(false);
  const RE2 expression("(?:" + std::string(pattern, length) + ")+", options);
  if (!expression.ok()) return 0;
  const std::string text = allScalars();
  re2::StringPiece run;
  size_t count = 0, place = 0;
  while (expression.Match(text, place, text.size(), RE2::UNANCHORED, &run, 1)) {
    const char *last = run.data() + run.size() - 1;
    while ((*last & 0xC0) == 0x80) last--;
    if (count < capacity) ranges[count] = {scalarAt(run.data()), scalarAt(last)};
    count++;
    place = run.data() + run.size() - text.data();
  }
  return count;
}

void cre2_match_rows(const CRE2Pattern *pattern, const uint8_t *bytes, const uint32_t *starts,
                     const uint32_t *ends, size_t rows, uint64_t *bits) {
  const RE2 &expression = pattern->expression;
  for (size_t w = 0; w < (rows + 63) / 64; w++) {
    size_t count = rows - w * 64 < 64 ? rows - w * 64 : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++) {
      size_t row = w * 64 + i, size = ends[row] - starts[row];
      bool found = expression.Match(piece(bytes + starts[row], size), 0, size, RE2::UNANCHORED,
                                    nullptr, 0);
      word |= static_cast<uint64_t>(found) << i;
    }
    bits[w] = word;
  }
}

void cre2_extract_rows(const CRE2Pattern *pattern, const uint8_t *bytes, const uint32_t *starts,
                       const uint32_t *ends, size_t rows, int group, uint32_t *foundStarts,
                       uint32_t *foundEnds, uint64_t *bits) {
  const RE2 &expression = pattern->expression;
  const int groups = group + 1;
  auto found = std::make_unique<re2::StringPiece[]>(groups);
  std::memset(bits, 0, (rows + 63) / 64 * 8);
  for (size_t row = 0; row < rows; row++) {
    const size_t size = ends[row] - starts[row];
    foundStarts[row] = foundEnds[row] = starts[row];
    if (group > expression.NumberOfCapturingGroups()) continue;
    if (!expression.Match(piece(bytes + starts[row], size), 0, size, RE2::UNANCHORED, found.get(),
                          groups))
      continue;
    const re2::StringPiece &part = found[group];
    if (part.data() == nullptr) continue;
    foundStarts[row] =
        static_cast<uint32_t>(reinterpret_cast<const uint8_t *>(part.data()) - bytes);
    foundEnds[row] = foundStarts[row] + static_cast<uint32_t>(part.size());
    bits[row / 64] |= static_cast<uint64_t>(1) << (row % 64);
  }
}

// Adds bytes; 0 when there is no memory.
static int append(CRE2Texts *texts, const char *bytes, size_t count) {
  if (texts->size + count > texts->capacity) {
    size_t larger = texts->capacity * 2 > texts->size + count ? texts->capacity * 2
                                                              : texts->size + count + 4096;
    // 64 bytes behind the last text are readable.
    void *moved = std::realloc(texts->bytes, larger + 64);
    if (moved == nullptr) return 0;
    texts->bytes = static_cast<uint8_t *>(moved);
    texts->capacity = larger;
  }
  if (count > 0) std::memcpy(texts->bytes + texts->size, bytes, count);
  texts->size += count;
  return 1;
}

// Adds what a match is replaced by.
static int appendRewrite(CRE2Texts *texts, const char *rewrite, size_t length,
                         const re2::StringPiece *groups, int groupCount) {
  for (size_t i = 0; i < length; i++) {
    if (rewrite[i] != '\\' || i + 1 == length) {
      if (!append(texts, rewrite + i, 1)) return 0;
      continue;
    }
    i++;
    int group = rewrite[i] - '0';
    if (group < 0 || group > 9) {
      if (!append(texts, rewrite + i, 1)) return 0;
    } else if (group < groupCount && groups[group].data() != nullptr) {
      if (!append(texts, groups[group].data(), groups[group].size())) return 0;
    }
  }
  return 1;
}

static size_t scalarLength(uint8_t first) {
  return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

// Adds a text with every match replaced; 0 when it becomes longer than `limit`.
static int appendReplaced(const RE2 &expression, re2::StringPiece text, const char *rewrite,
                          size_t rewriteLength, size_t limit, CRE2Texts *out) {
  const int groupCount = std::min(expression.NumberOfCapturingGroups(), 9) + 1;
  re2::StringPiece groups[10];
  const size_t start = out->size;
  size_t place = 0, lastEnd = text.size() + 1;
  while (place <= text.size()) {
    if (!expression.Match(text, place, text.size(), RE2::UNANCHORED, groups, groupCount)) break;
    const size_t from = groups[0].data() - text.data(), length = groups[0].size();
    if (!append(out, text.data() + place, from - place)) return 0;
    place = from;
    if (length == 0 && from == lastEnd) {
      // Nothing, right behind a match, is none: on to the next scalar.
      if (from == text.size()) return 1;
      size_t step = scalarLength(static_cast<uint8_t>(text[from]));
      if (step > text.size() - from) step = text.size() - from;
      if (!append(out, text.data() + from, step)) return 0;
      place = from + step;
      continue;
    }
    if (!appendRewrite(out, rewrite, rewriteLength, groups, groupCount)) return 0;
    if (out->size - start > limit) return 0;
    place = lastEnd = from + length;
  }
  return append(out, text.data() + place, text.size() - place) && out->size - start <= limit;
}

void cre2_replace_rows(const CRE2Pattern *pattern, const uint8_t *bytes, const uint32_t *starts,
                       const uint32_t *ends, size_t rows, const char *rewrite,
                       size_t rewriteLength, size_t limit, size_t blockLimit, CRE2Texts *out,
                       uint32_t *offsets, uint64_t *tooLong) {
  out->size = 0;
  append(out, "", 0);
  std::memset(tooLong, 0, (rows + 63) / 64 * 8);
  offsets[0] = 0;
  for (size_t row = 0; row < rows; row++) {
    const size_t start = out->size;
    const re2::StringPiece text = piece(bytes + starts[row], ends[row] - starts[row]);
    const size_t left = blockLimit - start;
    if (!appendReplaced(pattern->expression, text, rewrite, rewriteLength,
                        limit < left ? limit : left, out)) {
      out->size = start;
      tooLong[row / 64] |= static_cast<uint64_t>(1) << (row % 64);
    }
    offsets[row + 1] = static_cast<uint32_t>(out->size);
  }
}

void cre2_free_texts(CRE2Texts *texts) { std::free(texts->bytes); }
}
