import Statistics

// Names and descriptions of nobody: words put together from syllables.

extension RowWriter {
  /// A word of two or three syllables.
  mutating func word(_ random: inout SplitMix64, capital: Bool = false) {
    let begin = count
    for _ in 0..<random.integer(in: 2...3) {
      text(syllables[random.integer(below: syllables.count)])
    }
    if capital { capitalise(at: begin) }
  }

  /// A handle; fakes more often end in digits.
  mutating func screenName(_ random: inout SplitMix64, isFake: Bool) {
    let begin = count
    word(&random, capital: random.chance(0.5))
    if random.chance(0.3) { byte(0x5F) }
    word(&random, capital: random.chance(0.5))
    // At most 15 bytes, as handles are.
    truncate(to: begin + 11)
    if random.chance(isFake ? 0.8 : 0.3) { number(random.integer(below: isFake ? 9999 : 99)) }
  }

  /// A person's name of one or two words, some with letters beyond ASCII.
  mutating func personName(_ random: inout SplitMix64) {
    word(&random, capital: true)
    if random.chance(0.2) { text(endings[random.integer(below: endings.count)]) }
    if random.chance(0.75) {
      byte(0x20)
      word(&random, capital: true)
    }
    if random.chance(0.05) { text(signs[random.integer(below: signs.count)]) }
  }

  /// A place, half of them with a comma and therefore in quotes.
  mutating func place(_ random: inout SplitMix64) {
    let begin = count
    word(&random, capital: true)
    if random.chance(0.5) {
      text(", ")
      word(&random, capital: true)
    }
    quoteIfNeeded(from: begin)
  }

  /// A few words, with the commas, quotes and line breaks that people write.
  mutating func biography(_ random: inout SplitMix64) {
    let begin = count
    let words = random.integer(in: 3...10)
    for index in 0..<words {
      if index > 0 { separator(&random) }
      let style = random.uniform()
      if style < 0.03 {
        byte(0x22)
        word(&random)
        byte(0x22)
      } else {
        if style > 0.95 { byte(0x23) }
        word(&random, capital: index == 0)
      }
    }
    if random.chance(0.1) { text(signs[random.integer(below: signs.count)]) }
    quoteIfNeeded(from: begin)
  }

  private mutating func separator(_ random: inout SplitMix64) {
    let draw = random.uniform()
    if draw < 0.1 {
      text(", ")
    } else if draw < 0.12 {
      text(" | ")
    } else if draw < 0.135 {
      byte(0x0A)
    } else if draw < 0.138 {
      text("\r\n")
    } else {
      byte(0x20)
    }
  }

  /// A link under the domain that is set aside for examples.
  mutating func link(_ random: inout SplitMix64) {
    text("https://")
    word(&random)
    text(".example/")
    word(&random)
  }

  /// One of the languages, by about their weight among accounts.
  mutating func language(_ random: inout SplitMix64) {
    var rest = random.integer(below: 100)
    for (code, weight) in languages {
      rest -= weight
      if rest < 0 {
        text(code)
        return
      }
    }
  }
}

private let syllables: [StaticString] = [
  "ba", "bel", "bri", "da", "del", "dor", "eli", "fa", "fen", "gor", "ha", "hin", "ilo", "jo",
  "ka", "kel", "kri", "la", "lor", "lun", "ma", "mel", "mi", "na", "nor", "ola", "pa", "pel",
  "qui", "ra", "ren", "rio", "sa", "sel", "sto", "ta", "tan", "tri", "ula", "va", "vel", "vin",
  "wen", "xi", "ya", "yor", "za", "zel",
]
private let endings: [StaticString] = ["é", "ü", "ø", "ša", "ñe", "ł", "ка", "の", "م"]
private let signs: [StaticString] = [" ✨", " 🌊", " ❤️", " ☕", " 🏳️‍🌈", " ⚽"]
private let languages: [(StaticString, Int)] = [
  ("en", 48), ("es", 13), ("ja", 9), ("pt", 8), ("fr", 4), ("tr", 4), ("id", 3), ("ar", 3),
  ("de", 3), ("it", 2), ("ru", 1), ("ko", 1), ("und", 1),
]
