// The window of a layer in numbers, for the preview panel, which works out each step from them.

export interface WindowDescription {
  readonly kind: 'convolution' | 'transposed' | 'pooling' | 'adaptive';
  readonly axes: readonly WindowAxis[];
  readonly groups: number;
  /** What the padding of a convolution is made of. */
  readonly fill: 'zeros' | 'reflect' | 'replicate' | 'circular';
  readonly hasBias: boolean;
  /** What a pool does with the cells of its window; null for a convolution. */
  readonly pool: PoolDescription | null;
}

/** One axis, with i, o, k, s, d, pa, pb and a as numbers. */
export interface WindowAxis {
  readonly name: string;
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly paddingStart: number;
  readonly paddingEnd: number;
  readonly outputPadding: number;
}

export interface PoolDescription {
  readonly kind: 'max' | 'average' | 'norm';
  readonly norm: number;
  /** Whether the zeros of the padding count in a mean. */
  readonly countIncludePad: boolean;
  readonly divisor: number | null;
}
