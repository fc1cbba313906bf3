// Refactorings: changes that keep what a network means. Writing the number that a `_` stands for, and what each language has of its own.
import type { Analysis } from '../analysis/analyse.ts';
import { isInfer } from '../network/argument.ts';
import type { Node } from '../network/network.ts';
import { createCall } from '../operators/call.ts';
import { operators } from '../operators/registry.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';

export interface Refactoring {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export function refactorings(analysis: Analysis, range: Range): Refactoring[] {
  return [...fillIn(analysis, range), ...(analysis.language.refactorings?.(analysis.source.text, range) ?? [])];
}

/** For each `_` that the range touches. In a block that is used with unlike sizes no number is right for all uses. */
function fillIn({ document }: Analysis, { start, end }: Range): Refactoring[] {
  const values = new Map<string, { name: string; range: Range; sizes: Set<number | undefined> }>();
  for (const node of document.networks.flatMap(({ nodes }) => nodes)) {
    const { callRange, argumentRanges } = node.source;
    if (callRange.start > end || callRange.end < start) continue;
    for (const [name, range] of argumentRanges) {
      if (range.start > end || range.end < start || !isInfer(node.arguments.get(name))) continue;
      const key = `${range.start}`;
      const known = values.get(key) ?? { name, range, sizes: new Set() };
      values.set(key, { ...known, sizes: known.sizes.add(inferred(node, name)) });
    }
  }
  return [...values.values()].flatMap(({ name, range, sizes }) => {
    const [size, ...others] = sizes;
    return size === undefined || others.length > 0
      ? []
      : [{ title: `Write ${name} as ${size}`, edits: [{ range, newText: String(size) }] }];
  });
}

/** The size of the input that the operator takes for the argument; undefined where there is none, or more than one. */
function inferred({ operator: operatorName, arguments: written, inputs }: Node, name: string): number | undefined {
  const operator = operators.get(operatorName);
  const shapes = inputs.map(({ shape }) => shape);
  if (operator === undefined) return undefined;
  const sizes = new Set((shapes[0] ?? []).filter((size) => typeof size === 'number'));
  const taken = [...sizes].filter(
    (size) => operator.infer(createCall(operator, new Map(written).set(name, size), shapes)).fault === undefined,
  );
  return taken.length === 1 ? taken[0] : undefined;
}
