import Columns
import Plans
import Synchronization

/// The key sets of one evaluation, built at first use and shared by the workers.
final class KeySets: Sendable {
}
