#include "CRE2.h"

#include <re2/re2.h>

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

char *cre2_replace_all(const CRE2Pattern *pattern, const uint8_t *text, size_t length,
                       const char *rewrite, size_t rewriteLength, size_t *resultLength) {
  std::string result(reinterpret_cast<const char *>(text), length);
  RE2::GlobalReplace(&result, pattern->expression, piece(rewrite, rewriteLength));
  char *copy = static_cast<char *>(std::malloc(result.size() + 1));
  if (copy == nullptr) return nullptr;
  std::memcpy(copy, result.data(), result.size());
  *resultLength = result.size();
  return copy;
}

void cre2_free_text(char *text) { std::free(text); }

int cre2_check_rewrite(const CRE2Pattern *pattern, const char *rewrite, size_t length) {
  std::string error;
  return pattern->expression.CheckRewriteString(piece(rewrite, length), &error);
}
}
