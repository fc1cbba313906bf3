// Layers that turn words and numbers into indices or into vectors of them: what comes out has the input's axes, or one that counts.
import type { Dimension, Shape } from '../../../dims/size.ts';
import { applyUnsaid, asWritten, input, type LayerRule, type LayerUse } from '../layer-use.ts';
import { itemsOf } from '../json.ts';

/** `size` is how many different values there are; undefined where that is not in the file. */
function encoded(use: LayerUse, mode: string, size: Dimension): LayerRule {
  return () => {
    const { shape } = asWritten(use, input(use));
    return [applyUnsaid(use, encodedShape(shape, mode, size), 0)];
  };
}

/** Indices have the axes of the input. All else counts along the last axis, or along a new one for `one_hot` of many values. */
function encodedShape(shape: Shape, mode: string, size: Dimension): Shape {
  if (shape === undefined || mode === 'int') return shape;
  const isAppended = mode === 'one_hot' && shape.at(-1) !== 1;
  return [...(isAppended ? shape : shape.slice(0, -1)), size];
}

const categories: LayerRule = (use) =>
  encoded(use, use.config.text('output_mode') ?? 'multi_hot', use.config.number('num_tokens', 'max_tokens'))(use);

const discretization: LayerRule = (use) => {
  const { config } = use;
  const bounds = itemsOf(config.find('bin_boundaries', 'bins')).length;
  const bins = bounds > 0 ? bounds + 1 : config.number('num_bins');
  return encoded(use, config.text('output_mode') ?? 'int', bins)(use);
};

const hashing: LayerRule = (use) => encoded(use, use.config.text('output_mode') ?? 'int', use.config.number('num_bins'))(use);

/** The words that are listed, and those that are kept free for words that are not. */
const lookup: LayerRule = (use) => {
  const { config } = use;
  const words = itemsOf(config.find('vocabulary')).length;
  const listed = words > 0 ? words + (config.number('num_oov_indices') ?? 1) : undefined;
  const size = config.flag(false, 'pad_to_max_tokens') ? config.number('max_tokens') : listed;
  return encoded(use, config.text('output_mode') ?? 'int', size)(use);
};

/** Words of a text: as many indices as it has words, or one number for each word that is known. */
const textVectorization: LayerRule = (use) => {
  const { config } = use;
  const { shape } = asWritten(use, input(use));
  const mode = config.text('output_mode') ?? 'int';
  const words = itemsOf(config.find('vocabulary')).length;
  const known = config.flag(false, 'pad_to_max_tokens') ? config.number('max_tokens') : words > 0 ? words : undefined;
  const size = mode === 'int' ? config.number('output_sequence_length') : known;
  return [applyUnsaid(use, shape === undefined ? undefined : [shape[0], size], 0)];
};

export const lookups: Readonly<Record<string, LayerRule>> = {
  CategoryEncoding: categories,
  Discretization: discretization,
  Hashing: hashing,
  HashedCrossing: hashing,
  StringLookup: lookup,
  IntegerLookup: lookup,
  TextVectorization: textVectorization,
};
