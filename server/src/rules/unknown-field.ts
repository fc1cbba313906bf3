// unknown-field: a field or a word of a model file that its framework does not know.
import { faultRule } from './rule.ts';

export const unknownField = faultRule({
  code: 'unknown-field',
  severity: 'information',
  summary: 'A field of a Caffe file that Caffe does not know.',
  word: ({ name }) => ({ message: `\`${name}\` is not known.\nIt may belong to a fork.`, related: [] }),
});
