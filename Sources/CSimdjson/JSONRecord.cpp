#include <algorithm>
#include <cstring>

#include "JSONReader.h"
#include "JSONScalars.h"

#define INLINE inline __attribute__((always_inline))

// One record: a walk over the tokens of an object, which are exact where simdjson found no error.

// The first value of a column in a run, or in a chunk.
void decoy_json_reader::touch(JSONColumn &column) {
  if (column.last == 0) seen.push_back(int32_t(&column - columns.data()));
  std::fill(column.starts.begin(), column.starts.end(), 0);
  std::fill(column.ends.begin(), column.ends.end(), 0);
}

// The column of a node's name, made when it is new: `a.b` may be one key, or two.
int32_t decoy_json_reader::column_of(int32_t node) {
  auto found = column_names.emplace(names.dotted(node), int32_t(columns.size()));
  if (!found.second) return found.first->second;
  columns.emplace_back();
  columns.back().node = node;
  columns.back().starts.resize(capacity);
  columns.back().ends.resize(capacity);
  return found.first->second;
}

INLINE void decoy_json_reader::put(int32_t node, uint32_t row, uint32_t start, uint32_t end) {
  int32_t column = names[node].column;
  if (column < 0) column = names[node].column = column_of(node);
  JSONColumn &values = columns[column];
  if (values.last < run_first) {
    touch(values);
  } else if (values.last == records) {
    repeated_keys++;
  }
  values.last = records;
  values.starts[row] = start;
  values.ends[row] = end;
}

INLINE bool decoy_json_reader::has_backslash(size_t start, size_t end) {
  if (backslash < start) {
    auto found = static_cast<const uint8_t *>(std::memchr(text + start, '\\', size - start));
    backslash = found ? size_t(found - text) : size;
  }
  return backslash < end;
}

INLINE decoy_json_reader::Stop decoy_json_reader::check_string(uint32_t i, size_t *end,
                                                        bool *has_escapes) {
  size_t start = place(i) + 1;
  *end = end_before(i + 1);
  if (*end <= start || text[*end - 1] != '"') return {DECOY_JSON_OPEN_STRING, place(i)};
  --*end;
  *has_escapes = has_backslash(start, *end);
  return {0, 0};
}

INLINE decoy_json_reader::Stop decoy_json_reader::check_scalar(uint32_t i) {
  if (i >= count) return {DECOY_JSON_ENDS_EARLY, piece_end};
  size_t start = place(i), end = end_before(i + 1), length = end - start;
  const uint8_t *p = text + start;
  switch (p[0]) {
    case 't': case 'f': case 'n':
      return {json_is_word(p, length) ? 0 : DECOY_JSON_BAD_WORD, start};
    case '}': case ']': case ',': case ':':
      return {DECOY_JSON_NO_VALUE, start};
    case '0':
      return {length == 1 || json_is_number(p, length) ? 0 : DECOY_JSON_BAD_NUMBER, start};
    case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
      if (json_is_short_digits(p, length)) return {0, start};
      return {json_is_number(p, length) ? 0 : DECOY_JSON_BAD_NUMBER, start};
    case '-':
      return {json_is_number(p, length) ? 0 : DECOY_JSON_BAD_NUMBER, start};
    default:
      return {DECOY_JSON_BAD_WORD, start};
  }
}

// The key at token `i` with its colon, if it is one that probably comes; -1 where `slow_key` has to
// look.
INLINE int32_t decoy_json_reader::likely_key(uint32_t i, int32_t object, int32_t previous) const {
  size_t start = place(i) + 1, colon = place(i + 1);
  int32_t guess = names.guess(object, previous);
  if (guess < 0 || text[start - 1] != '"' || text[colon] != ':') return -1;
  size_t left = size - start;
  if (!names.matches(guess, text + start, left)) guess = names.skip(guess, text + start, left);
  // Its quote ends it, or stands behind a backslash; then the colon is further off.
  return guess >= 0 && start + names[guess].length + 1 == colon ? guess : -1;
}

INLINE decoy_json_reader::Stop decoy_json_reader::string(uint32_t i, int32_t node, uint32_t row) {
  size_t start = place(i) + 1, end;
  bool has_escapes;
  Stop stop = check_string(i, &end, &has_escapes);
  if (stop.reason) return stop;
  if (has_escapes) return escaped_string(start, end, node, row);
  put(node, row, uint32_t(start), uint32_t(end));
  return stop;
}

