// Turns a prototxt file into networks: one for each phase that it has, or one for all where the phases have the same layers.
import type { NetworkBuilder } from '../../network/builder.ts';
import type { LoweredDocument, Network, Problem, Reference } from '../../network/network.ts';
import { checkFields } from './check-fields.ts';
import { repeatedNames } from './check-names.ts';
import { unknownTypes } from './check-types.ts';
import { insideQuotes, messagesNamed, sizesNamed, stringNamed, stringsNamed, type Report } from './fields.ts';
import { LAYER_FIELDS, layersOf, type LayerField } from './layer-field.ts';
import { shapeOf } from './layers/data.ts';
import { lowerLayers, type NetInput } from './lower-layers.ts';
import { mixedForms } from './old-form.ts';
import { hasSource, isDeployed, isFed, isIncluded, ownState, statesOf, type Phase } from './phases.ts';
import { parseTextFormat } from './text-format/parse.ts';
import type { Message } from './text-format/tree.ts';

/** As in our own language: no file has more layers than can be worked out at once. */
const MOST_LAYERS = 50_000;

export function readPrototxt(text: string, createBuilder: () => NetworkBuilder): LoweredDocument {
  return read(text, createBuilder, false);
}

/** The networks with the sizes of their images free: H and W in place of the numbers that the format wants. */
export function readFreely(text: string, createBuilder: () => NetworkBuilder): readonly Network[] {
  return read(text, createBuilder, true).networks;
}

function read(text: string, createBuilder: () => NetworkBuilder, isFree: boolean): LoweredDocument {
  const { root: written, faults, hasHoles } = parseTextFormat(text, LAYER_FIELDS);
  const problems: Problem[] = faults.map(({ message, range, replacement }) => ({
    fault: { code: 'syntax', reason: 'prototxt', message, ...(replacement !== undefined && { replacement }) },
    range,
    frames: [],
  }));
  const report: Report = (fault, range, words = {}) => problems.push({ fault, range, frames: [], ...words });
  const { root, problems: misspelt } = checkFields(text, written);
  problems.push(...misspelt);
  const layers = layersOf(root).slice(0, MOST_LAYERS);
  problems.push(...mixedForms(text, root, layers), ...unknownTypes(layers));
  const inputs = inputsOf(root, hasHoles, report);
  const references: Reference[] = [];
  const networks: Network[] = [];
  const variants = variantsOf(root, layers, inputs, hasHoles);
  const name = stringNamed(root, 'name');
  const title = name?.value === undefined || name.value === '' ? 'net' : name.value;
  const first = layers[0]?.field.nameRange ?? { start: 0, end: Math.min(1, text.length) };
  const nameRange = name === undefined ? first : insideQuotes(name.value, name.range);
  for (const { phases, layers: kept } of variants) {
    const lowered = lowerLayers(kept, inputs, createBuilder(), { text, phases, hasHoles, isFree, references });
    networks.push({
      ...lowered,
      name: variants.length === 1 ? title : `${title} (${phases.join(' and ')})`,
      nameRange,
      range: { start: 0, end: text.length },
      requirements: [],
    });
    problems.push(...lowered.problems, ...repeatedNames(text, kept));
  }
  return { networks, blocks: [], problems: distinct(problems), references: distinctReferences(references) };
}

/** `input` with `input_shape`, or with four `input_dim` each. */
function inputsOf(root: Message, hasHoles: boolean, report: Report): NetInput[] {
  const shapes = messagesNamed(root, 'input_shape').map((message) => shapeOf(message, report));
  const sizes = sizesNamed(root, 'input_dim', report);
  const names = stringsNamed(root, 'input');
  const last = sizes[sizes.length - 1];
  if (last !== undefined && shapes.length === 0 && names.length > 0 && sizes.length !== 4 * names.length && !hasHoles) {
    const message = `input_dim is given ${sizes.length} times for ${names.length} ${names.length === 1 ? 'input' : 'inputs'}.\nCaffe wants four of them for each, as N, C, H and W; with \`input_shape\` an input may have another number of axes.`;
    report({ code: 'argument-type', reason: 'expression', message }, last.range);
  }
  return names.map((name, at): NetInput => {
    const own = sizes.slice(4 * at, 4 * at + 4);
    const shape = shapes[at] ?? {
      shape: own.length === 4 ? own.map(({ value }) => value) : undefined,
      axisRanges: own.map(({ range }) => range),
    };
    return { name: name.value, range: name.range, ...shape, place: name.place };
  });
}

interface Variant {
  readonly phases: readonly Phase[];
  readonly layers: readonly LayerField[];
}

function variantsOf(root: Message, layers: readonly LayerField[], inputs: readonly NetInput[], hasHoles: boolean): Variant[] {
  const names = inputs.map(({ name }) => name);
  const all = layers.map(({ message }) => message);
  const phases: readonly Phase[] = isDeployed(all, names) ? ['TEST'] : ['TRAIN', 'TEST'];
  const variants = phases.map((phase): Variant => {
    const candidates = statesOf(all, ownState(root, phase)).map((state) => layers.filter(({ message }) => isIncluded(message, state)));
    const fed = candidates.find(
      (kept) =>
        hasHoles ||
        isFed(
          kept.map(({ message }) => message),
          names,
        ),
    );
    return { phases: [phase], layers: fed ?? candidates[0] ?? [] };
  });
  const existing = variants.filter(({ layers: kept }) =>
    hasSource(
      kept.map(({ message }) => message),
      names,
    ),
  );
  const chosen = existing.length > 0 ? existing : variants.slice(0, 1);
  const [one, other] = chosen;
  if (one === undefined || other?.layers.length !== one.layers.length) return chosen;
  const isSame = one.layers.every((layer, at) => layer === other.layers[at]);
  return isSame ? [{ phases: [...one.phases, ...other.phases], layers: one.layers }] : chosen;
}

/** A mistake that is in both phases is one mistake. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ fault, range }) => {
    const key = `${fault.code} ${range.start} ${range.end}`;
    return !seen.has(key) && seen.add(key);
  });
}

function distinctReferences(references: readonly Reference[]): Reference[] {
  const seen = new Set<number>();
  return references.filter(({ range }) => !seen.has(range.start) && seen.add(range.start));
}
