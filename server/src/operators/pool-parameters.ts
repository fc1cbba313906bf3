// The parameters of the pools, which differ in number and order from kind to kind.
import type { Parameter } from './operator.ts';
import { windowParameters, type SpatialRank } from './window-arguments.ts';

export type PoolKind = 'Max' | 'Avg' | 'LP';

const CEIL_MODE: Parameter = {
  name: 'ceil_mode',
  type: 'boolean',
  default: false,
  doc: 'Whether the output size is rounded up, so that a last window may reach over the end.',
};

const PADDING: Parameter = {
  name: 'padding',
  type: 'padding',
  default: 0,
  doc: 'Cells added at both ends of each axis; or "valid", "half".',
  legal: 'at least 0 and at most half of kernel_size',
};

const NORM_TYPE: Parameter = { name: 'norm_type', type: 'number', doc: 'The p of the norm.', legal: 'above 0' };

const RETURN_INDICES: Parameter = {
  name: 'return_indices',
  type: 'boolean',
  default: false,
  doc: 'Whether the places of the largest values are given as well, for unpooling.',
};

const COUNT_INCLUDE_PAD: Parameter = {
  name: 'count_include_pad',
  type: 'boolean',
  default: true,
  doc: 'Whether the zeros of the padding count in the mean.',
};

const DIVISOR_OVERRIDE: Parameter = {
  name: 'divisor_override',
  type: 'integer',
  default: null,
  nullable: true,
  doc: 'What the sum is divided by, in place of the number of cells.',
  legal: 'other than 0',
};

/** Caffe's pools, which PyTorch has no words for. */
export const POOL_MEANINGS: readonly Parameter[] = [
  {
    name: 'keep_last',
    type: 'boolean',
    default: false,
    doc: 'Whether with ceil_mode a last window that starts behind the input is kept: Caffe leaves it out only where there is padding.',
  },
  {
    name: 'padding_below',
    type: 'string',
    default: 'half',
    choices: ['half', 'kernel'],
    doc: 'What the padding is limited by: at most half of kernel_size, or, in Caffe, less than kernel_size.',
  },
];

export function poolParameters(kind: PoolKind, spatial: SpatialRank): readonly Parameter[] {
  const { kernel, stride, dilation } = windowParameters(spatial);
  const strided: Parameter = { ...stride, default: null, nullable: true, doc: `${stride.doc.replace(/\.$/, '')}; kernel_size by default.` };
  switch (kind) {
    case 'Max':
      return [kernel, strided, PADDING, dilation, RETURN_INDICES, CEIL_MODE];
    case 'Avg':
      return [kernel, strided, PADDING, CEIL_MODE, COUNT_INCLUDE_PAD, ...(spatial === 1 ? [] : [DIVISOR_OVERRIDE])];
    case 'LP':
      return [NORM_TYPE, kernel, strided, CEIL_MODE];
  }
}
