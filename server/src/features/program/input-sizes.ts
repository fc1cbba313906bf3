// Numbers for symbols from the shapes of tensors: an `x` of [1, 3, 64, 64] for the input [N, 3, H, W] makes H 64.
import { substitute } from '../../dims/arithmetic.ts';
import { formatShape } from '../../dims/format.ts';
import type { SizeExpression } from '../../dims/size.ts';
import type { GivenSizes } from '../../inference/given-sizes.ts';
import { writtenShape, type Network } from '../../network/network.ts';
import { programShape } from './written-layout.ts';

export type InputSizes =
  | { readonly kind: 'sizes'; readonly given: GivenSizes }
  /** What does not fit, a sentence for each input. */
  | { readonly kind: 'mismatch'; readonly messages: readonly string[] };

/** `shapes` are as the file has them. `symbols` are numbers that are given besides, which the shapes must not contradict. */
export function sizesOfInputs(
  network: Network,
  shapes: ReadonlyMap<string, readonly number[]>,
  symbols: ReadonlyMap<string, number>,
): InputSizes {
  const found = new Map(symbols);
  const messages: string[] = [];
  const own = new Map(shapes);
  for (const input of network.inputs) {
    const { label } = input;
    const shape = shapes.get(label);
    const declared = writtenShape(input);
    if (shape !== undefined) own.set(label, programShape(input, shape));
    if (shape === undefined || declared === undefined) continue;
    if (shape.length === declared.length)
      declared.forEach((size, axis) => {
        const actual = shape[axis];
        const solved = typeof size === 'object' && actual !== undefined ? solve(size, actual) : undefined;
        if (solved !== undefined && !found.has(solved.name)) found.set(solved.name, solved.value);
      });
    const fits =
      shape.length === declared.length &&
      declared.every((size, axis) => {
        const known = substitute(size, found);
        return typeof known !== 'number' || known === shape[axis];
      });
    if (!fits)
      messages.push(
        `The input \`${label}\` is ${formatShape(declared)}${numbersText(declared, found)}, and its tensor is [${shape.join(', ')}].`,
      );
  }
  return messages.length > 0 ? { kind: 'mismatch', messages } : { kind: 'sizes', given: { symbols: found, inputs: own } };
}

/** The symbol's number for which a size `c*H + k` is `actual`; undefined where there is none, or the size is another. */
function solve({ constant, terms }: SizeExpression, actual: number): { name: string; value: number } | undefined {
  const [term] = terms;
  const [atom] = term?.atoms ?? [];
  if (terms.length > 1 || term?.atoms.length !== 1 || atom?.kind !== 'symbol') return undefined;
  const value = (actual - constant) / term.coefficient;
  return Number.isInteger(value) && value >= 1 ? { name: atom.name, value } : undefined;
}

/** ` with H = 64`: what the symbols of the shape are by then. */
function numbersText(declared: Parameters<typeof formatShape>[0], numbers: ReadonlyMap<string, number>): string {
  const text = formatShape(declared);
  const named = [...numbers].filter(([name]) => new RegExp(`\\b${name}\\b`).test(text)).map(([name, value]) => `${name} = ${value}`);
  return named.length === 0 ? '' : ` with ${named.join(', ')}`;
}
