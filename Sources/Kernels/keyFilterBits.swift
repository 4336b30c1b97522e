/// How many upper bits of a hash choose a bit of the filter before so many powers of two of slots.
///
/// At least eight bits a slot; where keys are few, more, so that hardly another value passes: each that does
/// costs a branch that is not foreseen. More than a nearest cache holds half of would cost more.
func keyFilterBits(slotBits: Int) -> Int { max(slotBits + 3, min(slotBits + 6, 17)) }
