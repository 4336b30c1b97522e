#include "JSONReader.h"

#include <cstring>
#include <new>

// Blocks, pieces and runs; JSONRecord.cpp reads the records in them.

void decoy_json_reader::begin() {
  for (int32_t column : seen) columns[column].last = 0;
  seen.clear();
  records = 0;
  run_first = 1;
}

void decoy_json_reader::scan(const uint8_t *block, size_t n) {
  text = block;
  size = n;
  count = position = 0;
  is_tried = is_by_line = false;
  line = 0;
  backslash = 0;
  is_valid_text = true;
  repeated_keys = lone_surrogates = 0;
  faults.clear();
  heap.begin(block, n);
}

size_t decoy_json_reader::next(size_t limit) {
  if (limit > capacity) {
    capacity = limit;
    nulls.resize(capacity, 0);
    for (auto &column : columns) {
      column.starts.resize(capacity);
      column.ends.resize(capacity);
    }
  }
  heap.clear();
  run_first = records + 1;
  uint32_t rows = 0;
  while (rows < limit) {
    if (position >= count && !next_piece()) break;
    if (record(rows)) rows++;
  }
  return rows;
}

decoy_json_cells decoy_json_reader::cells(size_t column, size_t rows) {
  if (column >= columns.size() || columns[column].last < run_first)
    return {nulls.data(), nulls.data(), true};
  const auto &values = columns[column];
  uint32_t empty = 0;
  for (size_t i = 0; i < rows; i++) empty |= values.starts[i] == values.ends[i];
  return {values.starts.data(), values.ends.data(), empty != 0};
}

// The whole block; or line by line when something in it is no JSON at all.
bool decoy_json_reader::next_piece() {
  if (!is_tried) {
    is_tried = true;
    auto error = tokens.find(text, size);
    if (!error) {
      begin_piece(size);
      return true;
    }
    if (error == simdjson::EMPTY) return false;
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();
    is_by_line = true;
  }
  while (is_by_line && line < size)
    if (next_line()) return true;
  return false;
}

bool decoy_json_reader::next_line() {
  size_t start = line;
  auto found = static_cast<const uint8_t *>(std::memchr(text + start, separator, size - start));
  size_t end = found ? size_t(found - text) : size;
  line = end + 1;
  if (end == start) return false;
  auto error = tokens.find(text + start, end - start);
  if (error == simdjson::UTF8_ERROR) {
    // The tokens are the same with letters in place of all that is not ASCII.
    is_valid_text = false;
    line_copy.assign(text + start, text + end);
    for (auto &byte : line_copy) byte = byte < 0x80 ? byte : 'x';
    error = tokens.find(line_copy.data(), line_copy.size());
  }
  if (error == simdjson::EMPTY) return false;
  if (error) {
    lose_line(start, end, error);
    return false;
  }
  for (uint32_t i = 0; i < tokens.count; i++) tokens.places[i] += uint32_t(start);
  begin_piece(end);
  return true;
}

// Behind the last token stand some more at the end, so that a record that is cut off needs no care.
void decoy_json_reader::begin_piece(size_t end) {
  places = tokens.places;
  count = tokens.count;
  position = 0;
  piece_end = end;
  for (uint32_t i = 0; i < 4; i++) tokens.places[count + i] = uint32_t(end);
}

// A line with a string that is never closed, or with a control character in one.
void decoy_json_reader::lose_line(size_t start, size_t end, simdjson::error_code error) {
  while (start < end && text[start] <= ' ') start++;
  size_t quote = start;
  bool is_open = false;
  for (size_t i = start; i < end; i++) {
    if (is_open && text[i] < ' ') {
      faults.push_back({start, end, i, DECOY_JSON_CONTROL});
      return;
    }
    if (is_open && text[i] == '\\') {
      i++;
    } else if (text[i] == '"') {
      is_open = !is_open;
      quote = i;
    }
  }
  faults.push_back({start, end, quote, DECOY_JSON_OPEN_STRING});
}

// The C face. Only memory can be short; then the reader says so and is of no further use.

extern "C" decoy_json_reader *decoy_json_new(uint8_t separator, size_t max_depth,
                                             const char *flattened) {
  try {
    return new decoy_json_reader(separator, max_depth, flattened);
  } catch (...) {
    return nullptr;
  }
}

extern "C" void decoy_json_delete(decoy_json_reader *reader) { delete reader; }
extern "C" void decoy_json_begin(decoy_json_reader *reader) { reader->begin(); }

extern "C" void decoy_json_scan(decoy_json_reader *reader, const uint8_t *text, size_t n) {
  reader->scan(text, n);
}

extern "C" size_t decoy_json_next(decoy_json_reader *reader, size_t limit) {
  try {
    return reader->next(limit);
  } catch (...) {
    return SIZE_MAX;
  }
}

extern "C" const uint8_t *decoy_json_base(const decoy_json_reader *reader) {
  return reader->heap.base();
}
extern "C" bool decoy_json_is_valid_text(const decoy_json_reader *reader) {
  return reader->is_valid_text;
}
extern "C" size_t decoy_json_columns(const decoy_json_reader *reader) {
  return reader->columns.size();
}
extern "C" decoy_json_cells decoy_json_column(decoy_json_reader *reader, size_t column,
                                              size_t count) {
  return reader->cells(column, count);
}
extern "C" size_t decoy_json_seen(const decoy_json_reader *reader) { return reader->seen.size(); }

extern "C" decoy_json_name decoy_json_seen_at(const decoy_json_reader *reader, size_t place) {
  auto column = reader->seen[place];
  const auto &name = reader->names.dotted(reader->columns[column].node);
  return {size_t(column), name.data(), name.size()};
}

extern "C" size_t decoy_json_faults(const decoy_json_reader *reader) {
  return reader->faults.size();
}
extern "C" decoy_json_fault decoy_json_fault_at(const decoy_json_reader *reader, size_t place) {
  return reader->faults[place];
}
extern "C" size_t decoy_json_repeated_keys(const decoy_json_reader *reader) {
  return reader->repeated_keys;
}
extern "C" size_t decoy_json_lone_surrogates(const decoy_json_reader *reader) {
  return reader->lone_surrogates;
}
