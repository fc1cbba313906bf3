// What the guide (Dumoulin & Visin, arXiv 1603.07285) calls the case that a window is, and its relationship there.
import { subtract } from '../../dims/arithmetic.ts';
import { isEqual } from '../../dims/compare.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete } from '../../dims/size.ts';
import { effectiveKernel } from '../../operators/axis-size.ts';
import type { AxisWindow } from '../../operators/operator.ts';

export interface GuideCase {
  /** `half (same) padding, unit strides`. */
  readonly name: string;
  readonly relationship: number;
}

/** The headings of the relationships in docs/arithmetic.md, in the guide's order. */
export const RELATIONSHIPS = [
  'No zero padding, unit strides',
  'Zero padding, unit strides',
  'Half (same) padding',
  'Full padding',
  'No zero padding, non-unit strides',
  'Zero padding, non-unit strides',
  'Pooling',
  'No zero padding, unit strides, transposed',
  'Zero padding, unit strides, transposed',
  'Half (same) padding, transposed',
  'Full padding, transposed',
  'No zero padding, non-unit strides, transposed',
  'Zero padding, non-unit strides, transposed',
  'Zero padding, non-unit strides, transposed, with a',
  'Dilated convolution',
] as const;

type PaddingKind = 'none' | 'half' | 'full' | 'other';

/** The case of one axis; undefined where an argument is not known. `fill` is what the padding is made of. */
export function guideCase(window: AxisWindow, fill = 'zero'): GuideCase | undefined {
  const { kind, stride, kernel, dilation, outputPadding = 0, ceilMode } = window;
  const reach = effectiveKernel(kernel, dilation);
  const padding = paddingKind(window);
  if (padding === undefined || stride === undefined || (isConcrete(stride) && stride < 1)) return undefined;
  const isUnit = stride === 1;
  const isDilated = isEqual(reach, kernel) === false;
  const parts = [
    ...(kind === 'pooling' ? ['pooling'] : []),
    ...(kind === 'pooling' && padding === 'none' ? [] : [paddingName(window, padding, fill)]),
    isUnit ? 'unit strides' : 'non-unit strides',
    ...(kind === 'transposed' ? ['transposed'] : []),
    ...(isDilated ? ['dilated'] : []),
    ...(ceilMode === true ? ['rounded up'] : []),
    ...(isEqual(outputPadding, 0) === false ? [`with a = ${formatSize(outputPadding)}`] : []),
  ];
  const hasOutputPadding = isEqual(outputPadding, 0) === false;
  const relationship =
    kind === 'transposed' ? transposed(padding, isUnit, hasOutputPadding) : isDilated ? 15 : direct(kind, padding, isUnit);
  return { name: parts.join(', '), relationship };
}

/** `Relationship 6 of the guide`, with a link to our page on it where the address of the rules' pages is known. */
export function relationshipText(relationship: number, docs: string | undefined): string {
  const text = `Relationship ${relationship} of the guide`;
  if (docs === undefined) return text;
  const anchor = headingOf(relationship)
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
  return `[${text}](${docs.replace(/\/rules\/?$/, '')}/arithmetic.md#${anchor})`;
}

export function headingOf(relationship: number): string {
  return `${relationship}. ${RELATIONSHIPS[relationship - 1] ?? ''}`;
}

function direct(kind: AxisWindow['kind'], padding: PaddingKind, isUnit: boolean): number {
  if (kind === 'pooling' && padding === 'none') return 7;
  if (!isUnit) return padding === 'none' ? 5 : 6;
  return { none: 1, half: 3, full: 4, other: 2 }[padding];
}

function transposed(padding: PaddingKind, isUnit: boolean, hasOutputPadding: boolean): number {
  if (hasOutputPadding) return 14;
  if (!isUnit) return padding === 'none' ? 12 : 13;
  return { none: 8, half: 10, full: 11, other: 9 }[padding];
}

/** Half padding keeps the size, and so needs a kernel with a middle. */
function paddingKind({ kind, kernel, dilation, paddingStart, paddingEnd }: AxisWindow): PaddingKind | undefined {
  const reach = effectiveKernel(kernel, dilation);
  if (paddingStart === undefined || paddingEnd === undefined || reach === undefined) return undefined;
  if (paddingStart === 0 && paddingEnd === 0) return 'none';
  if (isEqual(paddingStart, paddingEnd) !== true) return 'other';
  if (isConcrete(reach) && isConcrete(paddingStart) && 2 * paddingStart === reach - 1) return 'half';
  return kind !== 'pooling' && isEqual(paddingStart, subtract(reach, 1)) === true ? 'full' : 'other';
}

/** The guide speaks of half and full padding for unit strides; for other strides they are kinds of zero padding. */
function paddingName(window: AxisWindow, padding: PaddingKind, fill: string): string {
  const isUnit = window.stride === 1;
  const filled = fill === 'zero' ? '' : ` (${fill})`;
  // A pool's padding is no zeros: it is below all values, or left out of the mean.
  const plain = window.kind === 'pooling' ? 'padding' : `${fill} padding`;
  switch (padding) {
    case 'none':
      return 'no zero padding';
    case 'half':
      return isUnit ? `half (same) padding${filled}` : `${plain} (half)`;
    case 'full':
      return isUnit ? `full padding${filled}` : `${plain} (full)`;
    case 'other':
      return `${plain}${otherName(window)}`;
  }
}

/** What an even kernel makes of half and same: a row too many, or one more at the end. */
function otherName({ kernel, dilation, paddingStart, paddingEnd }: AxisWindow): string {
  const reach = effectiveKernel(kernel, dilation);
  if (!isConcrete(reach) || !isConcrete(paddingStart) || !isConcrete(paddingEnd)) return '';
  if (paddingStart !== paddingEnd)
    return paddingStart + paddingEnd === reach - 1
      ? ` (same, ${paddingStart} before and ${paddingEnd} after)`
      : ` (${paddingStart} before, ${paddingEnd} after)`;
  return 2 * paddingStart === reach ? ' (half of an even kernel)' : '';
}
