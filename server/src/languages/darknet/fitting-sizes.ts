// Ideas for the width and height of [net]: the nearest multiples of 32, 64, 128 or 256 with which all joins fit.
import type { TextIdea } from '../../network/network.ts';
import { findOption, readInteger, type Option, type Section } from './parse.ts';

const MULTIPLES = [32, 64, 128, 256];

/** `fits` lowers the network with another [net] and tells whether its joins fit. */
export function fittingSizes(net: Section, fits: (changed: Section) => boolean): readonly TextIdea[] {
  const sizes = ['height', 'width'].flatMap((key) => findOption(net, key) ?? []);
  if (sizes.length < 2 || sizes.some(({ value }) => readInteger(value) < 1)) return [];
  for (const multiple of MULTIPLES) {
    const rounded = [Math.ceil, Math.floor].map((round) =>
      sizes.map((option) => ({ option, size: round(readInteger(option.value) / multiple) * multiple })),
    );
    const good = rounded.filter((change) => change.every(({ size }) => size > 0) && fits(withSizes(net, change)));
    if (good.length > 0) return good.map(toIdea);
  }
  return [];
}

type Change = readonly { readonly option: Option; readonly size: number }[];

function withSizes(net: Section, change: Change): Section {
  const options = net.options.map((option) => {
    const size = change.find((part) => part.option === option)?.size;
    return size === undefined ? option : { ...option, value: String(size) };
  });
  return { ...net, options };
}

function toIdea(change: Change): TextIdea {
  const [height, width] = change.map(({ size }) => size);
  const words = height === width ? `width and height to ${width ?? 0}` : `width to ${width ?? 0} and height to ${height ?? 0}`;
  return {
    title: `Change ${words}`,
    edits: change.map(({ option, size }) => ({ range: option.valueRange, newText: String(size) })),
    larger: true,
  };
}
