// Which layers each phase of a file has: what `include` and `exclude` say, and the stages that they name.
import { messageNamed, messagesNamed, stringNamed, stringsNamed, wordNamed, integerNamed } from './fields.ts';
import type { Message } from './text-format/tree.ts';

export type Phase = 'TRAIN' | 'TEST';

/** What a file is built for: a phase, with stages that whoever runs it turns on. */
export interface State {
  readonly phase: Phase;
  readonly stages: readonly string[];
  readonly level: number;
}

/** More states than this of one phase are not looked at. */
const MOST_STATES = 8;

export function isIncluded(layer: Message, state: State): boolean {
  const [include, exclude] = [messagesNamed(layer, 'include'), messagesNamed(layer, 'exclude')];
  if (include.length > 0) return include.some((rule) => meets(rule, state));
  return !exclude.some((rule) => meets(rule, state));
}

function meets(rule: Message, { phase, stages, level }: State): boolean {
  const wanted = wordNamed(rule, 'phase')?.value;
  if (wanted !== undefined && wanted !== phase && wanted !== (phase === 'TRAIN' ? '0' : '1')) return false;
  const [least, most] = ['min_level', 'max_level'].map((name) => integerNamed(rule, name, () => undefined)?.value);
  if ((typeof least === 'number' && level < least) || (typeof most === 'number' && level > most)) return false;
  return (
    stringsNamed(rule, 'stage').every(({ value }) => stages.includes(value)) &&
    stringsNamed(rule, 'not_stage').every(({ value }) => !stages.includes(value))
  );
}

/** The stages and the level that the file itself asks for, in its `state`; without one there are none, and the level is 0. */
export function ownState(root: Message, phase: Phase): State {
  const state = messageNamed(root, 'state');
  const level = integerNamed(state, 'level', () => undefined)?.value;
  return { phase, stages: stringsNamed(state, 'stage').map(({ value }) => value), level: typeof level === 'number' ? level : 0 };
}

/** The states in which the file may be meant to run: that of its own, and those with the stages that a rule names. */
export function statesOf(layers: readonly Message[], own: State): readonly State[] {
  const states = new Map<string, State>([['', own]]);
  for (const layer of layers) {
    for (const rule of [...messagesNamed(layer, 'include'), ...messagesNamed(layer, 'exclude')]) {
      const stages = [...stringsNamed(rule, 'stage'), ...stringsNamed(rule, 'not_stage')].map(({ value }) => value);
      if (stages.length > 0 && states.size < MOST_STATES) states.set(stages.join('\n'), { ...own, stages: [...own.stages, ...stages] });
    }
  }
  return [...states.values()];
}

/** Whether all of a layer's bottoms are made by a layer before it or are inputs; `undefined` as input stands for a template. */
export function isFed(layers: readonly Message[], inputs: readonly string[]): boolean {
  const made = new Set(inputs);
  return layers.every((layer) => {
    const fits = stringsNamed(layer, 'bottom').every(({ value }) => made.has(value));
    for (const { value } of stringsNamed(layer, 'top')) made.add(value);
    return fits;
  });
}

/** A phase that nothing feeds is not one of the file's: a file for training alone has no data for tests. */
export function hasSource(layers: readonly Message[], inputs: readonly string[]): boolean {
  return inputs.length > 0 || layers.some((layer) => stringNamed(layer, 'bottom') === undefined && stringNamed(layer, 'top') !== undefined);
}

const DEPLOYED = new Set(['Input', 'Parameter']);

/** A file that is given its input when it runs is for use, not for training: its phase is TEST. */
export function isDeployed(layers: readonly Message[], inputs: readonly string[]): boolean {
  const sources = layers.filter((layer) => stringNamed(layer, 'bottom') === undefined && stringNamed(layer, 'top') !== undefined);
  if (inputs.length === 0 && sources.length === 0) return false;
  return sources.every((layer) => DEPLOYED.has(wordNamed(layer, 'type')?.value ?? '') && messagesNamed(layer, 'include').length === 0);
}