bool decoy_json_reader::record(uint32_t row) {
  size_t start = places[position];
  uint32_t first = position;
  if (text[start] == separator) {
    position++;
    bool is_joined = start + 1 < piece_end && text[start + 1] != separator &&
                     text[start + 1] > ' ' && place(position) != start + 1;
    if (!is_joined) return false;
    // A scalar right behind the separator is one token with it.
    start++;
  }
  auto found = static_cast<const uint8_t *>(std::memchr(text + start, separator, size - start));
  size_t end = found ? size_t(found - text) : size;
  size_t seen_before = seen.size();
  records++;
  keeps_arrays = wants_arrays = false;
  Stop stop = {DECOY_JSON_NOT_AN_OBJECT, start};
  if (text[start] == '{') {
    stop = walk(row);
    if (wants_arrays) {
      undo(row, seen_before);
      keeps_arrays = true;
      records++;
      backslash = 0;
      position = first;
      stop = walk(row);
    }
    // In documents one object may follow another directly.
    bool may_follow = separator != '\n' && at(position) == '{';
    if (!stop.reason && position < count && places[position] < end && !may_follow)
      stop = {DECOY_JSON_MORE_THAN_ONE, places[position]};
    if (!stop.reason && places[position - 1] > end) stop = {DECOY_JSON_ENDS_EARLY, end};
  }
  if (!stop.reason) return true;
  if (stop.place >= end) stop = {DECOY_JSON_ENDS_EARLY, end};
  faults.push_back({start, end, stop.place, decoy_json_reason(stop.reason)});
  undo(row, seen_before);
  backslash = 0;
  position = first;
  while (position < count && places[position] < end) position++;
  return false;
}

// Takes back what a record wrote.
void decoy_json_reader::undo(uint32_t row, size_t seen_before) {
  for (auto &column : columns)
    if (column.last == records) column.starts[row] = column.ends[row] = 0;
  while (seen.size() > seen_before) {
    columns[seen.back()].last = 0;
    seen.pop_back();
  }
}

decoy_json_reader::Stop decoy_json_reader::walk(uint32_t row) {
  frames.clear();
  Frame frame = {0, -1, false};
  uint32_t i = position;
  Stop stop = {0, 0};
open:  // i is at `{`
  i++;
  if (at(i) == '}') goto close;
key:
  if (int32_t found = likely_key(i, frame.node, frame.previous); found >= 0) {
    frame.previous = found;
  } else {
    SlowKey looked = slow_key(i, frame.node, frame.previous);
    if (looked.stop.reason) return looked.stop;
    frame.previous = looked.node;
  }
  i += 2;
  switch (at(i)) {
    case '"':
      stop = string(i, frame.previous, row);
      i++;
      break;
    case '{':
      frames.push_back(Frame(frame));
      if (frames.size() >= max_depth) return {DECOY_JSON_TOO_DEEP, place(i)};
      frame = {frame.previous, -1, false};
      goto open;
    case '[':
      if (names[frame.previous].is_flattened && !keeps_arrays) {
        if (at(i + 1) == '{') {
          frames.push_back(Frame(frame));
          if (frames.size() >= max_depth) return {DECOY_JSON_TOO_DEEP, place(i)};
          frame = {frame.previous, -1, true};
          i++;
          goto open;
        }
        if (at(i + 1) == ']') {
          i += 2;
          break;
        }
      }
      stop = array(&i, frames.size() + 2, frame.previous, row);
      break;
    default: {
      stop = check_scalar(i);
      if (stop.reason) return stop;
      size_t start = place(i), end = end_before(i + 1);
      if (text[start] == 'n') start = end = 0;
      put(frame.previous, row, uint32_t(start), uint32_t(end));
      i++;
    }
  }
  if (stop.reason) return stop;
after:
  if (at(i) == ',') {
    i++;
    goto key;
  }
  if (at(i) != '}') return {DECOY_JSON_NO_COMMA, place(i)};
close:
  i++;
  if (frames.empty()) {
    position = i;
    return {0, 0};
  }
  if (frame.is_in_array) {
    if (at(i) == ',') {
      wants_arrays = true;
      return {DECOY_JSON_NO_COMMA, place(i)};
    }
    if (at(i) != ']') return {DECOY_JSON_NO_COMMA, place(i)};
    i++;
  }
  frame = frames.back();
  frames.pop_back();
  goto after;
}

decoy_json_reader::SlowKey decoy_json_reader::slow_key(uint32_t i, int32_t object,
                                                       int32_t previous) {
  if (at(i) != '"') return {-1, {DECOY_JSON_NO_KEY, place(i)}};
  if (at(i + 1) != ':') return {-1, {DECOY_JSON_NO_COLON, place(i + 1)}};
  size_t start = place(i) + 1, end = end_before(i + 1);
  if (end <= start || text[end - 1] != '"') return {-1, {DECOY_JSON_NO_COLON, end}};
  end--;
  Stop stop = {0, 0};
  if (std::memchr(text + start, '\\', end - start))
    return {key_with_escapes(object, previous, start, end, &stop), stop};
  auto key = reinterpret_cast<const char *>(text + start);
  return {names.child(object, previous, {key, end - start}), stop};
}

