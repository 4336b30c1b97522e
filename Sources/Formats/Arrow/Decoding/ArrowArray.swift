import Columns

/// The values of a field in one batch: expanded where they were compressed, and checked, so that every
/// row can be read.
///
/// Bits, offsets and views are copies: nothing that a cut of the file could change leads astray.
final class ArrowArray: Sendable {
  /// Where the text of a view is.
  struct View: Sendable {
    let buffer: Int32
    let count: Int32
    let offset: Int
  }

  let name: String
  /// Of the values; of the dictionary's, where `codes` are here.
  let type: ArrowType
  let rowCount: Int
  /// A bit for each row; nil where all are present.
  let validity: BufferSlice<UInt8>?
  /// The values, or the bytes of texts; for codes the codes.
  let values: BufferSlice<UInt8>
  /// Where each text or list begins, and the last ends.
  let offsets: BufferSlice<Int64>?
  let views: BufferSlice<View>?
  let viewBuffers: [BufferSlice<UInt8>]
  let children: [ArrowArray]
  /// The type of the codes, and the parts of the dictionary one after the other.
  let codes: (type: ArrowType, dictionary: [ArrowArray])?

  init(_ field: ArrowField, _ part: ArrowPart, in source: ArrowSource, batch: ArrowBatch)
    throws(ArrowProblem)
  {
    name = field.name
    type = field.type
    rowCount = part.rowCount
    let stored = field.stored
    var buffers: [BufferSlice<UInt8>] = []
    for place in part.buffers { buffers.append(try source.bytes(place, batch.codec)) }
    try checkSizes(buffers.map { 0..<$0.count }, rowCount, part.nullCount, stored)
    let hasBits = part.nullCount > 0 && stored != .null
    validity = hasBits ? buffers[0].prefix((rowCount + 7) / 8).copied : nil
    var (offsets, views): (BufferSlice<Int64>?, BufferSlice<View>?)
    var values = BufferSlice<UInt8>(capacity: 0)
    var viewBuffers: [BufferSlice<UInt8>] = []
    if stored.isView {
      let inlined = buffers[1].copied
      viewBuffers = [inlined] + buffers.dropFirst(2)
      views = try Self.views(inlined, rowCount, viewBuffers)
    } else if let width = stored.offsetWidth {
      offsets = Self.offsets(buffers[1], rowCount, width)
      if buffers.count > 2 { values = buffers[2] }
    } else if buffers.count > 1 {
      values = buffers[1]
    }
    var children: [ArrowArray] = []
    for (child, childPart) in zip(field.storedChildren, part.children) {
      children.append(try ArrowArray(child, childPart, in: source, batch: batch))
    }
    self.offsets = offsets
    self.views = views
    self.values = values
    self.viewBuffers = viewBuffers
    self.children = children
    if let dictionary = field.dictionary {
      guard case .integer = dictionary.indexType else {
        throw .damaged("its codes are no integers")
      }
      codes = (
        dictionary.indexType,
        try source.dictionary(dictionary.id, before: batch.dictionaryCount, field)
      )
    } else {
      codes = nil
    }
    try checkLinks()
  }

  /// Offsets must ascend within what they point to; children must have enough rows.
  private func checkLinks() throws(ArrowProblem) {
    if codes != nil { return }
    let limit: Int
    switch type {
    case .list, .map: limit = children[0].rowCount
    case .fixedList(let count):
      guard children[0].rowCount / max(count, 1) >= rowCount || count == 0 else {
        throw .damaged("a list has too few elements")
      }
      return
    case .structure:
      for child in children where child.rowCount < rowCount {
        throw .damaged("a part has fewer rows than the whole")
      }
      return
    default: limit = values.count
    }
    guard let offsets else { return }
    var previous: Int64 = 0
    for row in 0...rowCount {
      let offset = offsets.pointer[row]
      guard offset >= previous else { throw .damaged("a value ends before it begins") }
      previous = offset
    }
    guard previous <= Int64(limit) else { throw .damaged("a value reaches out of its buffer") }
  }

  private static func offsets(
    _ bytes: BufferSlice<UInt8>, _ rows: Int, _ width: Int
  ) -> BufferSlice<Int64> {
    let offsets = BufferSlice<Int64>(zeroed: rows + 1)
    if rows == 0 { return offsets }
    let source = UnsafeRawPointer(bytes.pointer)
    for row in 0...rows {
      offsets.pointer[row] =
        width == 8
        ? source.loadUnaligned(fromByteOffset: 8 * row, as: Int64.self)
        : Int64(source.loadUnaligned(fromByteOffset: 4 * row, as: Int32.self))
    }
    return offsets
  }

  private static func views(
    _ bytes: BufferSlice<UInt8>, _ rows: Int, _ buffers: [BufferSlice<UInt8>]
  ) throws(ArrowProblem) -> BufferSlice<View> {
    let views = BufferSlice<View>(capacity: rows)
    let source = UnsafeRawPointer(bytes.pointer)
    for row in 0..<rows {
      let count = source.loadUnaligned(fromByteOffset: 16 * row, as: Int32.self)
      guard count >= 0 else { throw .damaged("a text has a negative length") }
      if count <= 12 {
        views.pointer[row] = View(buffer: 0, count: count, offset: 16 * row + 4)
        continue
      }
      let buffer = Int(source.loadUnaligned(fromByteOffset: 16 * row + 8, as: Int32.self)) + 1
      let offset = Int(source.loadUnaligned(fromByteOffset: 16 * row + 12, as: Int32.self))
      guard buffer >= 1, buffer < buffers.count, offset >= 0,
        offset + Int(count) <= buffers[buffer].count
      else { throw .damaged("a text reaches out of its buffer") }
      views.pointer[row] = View(buffer: Int32(buffer), count: count, offset: offset)
    }
    return views
  }
}

extension BufferSlice {
  /// The same elements in memory of their own.
  var copied: BufferSlice {
    let copy = BufferSlice(capacity: count)
    copy.pointer.update(from: pointer, count: count)
    return copy
  }
}
