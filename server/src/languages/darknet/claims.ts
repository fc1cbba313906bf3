// Which .cfg files are Darknet's: those whose first section is [net] and that go on with a layer, or with nothing yet, and lists of layers alone.
import { layerKinds } from './layers/kinds.ts';

const SNIFFED = 20_000;

export function claimsDarknet(path: string, text: string): boolean {
  if (!/\.cfg$/i.test(path)) return false;
  const head = text.slice(0, SNIFFED);
  const sections = [...head.matchAll(/^[ \t\ufeff]*\[([^\]\r\n]*)\]/gm)].map(([, name = '']) => name.replace(/\s/g, ''));
  const [first, ...others] = sections;
  if (first !== 'net' && first !== 'network') return sections.includes('convolutional') && sections.every((name) => layerKinds.has(name));
  return others.length === 0
    ? /^[ \t]*(width|height|channels|inputs|subdivisions)[ \t]*=/m.test(head)
    : others.some((name) => layerKinds.has(name));
}
