// Completes the arguments of a row by the roles of the block's parameters, in the order of the block.
import { float, UNKNOWN } from '../../network/argument.ts';
import type { Range } from '../../text/range.ts';
import type { Declaration } from '../nn/tree.ts';
import { isValueList, type ModuleArgument, type Value } from '../nn/value.ts';
import type { Dialect } from './dialect.ts';
import { outputsOf } from './head-outputs.ts';
import { keyValue } from './row-values.ts';
import { scaledChannels, type Scale } from './scales.ts';
import type { ModelTree } from './tree.ts';
import type { Fault } from '../../network/fault.ts';

export interface Filled {
  readonly arguments: readonly ModuleArgument[];
  /** False where the parser stacks as many copies as the row says. */
  readonly takesRepeats: boolean;
  /** The channels that come out, where the parser works them out from the arguments. */
  readonly outputs?: number | undefined;
  readonly fault?: { readonly fault: Fault; readonly range: Range };
}

/** What is known of the file while a row is read. */
export interface Surroundings {
  readonly tree: ModelTree;
  readonly dialect: Dialect;
  readonly scale: Scale;
  readonly isModern: boolean;
}

export interface RowArguments {
  /** The channels of each input. */
  readonly channels: readonly (number | undefined)[];
  /** Whether `from` is a list. */
  readonly isList: boolean;
  readonly repeats: number;
  readonly written: readonly ModuleArgument[];
  /** Where the module is named. */
  readonly place: Range;
}

export function fillArguments(state: Surroundings, block: Declaration, row: RowArguments): Filled {
  const values: ModuleArgument[] = [];
  const rest = [...row.written];
  let outputs: number | undefined;
  const give = (name: string, value: Value, range = row.place) => values.push({ name, value, range });
  for (const { name, role, spread, default: fallback } of block.parameters) {
    switch (role?.name) {
      case 'channels':
        give(name.name, row.channels[0] ?? UNKNOWN);
        continue;
      case 'channel_list': {
        // The older parsers put them behind what is written, so that a row may give them itself.
        const [given] = rest;
        const isGiven = given !== undefined && givesChannels(given.value, row.channels.length);
        const channels = isGiven ? rest.shift()?.value : undefined;
        give(name.name, channels ?? row.channels.map((known) => known ?? UNKNOWN));
        continue;
      }
      case 'repeats':
        give(name.name, row.repeats);
        continue;
      case 'setting': {
        const value = settingValue(state, name.name);
        if (value !== undefined || fallback === undefined) give(name.name, value ?? null);
        continue;
      }
      default:
    }
    if (spread === true) {
      const items = rest.splice(0).map(({ value }) => value);
      give(name.name, items);
      continue;
    }
    const argument = rest.shift();
    if (argument === undefined) continue;
    const isScaled = role?.name === 'width' || role?.name === 'scaled';
    const value = isScaled ? scaledArgument(state, argument.value, role.name === 'width') : argument.value;
    if (role?.name === 'width' || role?.name === 'output') outputs = typeof value === 'number' ? value : undefined;
    give(name.name, value, argument.range);
  }
  const takesRepeats = block.parameters.some(({ role }) => role?.name === 'repeats');
  const [extra] = rest;
  if (extra === undefined) return { arguments: values, takesRepeats, outputs };
  const known = block.parameters.map(({ name }) => name.name);
  const fault: Fault = { code: 'unknown-argument', reason: 'too-many', argument: String(row.written.length), known };
  return { arguments: values, takesRepeats, fault: { fault, range: extra.range } };
}

/** A number for each row that is read. */
export function givesChannels(value: Value, count: number): boolean {
  return isValueList(value) && value.length === count && value.every((item) => typeof item === 'number');
}

/** Some counts are left as they are written: the classes, or the outputs of an anchor-based head. */
export function scaledArgument(
  { tree, dialect, scale }: Pick<Surroundings, 'tree' | 'dialect' | 'scale'>,
  value: Value,
  isOutput: boolean,
): Value {
  if (typeof value !== 'number') return UNKNOWN;
  if (isOutput && value === unscaled(tree, dialect)) return value;
  return scaledChannels(scale, value);
}

function unscaled(tree: ModelTree, dialect: Dialect): number | undefined {
  if (dialect.unscaled === 'none') return undefined;
  if (dialect.unscaled === 'outputs') return outputsOf(tree);
  const classes = tree.keys.get('nc')?.value;
  return classes?.kind === 'number' ? classes.value : undefined;
}

/** What the file or its scale sets; undefined where it does not say. */
function settingValue({ tree, dialect, scale, isModern }: Surroundings, name: string): Value | undefined {
  switch (name) {
    case 'legacy':
      return !isModern;
    case 'fork':
      return dialect.fork;
    case 'scale':
      return scale.name;
    case 'width':
      return float(scale.width);
    case 'max_channels':
      return Number.isFinite(scale.maxChannels) ? scale.maxChannels : undefined;
    default: {
      const key = tree.keys.get(name)?.value;
      return key === undefined ? undefined : keyValue(key);
    }
  }
}
