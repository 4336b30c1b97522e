#include "CSimdjson.h"

#include <cstdlib>
#include <cstring>
#include <simdjson.h>

// A fixed-arity C face of simdjson's DOM parser; exceptions never leave this file.

static decoy_json_text failed(const char *why) { return decoy_json_text{nullptr, 0, why}; }

extern "C" decoy_json_text decoy_json_field(const char *line, size_t length, const char *name) {
  try {
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    if (auto error = parser.parse(line, length).get(document)) return failed(simdjson::error_message(error));
    simdjson::dom::object object;
    if (document.get_object().get(object)) return failed("the line is not a JSON object");
    simdjson::dom::element field;
    if (object.at_key(name).get(field)) return failed("the object has no such field");
    std::string_view text;
    if (field.get_string().get(text)) return failed("the field is not a string");
    char *copy = static_cast<char *>(std::malloc(text.size() + 1));
    if (copy == nullptr) return failed("out of memory");
    std::memcpy(copy, text.data(), text.size());
    return decoy_json_text{copy, text.size(), nullptr};
  } catch (...) {
    return failed("the line could not be read");
  }
}

extern "C" void decoy_json_free(decoy_json_text text) { std::free(text.text); }
