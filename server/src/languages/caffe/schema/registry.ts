// The messages of prototxt by name: one line for each family. What is in an `any` is not looked at.
import { cellWise } from './cell-wise.ts';
import { data } from './data.ts';
import { detection } from './detection.ts';
import type { MessageSchema } from './field.ts';
import { joins } from './joins.ts';
import { net } from './net.ts';
import { windows } from './windows.ts';

const families = [net, data, windows, cellWise, joins, detection];
/** Messages of parameters that a layer may have. */
const parameters = [data, windows, cellWise, joins, detection]
  .flatMap((family) => Object.keys(family))
  .filter((name) => name.endsWith('_param'));

export const schemas: ReadonlyMap<string, MessageSchema> = new Map(families.flatMap((family) => Object.entries(family)));

/** Names of fields of a layer that hold parameters, besides those of `layer`. */
export const PARAMETER_FIELDS: ReadonlySet<string> = new Set(parameters);
