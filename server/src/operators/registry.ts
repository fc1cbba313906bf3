// The operators: one line for each file of this room. A name that is not here is an unknown operator.
import { adaptivePools } from './adaptive-pooling.ts';
import { cat } from './cat.ts';
import { convolutions } from './convolution.ts';
import { elementwiseJoins } from './elementwise-joins.ts';
import { flatten } from './flatten.ts';
import { identity } from './identity.ts';
import { linears } from './linear.ts';
import type { Operator } from './operator.ts';
import { paddings } from './pad.ts';
import { channelShuffle, pixelShuffle, pixelUnshuffle } from './pixel-shuffle.ts';
import { pools } from './pooling.ts';
import { resizes } from './resize.ts';
import { transposedConvolutions } from './transposed-convolution.ts';
import { fold, unfold } from './unfold.ts';

const declarations: readonly Operator[] = [
  ...convolutions,
  ...transposedConvolutions,
  ...pools,
  ...adaptivePools,
  ...paddings,
  ...resizes,
  ...elementwiseJoins,
  ...linears,
  cat,
  flatten,
  identity,
  pixelShuffle,
  pixelUnshuffle,
  channelShuffle,
  unfold,
  fold,
];

/** All operators by PyTorch's name. */
export const operators: ReadonlyMap<string, Operator> = new Map(declarations.map((operator) => [operator.name, operator]));
