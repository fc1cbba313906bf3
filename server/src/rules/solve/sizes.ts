// From a size that is wrong to the changes of arguments that make it right: the registry of solvers and their order.
import { isEqual } from '../../dims/compare.ts';
import type { Dimension } from '../../dims/size.ts';
import type { Node, Tensor } from '../../network/network.ts';
import type { FixIdea } from '../rule.ts';
import { argumentName, formatValue, layerName, valueWord } from '../words.ts';
import { ceilMode } from './ceil-mode.ts';
import { windowLinks } from './chain.ts';
import { outputPadding } from './output-padding.ts';
import { padding } from './padding.ts';
import { scaleFactor } from './scale-factor.ts';
import type { NewValue, Solver, Target } from './values.ts';
import { windowShape } from './window-shape.ts';

/** What keeps a layer's weights; on a tie the first is offered first. */
const SOLVERS: readonly Solver[] = [outputPadding, padding, ceilMode];
/** What changes the layer: offered only where it is the smaller change. */
const RESHAPING: readonly Solver[] = [windowShape];

const MOST_VALUES = 6;
const MOST_RESHAPING = 2;

/** A size that an axis, counted from the end, should have. */
export type Wanted = ReadonlyMap<number, Dimension>;

/** A tensor with the sizes that it should have. */
export interface Wish {
  readonly tensor: Tensor | undefined;
  readonly wanted: Wanted;
}

/** Ideas that fulfil one of the wishes, the smallest change first, then what is nearly possible. */
export function sizeIdeas(wishes: readonly Wish[], text: string): FixIdea[] {
  const targets = wishes.flatMap(targetsOf);
  const keeping = targets.flatMap((target) => SOLVERS.flatMap((solver) => solver(target)));
  const possible = sorted(keeping.filter(({ disabled }) => disabled === undefined)).slice(0, MOST_VALUES);
  const least = possible[0]?.distance ?? Infinity;
  const reshaping = targets.flatMap((target) => RESHAPING.flatMap((solver) => solver(target))).filter(({ distance }) => distance < least);
  const larger = sorted(reshaping).slice(0, MOST_RESHAPING);
  const nearly = possible.length > 0 ? [] : keeping.filter(({ disabled }) => disabled !== undefined).slice(0, MOST_RESHAPING);
  const all = [...possible, ...larger, ...nearly, ...wishes.flatMap(scaleFactor)];
  return all.map((value) => ({ ...toIdea(value, all, text), ...(larger.includes(value) && { larger: true }) }));
}

function toIdea({ node, argument, value, disabled }: NewValue, all: readonly NewValue[], text: string): FixIdea {
  // Of several layers of one kind that have no names each is called by what is written.
  const isAlone = all.every((other) => other.node === node || other.node.operator !== node.operator);
  const layer = isAlone || node.source.name !== undefined ? layerName(node) : `\`${callText(node, text)}\``;
  const title = `Change ${argumentName(node, argument)} of ${layer}`;
  if (value === undefined) return { title, changes: [], disabled: disabled ?? '' };
  const written = formatValue(value);
  return {
    title: `${title} to ${valueWord(node, argument, written)}`,
    changes: [{ kind: 'argument', node, name: argument, value: written }],
  };
}

function callText({ source: { callRange } }: Node, text: string): string {
  const call = text.slice(callRange.start, callRange.end).replace(/\s+/g, ' ');
  return call.length > 60 ? `${call.slice(0, 59)}…` : call;
}

function targetsOf({ tensor, wanted }: Wish): Target[] {
  if (wanted.size === 0) return [];
  const shape = tensor?.shape;
  return windowLinks(tensor).flatMap((link): Target[] => {
    const spatial = link.windows.length;
    if ([...wanted.keys()].some((axis) => axis < -spatial)) return [];
    const sizes = link.windows.map((_, at) => {
      const axis = at - spatial;
      return wanted.has(axis) ? wanted.get(axis) : shape?.[shape.length + axis];
    });
    return [{ ...link, sizes }];
  });
}

/** By the length of the change; what is as long keeps its order. */
function sorted(ideas: readonly NewValue[]): NewValue[] {
  return [...ideas].sort((a, b) => a.distance - b.distance);
}

/** Wanted sizes for the spatial axes on which two shapes differ, taken from the second. */
export function differences(shape: readonly Dimension[], target: readonly Dimension[]): Wanted {
  const wanted = new Map<number, Dimension>();
  shape.forEach((size, axis) => {
    if (axis >= 2 && isEqual(size, target[axis]) === false) wanted.set(axis - shape.length, target[axis]);
  });
  return wanted;
}
