import Columns
import Parsing
import Plans

extension Expression {
  /// The name of the column that an item without a name makes.
  ///
  /// A column keeps its name; `count()` makes `count`, `avg(followers)` `avg_followers`,
  /// `day(followed_at)` `day`; anything else is called as it is written.
  var columnName: String {
    if case .name(let name) = kind { return name.text }
    return aggregateName ?? periodName ?? formatted
  }

  /// `avg_followers` of `avg(followers)`, `lag_n` of `lag(n)`; nil for anything but an aggregate or
  /// window function of columns.
  var aggregateName: String? {
    guard case .call(let name, let items) = kind,
      let entry = Catalogue.aggregate(named: name.text) ?? Catalogue.window(named: name.text)
    else { return nil }
    var words = [entry.name]
    for item in items {
      switch item.value.kind {
      case .name(let column): words.append(column.text)
      case .integer, .float:
        words.append(item.value.formatted.split(separator: ".").joined(separator: "_"))
      default: return nil
      }
    }
    return words.joined(separator: "_")
  }

  /// `day` of `day(followed_at)`.
  private var periodName: String? {
    guard case .call(let name, let items) = kind, items.count == 1,
      case .name = items[0].value.kind,
      let entry = Catalogue.function(named: name.text), entry.topic == .time,
      ["day", "week", "month", "quarter", "year", "hour", "weekday"].contains(entry.name)
    else { return nil }
    return entry.name
  }
}

/// A name that is not taken: the wanted one, else with `_2`, `_3`, … behind it.
package func freeName(_ wanted: String, among taken: Set<String>) -> String {
  var (name, number) = (wanted, 2)
  while taken.contains(name) {
    name = "\(wanted)_\(number)"
    number += 1
  }
  return name
}
