// What a kernel says about operands that do not fit together. Backends and scripts put it into their own words.

export class KernelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KernelError';
  }
}

/** `[2,3]`, as TensorFlow writes shapes. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}
