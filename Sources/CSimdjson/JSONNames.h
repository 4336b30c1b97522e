#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The keys met so far, as a tree: a node is a key of an object, the root is the record.
///
/// Records mostly have their keys in the same order, so each node remembers which came after it.
class JSONNames {
 public:
  struct Node {
    /// 16 bytes of the key with the quote behind, and masks of those.
    uint64_t words[2], masks[2];
    uint32_t length = 0;
    /// The column of its values; -1 while it had none.
    int32_t column = -1;
    /// The first key inside it, and the next beside it, when last seen.
    int32_t first = -1, next = -1;
    bool is_flattened = false;
  };
  /// The key, and the keys from the root joined by points.
  struct Name {
    std::string key, dotted;
  };

  explicit JSONNames(const char *flattened) : flattened(flattened) {
    nodes.emplace_back();
    names.emplace_back();
  }

  Node &operator[](int32_t node) { return nodes[node]; }
  const Node &operator[](int32_t node) const { return nodes[node]; }

  const std::string &dotted(int32_t node) const { return names[node].dotted; }

  /// The key that probably comes after `previous` in `object`, or first; -1 when nothing is known.
  int32_t guess(int32_t object, int32_t previous) const {
    return previous < 0 ? nodes[object].first : nodes[previous].next;
  }

  /// Whether the text behind a key's first quote is the key of a node, and the quote; `left` bytes of
  /// it are there, and some behind.
  bool matches(int32_t node, const uint8_t *text, size_t left) const {
    const Node &n = nodes[node];
    uint64_t words[2];
    std::memcpy(words, text, 16);
    if (((words[0] ^ n.words[0]) & n.masks[0]) | ((words[1] ^ n.words[1]) & n.masks[1])) return false;
    return n.length < 16 || matches_rest(node, text, left);
  }

  /// Steps over keys that this record has not: the first of those after `node` that matches, or -1.
  int32_t skip(int32_t node, const uint8_t *text, size_t left) const {
    for (int step = 0; step < 6 && node >= 0; step++) {
      node = nodes[node].next;
      if (node >= 0 && matches(node, text, left)) return node;
    }
    return -1;
  }

  /// The node of a key in an object, made when it is new; remembers that it came after `previous`.
  int32_t child(int32_t object, int32_t previous, std::string_view key) {
    std::string wanted(reinterpret_cast<const char *>(&object), sizeof object);
    wanted.append(key);
    auto found = places.find(wanted);
    int32_t node = found == places.end() ? add(object, key, wanted) : found->second;
    (previous < 0 ? nodes[object].first : nodes[previous].next) = node;
    return node;
  }

 private:
  bool matches_rest(int32_t node, const uint8_t *text, size_t left) const {
    const std::string &key = names[node].key;
    return key.size() < left && text[key.size()] == '"' &&
           std::memcmp(text + 16, key.data() + 16, key.size() - 16) == 0;
  }

  int32_t add(int32_t object, std::string_view key, const std::string &wanted) {
    Node node;
    node.length = uint32_t(key.size());
    node.is_flattened = !flattened.empty() && key == flattened;
    std::string text(key);
    names.push_back({text, object == 0 ? text : names[object].dotted + "." + text});
    uint8_t bytes[16] = {0}, mask[16] = {0};
    for (size_t i = 0; i < 16 && i <= key.size(); i++) {
      bytes[i] = i < key.size() ? key[i] : '"';
      mask[i] = 0xFF;
    }
    std::memcpy(node.words, bytes, 16);
    std::memcpy(node.masks, mask, 16);
    nodes.push_back(node);
    int32_t place = int32_t(nodes.size()) - 1;
    places.emplace(wanted, place);
    return place;
  }

  std::vector<Node> nodes;
  std::vector<Name> names;
  std::unordered_map<std::string, int32_t> places;
  std::string flattened;
};
