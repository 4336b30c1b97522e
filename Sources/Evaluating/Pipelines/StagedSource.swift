import Columns
import Plans

/// The rows of a pipeline as the source of another: its columns are computed block by block.
struct StagedSource: BlockSource {
  private let pipeline: Pipeline
  private let evaluator: Evaluator
  let schema: Schema

  init(_ pipeline: Pipeline, _ evaluator: Evaluator) {
    self.pipeline = pipeline
    self.evaluator = evaluator
    schema = Schema(pipeline.outputs.map { Field(name: $0.name, type: $0.expression.type) })
  }

  var portionCount: Int { pipeline.source.portionCount }
  var blockRows: Int { pipeline.source.blockRows }
  var rowBound: Int { pipeline.source.rowBound }

  func facts(_ column: String) -> ColumnFacts {
    guard let output = pipeline.outputs.first(where: { $0.name == column }) else { return .unknown }
    return pipeline.facts(output.expression)
  }

  func segmentRows(_ segment: Int) -> Int? { nil }
  func statistics(_ column: String, segment: Int) -> SegmentStatistics? { nil }

  var inputs: [Pipeline] { [pipeline] }
  func over(_ inputs: [Pipeline]) -> StagedSource { StagedSource(inputs[0], evaluator) }

  func makeReader(
    columns: [Int], _ context: ExpressionContext
  ) throws(EvaluationFailure) -> any BlockReader {
    let fields = columns.map { schema.fields[$0] }
    return StagedReader(
      try evaluator.runner(pipeline, fields.map { .column($0) }, context: context), columns,
      schema.fields.count)
  }

  private final class StagedReader: BlockReader {
    private let runner: PipelineRunner
    private let columns: [Int]
    private let width: Int

    init(_ runner: PipelineRunner, _ columns: [Int], _ width: Int) {
      self.runner = runner
      self.columns = columns
      self.width = width
    }

    func read(_ portion: Int, _ body: BlockBody) throws(EvaluationFailure) {
      try runner.run(portion) { block throws(EvaluationFailure) in
        var vectors = [Vector?](repeating: nil, count: width)
        for (position, vector) in zip(columns, block.vectors) {
          vectors[position] = vector
          // A fault of a row that passed was an error; of the others none is looked at.
          vectors[position]?.faults = nil
        }
        let staged = Block(
          rowCount: block.rowCount, columns: vectors, selection: block.selection, segment: 0,
          firstRow: 0, ordinals: block.ordinals)
        try body(staged, block.ordinal)
      }
    }
  }
}
