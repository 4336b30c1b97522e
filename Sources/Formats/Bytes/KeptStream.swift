import Columns

/// A pipe that can be read twice, because what came through it is kept in memory.
package final class KeptStream: ByteStream {
  private let source: any ByteStream
  private var pieces: [(buffer: Buffer, count: Int)] = []
  private var piece = 0
  private var place = 0
  private var isAtEnd = false

  private static let pieceSize = 1 << 20

  package init(_ source: any ByteStream) { self.source = source }

  package var warning: String? { source.warning }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    if piece == pieces.count, !(try readPiece()) { return 0 }
    let (kept, count) = pieces[piece]
    let taken = min(buffer.count, count - place)
    buffer.baseAddress?.copyMemory(from: kept.base + place, byteCount: taken)
    place += taken
    if place == count {
      piece += 1
      place = 0
    }
    return taken
  }

  private func readPiece() throws(ReadFailure) -> Bool {
    if isAtEnd { return false }
    let buffer = Buffer(byteCount: KeptStream.pieceSize)
    let space = UnsafeMutableRawBufferPointer(start: buffer.base, count: buffer.byteCount)
    let count = try source.read(into: space)
    isAtEnd = count == 0
    if count > 0 { pieces.append((buffer, count)) }
    return count > 0
  }

  package func rewind() -> Bool {
    piece = 0
    place = 0
    return true
  }
}
