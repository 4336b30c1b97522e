// Written by scripts/train: change that, not this. Logistic regression on binned features, fitted on
// bought followers of three vendors (2013) against two crowds of volunteers (2013) and the organic
// followers of two real lists (2022); what it is fitted on is not part of the project.

extension Scorecard {
  /// The compiled-in model of `classify` for Twitter profiles.
  package static let trained = Scorecard(
    name: "decoy",
    intercept: -1.82,
    terms: trainedTerms,
    points: trainedPoints)
}

private let trainedTerms: [ScorecardTerm] =
  [
    ScorecardTerm(
      .followers,
      edges: [5, 9, 13, 18, 29, 80, 240],
      weights: [
        0.75, 0.75, 0.75, 0.75, 0.55, -0.19, -1.60, -1.75,
      ]),
    ScorecardTerm(
      .friendsPerFollowerSquared,
      edges: [0.0091, 0.044, 0.24, 0.93, 1.5, 2.8, 11],
      weights: [
        -1.35, -0.99, -0.99, -0.37, 0.39, 0.63, 1.02, 1.67,
      ]),
    ScorecardTerm(
      .friends,
      edges: [88, 190, 230, 300, 410, 560, 770],
      weights: [
        -1.00, -0.93, 0.46, 0.33, 0.60, 1.00, 1.00, -0.27,
      ]),
    ScorecardTerm(
      .statuses,
      edges: [4, 17, 23, 38, 88, 480, 2000],
      weights: [
        -0.30, -0.57, 0.20, -0.01, -0.16, -0.61, -0.04, 0.47,
      ]),
    ScorecardTerm(
      .favourites,
      edges: [1, 5, 37, 330],
      weights: [
        2.03, 0.42, -0.18, -1.65, -1.65,
      ]),
    ScorecardTerm(
      .listed,
      edges: [1],
      weights: [
        -0.51, -0.51,
      ]),
    ScorecardTerm(
      .emptyDescription,
      edges: [0.5],
      weights: [
        -0.69, -0.34,
      ]),
    ScorecardTerm(
      .friendsPerDay,
      edges: [0.078, 0.22, 0.39, 0.64, 0.9, 1.5, 1.8],
      weights: [
        -1.82, -1.82, -0.45, 0.25, 1.00, 1.16, 1.52, 1.52,
      ]),
    ScorecardTerm(
      .favouritesPerDay,
      edges: [0.0041, 0.025, 0.26],
      weights: [
        0.62, 0.40, 0.17, 0.17,
      ]),
    ScorecardTerm(
      .statusesPerDay,
      edges: [0.0029, 0.025, 0.085, 0.13, 0.17, 0.32, 1.8],
      weights: [
        -1.00, 0.29, 1.00, 0.47, 0.29, 0.56, 0.01, -0.53,
      ]),
    ScorecardTerm(
      .accountAge,
      edges: [120, 350, 640, 1100, 2000, 3000],
      weights: [
        1.43, 0.76, 0.63, 0.63, -0.04, -0.70, -1.37,
      ]),
    ScorecardTerm(
      .followers, .friends,
      edges: [7, 13, 25, 120],
      across: [160, 240, 390, 600],
      weights: [
        -1.14, 0.12, 0.33, 0.71, -0.25,
        -1.88, 0.93, 0.77, 0.86, 0.27,
        -1.98, 0.63, 1.19, 1.09, 0.33,
        -1.60, -1.15, -0.58, 1.07, 0.72,
        -0.84, -0.75, -0.24, 0.61, 0.80,
      ]),
    ScorecardTerm(
      .followersPerDay, .friendsPerDay,
      edges: [0.0082, 0.037, 0.065, 0.11],
      across: [0.16, 0.43, 0.85, 1.6],
      weights: [
        -1.53, 0.00, 0.25, 0.07, -0.01,
        -0.82, 0.19, 0.44, 0.23, 0.20,
        -0.31, 0.04, 0.78, 0.48, 0.71,
        -0.12, -0.06, 0.33, 0.32, 0.52,
        -0.04, 0.03, -0.14, -0.50, -0.39,
      ]),
  ]

/// Measured on vendors and lists that the model was not fitted on.
private let trainedPoints: [OperatingPoint] =
  [
    OperatingPoint(
      evidence: -1, sensitivity: 0.7160...0.9971,
      specificity: 0.9569...0.9971),
    OperatingPoint(
      evidence: 0, sensitivity: 0.5227...0.9971,
      specificity: 0.9765...0.9987),
    OperatingPoint(
      evidence: 0.5, sensitivity: 0.3353...0.9943,
      specificity: 0.9831...0.9990),
    OperatingPoint(
      evidence: 1, sensitivity: 0.2564...0.9886,
      specificity: 0.9882...0.9992),
    OperatingPoint(
      evidence: 1.5, sensitivity: 0.1953...0.9715,
      specificity: 0.9928...0.9997),
    OperatingPoint(
      evidence: 2, sensitivity: 0.1440...0.9501,
      specificity: 0.9961...0.9997),
    OperatingPoint(
      evidence: 2.5, sensitivity: 0.1045...0.9215,
      specificity: 0.9977...0.9997),
    OperatingPoint(
      evidence: 3, sensitivity: 0.0710...0.8759,
      specificity: 0.9988...1.0000),
    OperatingPoint(
      evidence: 3.5, sensitivity: 0.0394...0.8017,
      specificity: 0.9995...1.0000),
    OperatingPoint(
      evidence: 4, sensitivity: 0.0256...0.6633,
      specificity: 0.9997...1.0000),
    OperatingPoint(
      evidence: 4.5, sensitivity: 0.0158...0.4879,
      specificity: 0.9998...1.0000),
    OperatingPoint(
      evidence: 5, sensitivity: 0.0079...0.3409,
      specificity: 0.9999...1.0000),
    OperatingPoint(
      evidence: 5.5, sensitivity: 0.0020...0.1270,
      specificity: 1.0000...1.0000),
    OperatingPoint(
      evidence: 6, sensitivity: 0.0000...0.0285,
      specificity: 1.0000...1.0000),
    OperatingPoint(
      evidence: 7, sensitivity: 0.0000...0.0000,
      specificity: 1.0000...1.0000),
    OperatingPoint(
      evidence: 8, sensitivity: 0.0000...0.0000,
      specificity: 1.0000...1.0000),
  ]
