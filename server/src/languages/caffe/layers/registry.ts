// The layer types: one line for each family. A type that is not here has sizes that are not known.
import { cellWise } from './cell-wise.ts';
import { data } from './data.ts';
import { joins } from './joins.ts';
import type { LayerRule } from './layer-rule.ts';
import { results } from './results.ts';
import { windows } from './windows.ts';

export const layerRules: ReadonlyMap<string, LayerRule> = new Map(
  [windows, cellWise, joins, data, results].flatMap((family) => Object.entries(family)),
);

/** The words of the old format, V1, for types, where they are not the new word in capitals with lines between its parts. */
const OLD_WORDS: Readonly<Record<string, string>> = {
  RELU: 'ReLU',
  PRELU: 'PReLU',
  TANH: 'TanH',
  LRN: 'LRN',
  MVN: 'MVN',
  BNLL: 'BNLL',
  ABSVAL: 'AbsVal',
  ARGMAX: 'ArgMax',
  INNER_PRODUCT: 'InnerProduct',
  IM2COL: 'Im2col',
  HDF5_DATA: 'HDF5Data',
  HDF5_OUTPUT: 'HDF5Output',
  SOFTMAX_LOSS: 'SoftmaxWithLoss',
};

/** `SOFTMAX_LOSS` is `SoftmaxWithLoss`, `CONVOLUTION` is `Convolution`. */
export function typeOfOldWord(word: string): string {
  return (
    OLD_WORDS[word] ??
    word
      .split('_')
      .map((part) => part.charAt(0) + part.slice(1).toLowerCase())
      .join('')
  );
}
