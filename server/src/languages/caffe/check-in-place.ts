// Layers whose top is their bottom though they change its sizes, or read cells that they have written already.
import type { TextEdit } from '../../text/edit.ts';
import { stringNamed, stringsNamed, type Report, type Written } from './fields.ts';
import type { LayerField } from './layer-field.ts';

export const NOT_IN_PLACE: ReadonlySet<string> = new Set([
  'Convolution',
  'ConvolutionDepthwise',
  'DepthwiseConvolution',
  'Deconvolution',
  'Pooling',
  'InnerProduct',
  'Flatten',
  'Reshape',
]);

/** `behind` are the layers that may take what comes out. Answers what the top was likely to be called, where it is at fault. */
export function reportInPlace(
  { message, type }: LayerField,
  bottoms: readonly Written<string>[],
  tops: readonly Written<string>[],
  behind: readonly LayerField[],
  report: Report,
): string | undefined {
  const top = tops.find(({ value }) => bottoms.some((bottom) => bottom.value === value));
  if (top === undefined) return undefined;
  const first = bottoms.find(({ value }) => value === top.value)?.range ?? top.range;
  const words = {
    message: `${type.name} cannot work in place: \`${top.value}\` is its bottom and its top.\nIt would write over what it still reads, or has other sizes. Give the top a name of its own.`,
    related: [{ message: `\`${top.value}\` goes in here`, range: first }],
  };
  const name = stringNamed(message, 'name')?.value;
  const uses = behind.flatMap((layer) => ['bottom', 'top'].flatMap((field) => stringsNamed(layer.message, field)));
  const renamed = [top, ...uses.filter(({ value }) => value === top.value)].map(({ range }): TextEdit => ({ range, newText: name ?? '' }));
  const taken = [...bottoms, ...behind.flatMap((layer) => stringsNamed(layer.message, 'top'))];
  const isFree = name !== undefined && !taken.some(({ value }) => value === name);
  const ideas = isFree ? [{ title: `Change the top to \`${name}\`, and where it is taken`, edits: renamed, larger: true }] : [];
  report({ code: 'duplicate-name', reason: 'in-place', name: top.value, what: 'blob', first }, top.range, { words, ideas });
  return name;
}
