// Caffe's prototxt: networks in protobuf's text format.
import type { Language } from '../language.ts';
import { claimsPrototxt } from './claims.ts';
import { completeField } from './complete-field.ts';
import { describeField } from './describe-field.ts';
import { setPrototxtArgument } from './edit.ts';
import { applyPrototxtBefore } from './insert-layer.ts';
import { readFreely, readPrototxt } from './lower.ts';

export const caffe: Language = {
  id: 'caffe',
  name: 'Caffe prototxt',
  claims: claimsPrototxt,
  read: readPrototxt,
  setArgument: setPrototxtArgument,
  applyBefore: applyPrototxtBefore,
  // The sizes of a prototxt are numbers, of which nothing has to be promised.
  addRequirement: () => undefined,
  readFree: readFreely,
  describe: describeField,
  complete: completeField,
};
