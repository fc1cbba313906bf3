// The operators: one line each. A name that is not here is an unknown operator.
import { identity } from './identity.ts';
import type { Operator } from './operator.ts';

const declarations: readonly Operator[] = [identity];

/** All operators by PyTorch's name. */
export const operators: ReadonlyMap<string, Operator> = new Map(declarations.map((operator) => [operator.name, operator]));
