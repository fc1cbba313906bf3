// unroll-limit: a network that unrolls to more than can be worked out.
import { faultRule } from './rule.ts';

export const unrollLimit = faultRule({
  code: 'unroll-limit',
  severity: 'error',
  summary: 'A network that unrolls to more statements than are worked out.',
  word: ({ message }) => ({ message: `${message}\nSizes behind this place are not known.`, related: [] }),
});
