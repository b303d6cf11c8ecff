// What a running consumer sees when it is asked: for health checks and pages, never for the road itself.

export interface PartitionView {
  readonly partition: number;
  /** Everything below it is handled; before the first batch, where the group stands. */
  readonly position: number;
  /** The offset that the next record will get. */
  readonly end: number;
  /** Control records at the end of the log count as handled once they were passed over. */
  readonly lag: number;
}
