// The kernels: one line for each file of this room. Every operator has one.
import { convolutionKernels } from './convolution.ts';
import type { Kernel } from './kernel.ts';
import { poolKernels } from './pooling.ts';
import { transposedConvolutionKernels } from './transposed-convolution.ts';

const declarations: readonly Kernel[] = [...convolutionKernels, ...transposedConvolutionKernels, ...poolKernels];

/** All kernels by their operator's name. */
export const kernels: ReadonlyMap<string, Kernel> = new Map(declarations.map((kernel) => [kernel.operator, kernel]));
