extension CohortEvidence {
  /// What the verdict rests on, in words.
  func reasons(_ verdict: CohortFinding.Verdict) -> [String] {
    var reasons: [String] = []
    if let creation, creation.isStrong {
      reasons.append(
        "\(creation.count) of \(creation.old) older accounts were made within "
          + "\(Int(creation.to - creation.from) + 1) days, \(oneDecimal(creation.lift)) times as "
          + "many as usual")
    }
    if let low = lowQuality {
      reasons.append(
        "\(percent(low.share)) of the extra followers are low quality, usual \(percent(low.usual))")
    }
    if let shape, shape > 0.22 {
      reasons.append("profile numbers unlike the usual (distance \(oneDecimal(shape * 10)) of 10)")
    }
    reasons += courseReasons
    if input.isShared { reasons.append("the same accounts came together to another list") }
    if verdict == .tooFew { reasons.append("too few followers to judge") }
    if !missing.isEmpty { reasons.append("not known: \(missing.joined(separator: ", "))") }
    return reasons
  }

  private var courseReasons: [String] {
    if signs.contains(.abruptEnd) { return ["level and then back to usual at once"] }
    return decays ? ["decays over days, as attention does"] : []
  }

  private func percent(_ share: Double) -> String {
    "\(Int((max(0, min(1, share)) * 100).rounded())) %"
  }

  private func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
