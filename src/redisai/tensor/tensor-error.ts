// What is wrong with a tensor that somebody sent; `message` is the text of the error reply.

/** A tensor that cannot be made: a bad dtype, shape, value or length, or one beyond the limits. */
export class TensorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TensorError';
  }
}
