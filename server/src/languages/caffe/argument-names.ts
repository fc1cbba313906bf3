// What an argument of an operator is called in a layer's parameters, where that is not the parameter's name: for messages and for edits.

export const argumentNames: ReadonlyMap<string, string> = new Map([
  ['out_channels', 'num_output'],
  ['out_features', 'num_output'],
  ['embedding_dim', 'num_output'],
  ['num_embeddings', 'input_dim'],
  ['padding', 'pad'],
  ['groups', 'group'],
  ['bias', 'bias_term'],
  ['dim', 'axis'],
  ['dims', 'order'],
  ['start_dim', 'axis'],
  ['end_dim', 'end_axis'],
  ['indices_or_sections', 'slice_point'],
  ['repeats', 'tiles'],
  ['min_sizes', 'min_size'],
  ['max_sizes', 'max_size'],
  ['aspect_ratios', 'aspect_ratio'],
]);

/** Whether a pool rounds up is said by a word, or in forks by a field of its own. */
export const poolNames: ReadonlyMap<string, string> = new Map([...argumentNames, ['ceil_mode', 'round_mode']]);
export const poolWords: ReadonlyMap<string, string> = new Map([
  ['ceil_mode=True', 'CEIL'],
  ['ceil_mode=False', 'FLOOR'],
]);
