// What losses and scores compare: Caffe wants a label for each prediction, or as many values on both sides.
import { formatShape } from '../../../dims/format.ts';
import { product } from '../../../dims/arithmetic.ts';
import type { Shape } from '../../../dims/size.ts';
import type { TextIdea } from '../../../network/network.ts';
import { integerNamed, messageNamed, stringsNamed } from '../fields.ts';
import { insertField } from '../write-field.ts';
import type { CaffeLayer } from './layer-rule.ts';
import { outputIdeas } from './output-ideas.ts';

/** The name of a bottom, as it is written. */
export function bottomName({ message }: CaffeLayer, at: number): string {
  return stringsNamed(message, 'bottom')[at]?.value ?? `bottom ${at}`;
}

/** Tells of unlike inputs at the bottom with this number. */
export function reportUnlike(layer: CaffeLayer, at: number, message: string, ideas: readonly TextIdea[] = []): void {
  const range = stringsNamed(layer.message, 'bottom')[at]?.range ?? layer.type.range;
  const shapes = layer.inputs.map(({ shape }) => shape);
  layer.report({ code: 'broadcast-mismatch', reason: 'not-equal', input: at, axis: -1, shapes }, range, {
    words: { message, related: [] },
    ideas,
  });
}

/** As many labels as there are scores along all axes but that of the classes; `parameter` has the axis. Answers whether they fit. */
export function compareLabels(layer: CaffeLayer, parameter: string): boolean {
  const { message, inputs, type } = layer;
  const [scores, labels] = inputs.map(({ shape }) => shape);
  const written = integerNamed(messageNamed(message, parameter), 'axis', () => undefined);
  const axis = written?.value ?? 1;
  if (scores === undefined || labels === undefined || typeof axis !== 'number') return true;
  const at = axis < 0 ? axis + scores.length : axis;
  if (at < 0 || at >= scores.length) return true;
  const placesWithout = (one: number) => product(scores.filter((_, other) => other !== one));
  const [wanted, given] = [placesWithout(at), product(labels)];
  if (typeof wanted !== 'number' || typeof given !== 'number' || wanted === given) return true;
  const places = scores.filter((_, other) => other !== at).map(String);
  const words =
    `${type.name} has ${wanted} predictions, but ${given} ${given === 1 ? 'label' : 'labels'}.\n` +
    `\`${bottomName(layer, 0)}\` is ${formatShape(scores)} with the classes along axis ${at}, so that a label is wanted for each of ${places.join(' x ')} places; \`${bottomName(layer, 1)}\` is ${formatShape(labels)}.`;
  const ideas = scores.flatMap((_, one): TextIdea[] => {
    if (placesWithout(one) !== given) return [];
    if (written !== undefined) return [{ title: `Change axis to ${one}`, edits: [{ range: written.range, newText: String(one) }] }];
    const edits = insertField(layer.text, message, parameter, [`axis: ${one}`]);
    return edits === undefined ? [] : [{ title: `Add \`axis: ${one}\``, edits }];
  });
  reportUnlike(layer, 1, words, ideas);
  return false;
}

/** As many values for each item of the batch, in all inputs. */
export function compareValues(layer: CaffeLayer): void {
  const [first, ...others] = layer.inputs.map(({ shape }) => shape);
  for (const [index, shape] of others.entries()) {
    const at = index + 1;
    const [wanted, given] = [perItem(first), perItem(shape)];
    if (!hasSameBatch(layer, at)) return;
    if (typeof wanted !== 'number' || typeof given !== 'number' || wanted === given) continue;
    const [one, other] = [bottomName(layer, 0), bottomName(layer, at)];
    const message = `${layer.type.name} compares ${wanted} values of each item with ${given}.\n\`${one}\` is ${formatShape(first)} and \`${other}\` is ${formatShape(shape)}; each value needs its counterpart.`;
    reportUnlike(layer, at, message, [...outputIdeas(layer.inputs[0], given), ...outputIdeas(layer.inputs[at], wanted)]);
    return;
  }
}

function perItem(shape: Shape) {
  return shape === undefined ? undefined : product(shape.slice(1));
}

/** Tells where two inputs have unlike numbers of items. */
export function hasSameBatch(layer: CaffeLayer, at = 1): boolean {
  const [items, others] = [layer.inputs[0]?.shape?.[0], layer.inputs[at]?.shape?.[0]];
  if (typeof items !== 'number' || typeof others !== 'number' || items === others) return true;
  const [one, other] = [bottomName(layer, 0), bottomName(layer, at)];
  reportUnlike(
    layer,
    at,
    `${layer.type.name} compares a batch of ${items} with one of ${others}.\n\`${one}\` and \`${other}\` need the same number of items.`,
  );
  return false;
}

/** No more of the best than there are classes. */
export function checkTopK(layer: CaffeLayer): void {
  const parameters = messageNamed(layer.message, 'accuracy_param');
  const most = integerNamed(parameters, 'top_k', () => undefined);
  const axis = integerNamed(parameters, 'axis', () => undefined)?.value ?? 1;
  const shape = layer.inputs[0]?.shape;
  if (most === undefined || typeof most.value !== 'number' || typeof axis !== 'number' || shape === undefined) return;
  const classes = shape[axis < 0 ? axis + shape.length : axis];
  if (typeof classes !== 'number' || most.value <= classes) return;
  const message = `top_k is ${most.value}, but there are ${classes} classes.\n\`${bottomName(layer, 0)}\` is ${formatShape(shape)}, with the classes along axis ${axis}.`;
  layer.report({ code: 'argument-range', reason: 'expression', message }, most.range, {
    ideas: [{ title: `Change top_k to ${classes}`, edits: [{ range: most.range, newText: String(classes) }] }],
  });
}
