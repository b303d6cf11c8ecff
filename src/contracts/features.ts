// The thirty numbers of a transaction in file order: the CSV's columns, the reference hashes' fields, the model's input.

/** Time, V1 … V28, Amount. */
export const FEATURE_NAMES: readonly string[] = [
  'Time',
  ...Array.from({ length: 28 }, (_, index) => `V${index + 1}`),
  'Amount',
];

export const FEATURE_COUNT = FEATURE_NAMES.length;
export const TIME_INDEX = 0;
export const AMOUNT_INDEX = FEATURE_COUNT - 1;
