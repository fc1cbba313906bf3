// Solves for kernel_size, stride and dilation: what changes the layer itself, and so is offered behind the paddings.
import { isConcrete } from '../../dims/size.ts';
import type { AxisWindow } from '../../operators/operator.ts';
import { search, span, type Search, type Solver, type Target } from './values.ts';

const MOST_IDEAS = 2;

export const windowShape: Solver = (target) => {
  return [kernelSize(target), STRIDE, ...(isDilated(target) ? [DILATION] : [])].flatMap((one) =>
    one === undefined ? [] : search(target, one),
  );
};

function kernelSize({ node }: Target): Search | undefined {
  const isWord = typeof node.arguments.get('padding') === 'string';
  // The stride of a pool is its kernel unless it is written.
  const movesAlong = node.operator.includes('Pool') && (node.arguments.get('stride') ?? null) === null;
  if (isWord) return undefined;
  return {
    argument: 'kernel_size',
    candidates: ({ kernel }) => around(kernel),
    today: ({ kernel }) => kernel,
    change: (window, kernel) => ({ ...window, kernel, ...(movesAlong && { stride: kernel }) }),
    most: MOST_IDEAS,
  };
}

const STRIDE: Search = {
  argument: 'stride',
  candidates: ({ stride }) => around(stride),
  today: ({ stride }) => stride,
  change: (window, stride) => ({ ...window, stride }),
  most: 1,
};

const DILATION: Search = {
  argument: 'dilation',
  candidates: ({ dilation }) => around(dilation),
  today: ({ dilation }) => dilation,
  change: (window, dilation) => ({ ...window, dilation }),
  most: 1,
};

function isDilated({ windows }: Target): boolean {
  return windows.some(({ dilation }) => dilation !== 1);
}

function around(value: AxisWindow['kernel']): number[] {
  return isConcrete(value) ? span(1, Math.min(value + 8, 64)) : [];
}
