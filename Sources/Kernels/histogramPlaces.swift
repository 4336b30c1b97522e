import CKernels

/// Writes the place of each row's count: the group's table of `bucketCount` counts, and in it the bucket of
/// the distance of the value from `base`, which no value is less than.
///
/// A bucket is the distance itself below 512; above that there are 256 for each power of two. About 0.3 ns
/// a row.
package func histogramPlaces(
  _ values: UnsafePointer<Int32>, groups: UnsafePointer<UInt32>, base: Int32, bucketCount: Int,
  count: Int, into places: UnsafeMutablePointer<UInt32>
) {
  ck_histogram_places(values, groups, base, UInt32(bucketCount), places, count)
}
