// The hover of an image's size that its format can only write as a number: which other numbers fit, and why.
import type { Analysis } from '../../analysis/analyse.ts';
import { createNetworkBuilder } from '../../inference/builder.ts';
import { contains, type Range } from '../../text/range.ts';
import { symbolText } from './reference.ts';

export function freeSizeHover(
  { language, source, document }: Analysis,
  offset: number,
): { readonly range: Range; readonly text: string } | undefined {
  const { readFree } = language;
  const isSize = document.networks.some(({ inputs }) =>
    inputs.some(({ axisRanges = [] }) => axisRanges.some((range) => contains(range, offset))),
  );
  if (!isSize || readFree === undefined) return undefined;
  for (const network of readFree(source.text, () => createNetworkBuilder())) {
    for (const { name, sample, sampleRange } of network.symbols)
      if (sampleRange !== undefined && contains(sampleRange, offset))
        return { range: sampleRange, text: symbolText(network, name, sample) };
  }
  return undefined;
}
