#pragma once
#include <string>
#include <vector>

#include "CSimdjson.h"
#include "JSONHeap.h"
#include "JSONNames.h"
#include "JSONTokens.h"

/// One column: where its values in the rows of the run are.
struct JSONColumn {
  int32_t node;
  std::vector<uint32_t> starts, ends;
  /// The record that wrote it last, counted from 1 over the chunk; 0 for none.
  uint64_t last = 0;
};

/// Reads blocks of records; see CSimdjson.h for what each call gives.
struct decoy_json_reader {
  decoy_json_reader(uint8_t separator, size_t max_depth, const char *flattened)
      : separator(separator), max_depth(max_depth), names(flattened) {}

  void begin();
  void scan(const uint8_t *text, size_t n);
  size_t next(size_t limit);
  decoy_json_cells cells(size_t column, size_t count);

  const uint8_t separator;
  const size_t max_depth;
  JSONNames names;
  JSONHeap heap;
  std::vector<JSONColumn> columns;
  std::unordered_map<std::string, int32_t> column_names;
  std::vector<int32_t> seen;
  std::vector<decoy_json_fault> faults;
  size_t repeated_keys = 0, lone_surrogates = 0;
  bool is_valid_text = true;

 private:
  /// An object that is being read: its node, the key before, and whether an array of one holds it.
  struct Frame {
    int32_t node, previous;
    bool is_in_array;
  };
  /// Why and where reading a record stopped; reason 0 when it did not.
  struct Stop {
    int reason;
    size_t place;
  };

  /// The node of a key, unless reading stopped there.
  struct SlowKey {
    int32_t node;
    Stop stop;
  };

  // Tokens: JSONTokens of the block, or of one line of it where the block has a fault.
  bool next_piece();
  bool next_line();
  void lose_line(size_t start, size_t end, simdjson::error_code error);
  void begin_piece(size_t end);
  // Up to four tokens behind the last may be asked for.
  uint8_t at(uint32_t i) const { return text[places[i]]; }
  size_t place(uint32_t i) const { return places[i]; }
  /// Where the token before token `i` ends, without the spaces behind it.
  size_t end_before(uint32_t i) const {
    size_t end = place(i);
    while (text[end - 1] == ' ' || text[end - 1] == '\n' || text[end - 1] == '\r' ||
           text[end - 1] == '\t')
      end--;
    return end;
  }

  // Records.
  bool record(uint32_t row);
  Stop walk(uint32_t row);
  int32_t likely_key(uint32_t i, int32_t object, int32_t previous) const;
  SlowKey slow_key(uint32_t i, int32_t object, int32_t previous);
  int32_t key_with_escapes(int32_t object, int32_t previous, size_t start, size_t end, Stop *stop);
  Stop string(uint32_t i, int32_t node, uint32_t row);
  Stop escaped_string(size_t start, size_t end, int32_t node, uint32_t row);
  Stop array(uint32_t *i, size_t depth, int32_t node, uint32_t row);
  Stop array_tokens(uint32_t *i, size_t depth, bool *has_gaps);
  Stop check_scalar(uint32_t i);
  Stop check_string(uint32_t i, size_t *end, bool *has_escapes);
  Stop check_text(uint32_t i, size_t *end);
  void put(int32_t node, uint32_t row, uint32_t start, uint32_t end);
  int32_t column_of(int32_t node);
  void touch(JSONColumn &column);
  void undo(uint32_t row, size_t seen_before);
  bool has_backslash(size_t start, size_t end);

  JSONTokens tokens;
  const uint8_t *text = nullptr;
  size_t size = 0;
  const uint32_t *places = nullptr;
  uint32_t count = 0, position = 0;
  size_t piece_end = 0;
  bool is_tried = false, is_by_line = false;
  size_t line = 0;
  std::vector<uint8_t> line_copy;

  size_t capacity = 0;
  uint64_t records = 0, run_first = 1;
  size_t backslash = 0;
  bool keeps_arrays = false, wants_arrays = false;
  std::vector<Frame> frames;
  std::vector<uint8_t> brackets;
  std::vector<uint32_t> nulls;
};
