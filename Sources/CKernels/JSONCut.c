#include "JSONCut.h"

#include <string.h>

enum { OUTSIDE, RECORD, SKIPPED, SCALAR, SKIPPED_SCALAR, KEY };
enum { VALUE, COMMA, NAME, COLON };
enum { SEPARATOR = 0x1E };

static inline bool is_space(uint8_t c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

static void fault(decoy_json_cutter *c, size_t place, decoy_cut_reason reason) {
  if (c->fault_count < DECOY_CUT_FAULTS)
    c->faults[c->fault_count] = (decoy_cut_fault){c->offset + place, reason};
  c->fault_count++;
}

void decoy_cut_begin(decoy_json_cutter *c) {
  c->level_count = 0;
  c->state = OUTSIDE;
  c->expects = VALUE;
  c->is_wanted = true;
  c->has_comma = c->is_in_string = c->is_escaped = false;
  c->depth = 0;
  c->key_length = 0;
  c->offset = c->records = c->values = c->fault_count = 0;
}

static uint8_t kind(const decoy_json_cutter *c) {
  return c->level_count ? c->levels[c->level_count - 1].kind : 0;
}

static uint8_t keys(const decoy_json_cutter *c) {
  return c->level_count ? c->levels[c->level_count - 1].keys : 0;
}

static void after_value(decoy_json_cutter *c) {
  c->state = OUTSIDE;
  c->expects = c->level_count ? COMMA : VALUE;
  c->is_wanted = true;
  c->has_comma = false;
}

// Goes into a container whose contents may be records; false when there are too many around it.
static bool enter(decoy_json_cutter *c, uint8_t opening, uint8_t key_count) {
  if (c->level_count == DECOY_CUT_LEVELS) return false;
  c->levels[c->level_count].kind = opening;
  c->levels[c->level_count].keys = key_count;
  c->level_count++;
  c->expects = opening == '[' ? VALUE : NAME;
  c->has_comma = false;
  return true;
}

// The first byte of a value; gives the byte that stands for it.
static uint8_t begin_value(decoy_json_cutter *c, size_t place, uint8_t byte) {
  uint8_t reached = keys(c) + (kind(c) == '{' ? 1 : 0);
  if (c->level_count == 0) c->values++;
  bool is_open = byte == '{' || byte == '[';
  c->depth = 1;
  c->is_in_string = byte == '"';
  c->is_escaped = false;
  if (!c->is_wanted) {
    c->state = is_open || c->is_in_string ? SKIPPED : SKIPPED_SCALAR;
    if (c->is_in_string) c->depth = 0;
    return ' ';
  }
  if (byte == '[' || (byte == '{' && reached < c->path_length)) {
    if (enter(c, byte, reached)) return byte == '[' ? SEPARATOR : ' ';
    fault(c, place, DECOY_CUT_TOO_DEEP);
    c->state = SKIPPED;
    return ' ';
  }
  if (byte == '{') {
    c->state = RECORD;
    c->records++;
    return byte;
  }
  // A scalar where an object should be: the reader says what is wrong with it, but a null page is none.
  if (kind(c) == '{') {
    c->state = c->is_in_string ? SKIPPED : SKIPPED_SCALAR;
    c->depth = 0;
    return ' ';
  }
  c->state = c->is_in_string ? RECORD : SCALAR;
  c->depth = 0;
  return byte;
}

static void end_key(decoy_json_cutter *c) {
  uint8_t reached = keys(c);
  const char *wanted = reached < c->path_length ? c->path[reached] : NULL;
  c->is_wanted = wanted && strlen(wanted) == c->key_length && !memcmp(wanted, c->key, c->key_length);
  c->state = OUTSIDE;
  c->expects = COLON;
}

// One byte around the records; gives the byte that stands for it.
static uint8_t outside(decoy_json_cutter *c, size_t place, uint8_t byte) {
  if (byte == '\n' || (is_space(byte) && c->level_count == 0)) return SEPARATOR;
  if (is_space(byte)) return ' ';
  if (byte == ']' || byte == '}') {
    if (c->has_comma) fault(c, place, DECOY_CUT_EXTRA_COMMA);
    if (kind(c) == '{' && (c->expects == VALUE || c->expects == COLON))
      fault(c, place, DECOY_CUT_NO_COLON);
    if (c->level_count == 0 || kind(c) != (byte == ']' ? '[' : '{')) {
      fault(c, place, DECOY_CUT_WRONG_CLOSE);
      if (c->level_count == 0) return ' ';
    }
    c->level_count--;
    after_value(c);
    return ' ';
  }
  if (byte == ',') {
    if (c->expects != COMMA) {
      fault(c, place, DECOY_CUT_EXTRA_COMMA);
      return SEPARATOR;
    }
    c->expects = kind(c) == '{' ? NAME : VALUE;
    c->has_comma = true;
    return SEPARATOR;
  }
  if (c->expects == COLON) {
    c->expects = VALUE;
    if (byte == ':') return ' ';
    fault(c, place, DECOY_CUT_NO_COLON);
  }
  if (c->expects == COMMA) {
    fault(c, place, DECOY_CUT_NO_COMMA);
    c->expects = kind(c) == '{' ? NAME : VALUE;
  }
  c->has_comma = false;
  if (c->expects == NAME) {
    if (byte == '"') {
      c->state = KEY;
      c->key_length = 0;
      c->is_escaped = false;
    } else {
      fault(c, place, DECOY_CUT_NO_KEY);
      c->is_wanted = false;
      return begin_value(c, place, byte);
    }
    return ' ';
  }
  return begin_value(c, place, byte);
}

// Follows a value to its end; `mask` 0 keeps its bytes. Gives the place behind what was read.
static size_t follow(decoy_json_cutter *c, uint8_t *p, size_t i, size_t n, bool keeps) {
  uint64_t depth = c->depth;
  bool is_in_string = c->is_in_string, is_escaped = c->is_escaped;
  for (; i < n; i++) {
    uint8_t byte = p[i];
    if (!keeps) p[i] = ' ';
    if (is_in_string) {
      if (is_escaped) {
        is_escaped = false;
      } else if (byte == '\\') {
        is_escaped = true;
      } else if (byte == '"') {
        is_in_string = false;
        if (depth == 0) goto done;
      }
      if (byte == SEPARATOR && keeps) p[i] = 0x1F;
      continue;
    }
    switch (byte) {
      case '"':
        is_in_string = true;
        break;
      case '{':
      case '[':
        depth++;
        break;
      case '}':
      case ']':
        if (--depth == 0) goto done;
        break;
      case SEPARATOR:
        if (keeps) p[i] = 0x1F;
        break;
      default:
        break;
    }
  }
  c->depth = depth;
  c->is_in_string = is_in_string;
  c->is_escaped = is_escaped;
  return n;
done:
  after_value(c);
  return i + 1;
}

static void follow_key(decoy_json_cutter *c, uint8_t byte) {
  if (!c->is_escaped && byte == '"') {
    end_key(c);
    return;
  }
  c->is_escaped = !c->is_escaped && byte == '\\';
  if (c->key_length < DECOY_CUT_KEY) c->key[c->key_length++] = (char)byte;
}

void decoy_cut(decoy_json_cutter *c, uint8_t *p, size_t n) {
  size_t i = 0;
  while (i < n) {
    uint8_t byte = p[i];
    switch (c->state) {
      case RECORD:
        i = follow(c, p, i, n, true);
        continue;
      case SKIPPED:
        i = follow(c, p, i, n, false);
        continue;
      case KEY:
        p[i] = ' ';
        follow_key(c, byte);
        break;
      case SCALAR:
      case SKIPPED_SCALAR:
        if (is_space(byte) || byte == ',' || byte == ']' || byte == '}') {
          after_value(c);
          continue;
        }
        if (c->state == SKIPPED_SCALAR) p[i] = ' ';
        break;
      default:
        p[i] = outside(c, i, byte);
    }
    i++;
  }
  c->offset += n;
}

void decoy_cut_end(decoy_json_cutter *c) {
  // A record that is cut off is the reader's fault to find.
  if (c->level_count > 0 && c->state != RECORD) fault(c, 0, DECOY_CUT_ENDS_EARLY);
}
