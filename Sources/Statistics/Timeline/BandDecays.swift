import CKernels

/// The decays of a band of cells as the steps of messages read them.
///
/// Made again where a band begins or ends elsewhere than the last one: that is at records, and so seldom.
/// O(cells of the band) then.
struct BandDecays {
  /// Of so many cells from the first decay on.
  typealias Make = (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>) -> Void

  private let decay: UnsafePointer<Float>
  private let decays: UnsafeMutablePointer<Float>
  private let make: Make
  private var made = 0..<0

  /// `decay`: of all cells of the grid; `decays`: room for the widest band.
  init(_ decay: UnsafePointer<Float>, _ decays: UnsafeMutablePointer<Float>, _ make: @escaping Make)
  {
    self.decay = decay
    self.decays = decays
    self.make = make
  }

  /// Floats for a band of so many cells.
  static func room(_ width: Int) -> Int { (width + 7) / 8 * Int(CK_MESSAGE_DECAYS) }

  @inline(__always)
  mutating func of(_ start: Int, _ width: Int) -> UnsafePointer<Float> {
    let band = start..<(start &+ width)
    if band != made {
      make(decay + start, width, decays)
      made = band
    }
    return UnsafePointer(decays)
  }
}
