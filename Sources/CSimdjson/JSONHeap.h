#pragma once
#include <cstdint>
#include <cstring>
#include <vector>

/// A block's text, and behind it what is not in the text as it should be read: texts without their
/// escapes, arrays without their spaces. The text is copied when the first such value comes.
class JSONHeap {
 public:
  void begin(const uint8_t *block, size_t length) {
    text = block;
    size = length;
    is_copied = false;
    used = length;
  }

  /// Forgets what is behind the text.
  void clear() { used = size; }

  /// What places count from.
  const uint8_t *base() const { return is_copied ? memory.data() + margin : text; }

  /// Room for `n` more bytes; gives where to write them.
  uint8_t *room(size_t n) {
    size_t wanted = used + n + 2 * margin;
    if (memory.size() < wanted) memory.resize(wanted + wanted / 2);
    if (!is_copied) std::memcpy(memory.data() + margin, text, size);
    is_copied = true;
    return memory.data() + margin + used;
  }

  /// Takes `n` of the bytes written; gives the place of the first.
  uint32_t take(size_t n) {
    uint32_t place = uint32_t(used);
    used += n;
    return place;
  }

 private:
  static constexpr size_t margin = 64;
  const uint8_t *text = nullptr;
  size_t size = 0, used = 0;
  bool is_copied = false;
  std::vector<uint8_t> memory;
};
