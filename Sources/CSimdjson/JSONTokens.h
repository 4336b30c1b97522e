#pragma once
#include <cstdint>
#include <memory>
#include <simdjson.h>

/// Where the tokens of a text begin: simdjson's first stage, which also checks UTF-8, strings that
/// are never closed, and control characters in strings.
class JSONTokens {
 public:
  /// Finds the tokens of p[0, n); `places` and `count` are valid when it succeeds.
  simdjson::error_code find(const uint8_t *p, size_t n) {
    if (!parser || n > capacity) {
      capacity = n + n / 2 + 1024;
      auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
          capacity, 16, parser);
      if (error) return error;
    }
    auto error = parser->stage1(p, n, simdjson::stage1_mode::regular);
    places = parser->structural_indexes.get();
    count = error ? 0 : parser->n_structural_indexes;
    return error;
  }

  uint32_t *places = nullptr;
  uint32_t count = 0;

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  size_t capacity = 0;
};
