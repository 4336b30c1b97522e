/// What completion may ask of the world outside the session.
package struct Surroundings: Sendable {
  /// A file or folder.
  package struct Entry: Sendable, Hashable {
    package let name: String
    package let isFolder: Bool

    package init(name: String, isFolder: Bool) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  /// The entries of a folder: `""` is the working one, else a path that ends in `/`.
  ///
  /// Called at most once for each completion; to be bounded by its maker.
  package let entries: @Sendable (String) -> [Entry]
  /// The dot commands, in the order of the help.
  package let commands: [CommandDescription]

  package init(
    commands: [CommandDescription] = [],
    entries: @escaping @Sendable (String) -> [Entry] = { _ in [] }
  ) {
    self.commands = commands
    self.entries = entries
  }
}

/// A dot command, for completion and help.
package struct CommandDescription: Sendable {
  /// What stands behind the command.
  package enum Argument: Sendable, Hashable {
    case none
    /// A verb, function, aggregate or topic of the help.
    case topic
    case table
    case file
    case choice([String])
  }

  /// Without the dot.
  package let name: String
  /// As written: `.schema [TABLE]`.
  package let usage: String
  /// One line, no full stop.
  package let summary: String
  package let argument: Argument

  package init(name: String, usage: String, summary: String, argument: Argument) {
    self.name = name
    self.usage = usage
    self.summary = summary
    self.argument = argument
  }
}
