// Sets of sizes in words: `H = 0 mod 32`, `H >= 16`, `H is 32 to 35`.
import type { SizeSummary } from '../dims/size-set.ts';

/** The shortest form, for lists and lenses. */
export function fitWords(name: string, { minimum, modulus, residues, exceptions }: SizeSummary): string {
  const extra = exceptions.length === 0 ? '' : ` or ${name} = ${rangesWords(exceptions)}`;
  if (residues.length === 0) return exceptions.length === 0 ? `no ${name}` : `${name} = ${rangesWords(exceptions)}`;
  if (residues.length === modulus) return (minimum === 1 ? `any ${name}` : `${name} >= ${minimum}`) + extra;
  const first = residues[0] === 0 && residues.length === 1 ? modulus : undefined;
  const from = minimum === first || minimum <= modulus ? '' : ` from ${minimum} on`;
  return `${name} = ${orWords(residues.slice(0, 8).map(String))}${residues.length > 8 ? ' or …' : ''} mod ${modulus}${from}${extra}`;
}

/** The same as a condition of our language; undefined where it would be too long to be read. */
export function requirementText(name: string, { minimum, modulus, residues, exceptions }: SizeSummary): string | undefined {
  if (residues.length === 0) {
    const ranges = rangesOf(exceptions);
    const [only] = ranges;
    if (ranges.length !== 1 || only === undefined)
      return exceptions.length > 0 && exceptions.length <= 6 ? `${name} in [${exceptions.join(', ')}]` : undefined;
    return only[0] === only[1] ? `${name} == ${only[0]}` : `${name} in ${only[0]}..${only[1]}`;
  }
  const [first] = residues;
  if (residues.length > 6 && residues.length < modulus) return undefined;
  const least = minimum > Math.max(first ?? 0, 1) && minimum > modulus ? [`${name} >= ${minimum}`] : [];
  if (residues.length === modulus) return minimum > 1 ? `${name} >= ${minimum}` : undefined;
  const rest = residues.length === 1 ? `${name} % ${modulus} == ${first}` : `${name} % ${modulus} in [${residues.join(', ')}]`;
  return [rest, ...least].join(' and ');
}

/** `32 to 35, 64 or 96`. */
function rangesWords(sizes: readonly number[]): string {
  const ranges = rangesOf(sizes).map(([from, to]) =>
    from === to ? String(from) : to === from + 1 ? `${from} or ${to}` : `${from} to ${to}`,
  );
  return orWords(ranges.slice(0, 6)) + (ranges.length > 6 ? ' or …' : '');
}

export function orWords(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} or ${parts[parts.length - 1] ?? ''}`;
}

function rangesOf(sizes: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const size of sizes) {
    const last = ranges[ranges.length - 1];
    if (last?.[1] === size - 1) last[1] = size;
    else ranges.push([size, size]);
  }
  return ranges;
}