int32_t decoy_json_reader::key_with_escapes(int32_t object, int32_t previous, size_t start,
                                            size_t end, Stop *stop) {
  std::string plain(end - start, 0);
  size_t wrong = 0;
  size_t length = json_unescape(text + start, end - start, reinterpret_cast<uint8_t *>(&plain[0]),
                                &lone_surrogates, &wrong);
  if (length == SIZE_MAX) {
    *stop = {DECOY_JSON_BAD_ESCAPE, start + wrong};
    return previous;
  }
  plain.resize(length);
  return names.child(object, previous, plain);
}

// As `check_string`, with the escapes.
decoy_json_reader::Stop decoy_json_reader::check_text(uint32_t i, size_t *end) {
  bool has_escapes;
  size_t start = place(i) + 1, wrong = 0, lone = 0;
  Stop stop = check_string(i, end, &has_escapes);
  if (stop.reason || !has_escapes) return stop;
  if (json_unescape(text + start, *end - start, nullptr, &lone, &wrong) == SIZE_MAX)
    return {DECOY_JSON_BAD_ESCAPE, start + wrong};
  return stop;
}

decoy_json_reader::Stop decoy_json_reader::escaped_string(size_t start, size_t end, int32_t node,
                                                          uint32_t row) {
  // The quote before the text tells it from null.
  uint8_t *out = heap.room(end - start + 1);
  size_t wrong = 0;
  size_t length = json_unescape(text + start, end - start, out + 1, &lone_surrogates, &wrong);
  if (length == SIZE_MAX) return {DECOY_JSON_BAD_ESCAPE, start + wrong};
  out[0] = '"';
  uint32_t place = heap.take(length + 1) + 1;
  put(node, row, place, uint32_t(place + length));
  return {0, 0};
}

// Keeps the array at token `*i` as text, without spaces between its tokens.
decoy_json_reader::Stop decoy_json_reader::array(uint32_t *i, size_t depth, int32_t node,
                                                 uint32_t row) {
  uint32_t first = *i;
  bool has_gaps = false;
  Stop stop = array_tokens(i, depth, &has_gaps);
  if (stop.reason) return stop;
  size_t start = place(first), end = place(*i - 1) + 1;
  if (has_gaps) {
    uint8_t *out = heap.room(end - start + 1);
    size_t length = 0;
    out[length++] = ' ';
    for (uint32_t t = first; t < *i; t++) {
      size_t from = place(t), size = (t + 1 < *i ? end_before(t + 1) : end) - from;
      std::memcpy(out + length, text + from, size);
      length += size;
    }
    start = heap.take(length) + 1;
    end = start + length - 1;
  }
  put(node, row, uint32_t(start), uint32_t(end));
  return stop;
}

// Checks the array at token `*i` and goes behind it. Values in it, objects too, are only checked.
decoy_json_reader::Stop decoy_json_reader::array_tokens(uint32_t *i, size_t depth,
                                                        bool *has_gaps) {
  brackets.clear();
  bool wants_value = true, may_close = false;
  size_t last_end = place(*i);
  do {
    if (*i >= count) return {DECOY_JSON_ENDS_EARLY, piece_end};
    uint8_t c = at(*i);
    size_t start = place(*i), end = start + 1;
    *has_gaps |= start != last_end;
    uint8_t open = brackets.empty() ? 0 : brackets.back();
    if (open && c == (open == '[' ? ']' : '}') && (!wants_value || may_close)) {
      brackets.pop_back();
      wants_value = may_close = false;
    } else if (!wants_value) {
      if (c != ',') return {DECOY_JSON_NO_COMMA, start};
      wants_value = true;
    } else {
      if (open == '{') {
        if (c != '"') return {DECOY_JSON_NO_KEY, start};
        if (at(*i + 1) != ':') return {DECOY_JSON_NO_COLON, place(*i + 1)};
        Stop stop = check_text(*i, &end);
        if (stop.reason) return stop;
        *has_gaps |= place(*i + 1) != end + 1 || place(*i + 2) != end + 2;
        *i += 2;
        c = at(*i);
        start = place(*i);
        end = start + 1;
      }
      may_close = false;
      wants_value = false;
      if (c == '[' || c == '{') {
        if (depth + brackets.size() > max_depth) return {DECOY_JSON_TOO_DEEP, start};
        brackets.push_back(c);
        wants_value = may_close = true;
      } else if (c == '"') {
        Stop stop = check_text(*i, &end);
        if (stop.reason) return stop;
        end++;
      } else {
        Stop stop = check_scalar(*i);
        if (stop.reason) return stop;
        end = end_before(*i + 1);
      }
    }
    last_end = end;
    ++*i;
  } while (!brackets.empty());
  return {0, 0};
}

