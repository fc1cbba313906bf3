// unroll-limit: a file with more in it than is worked out or shown.
import { faultRule } from './rule.ts';

const UNKNOWN = 'Sizes behind this place are not known.';
const MORE = 'Mend the ones before first: many of these may be gone then.';

export const unrollLimit = faultRule({
  code: 'unroll-limit',
  severity: 'error',
  summary: 'A network that unrolls to more statements than are worked out.',
  word: ({ reason, message }) => ({ message: `${message}\n${reason === 'problems' ? MORE : UNKNOWN}`, related: [] }),
});
