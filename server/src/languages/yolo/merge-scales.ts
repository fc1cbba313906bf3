// One mistake, one diagnostic: what several scales of a file have in common is told once, with the scales that it holds for.
import type { Problem } from '../../network/network.ts';

export interface ScaleProblems {
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** In the order of the first scale that has each; `scope` names the scales where it does not hold for all. */
export function mergeScales(scales: readonly ScaleProblems[]): Problem[] {
  const merged = new Map<string, { problem: Problem; names: Set<string> }>();
  for (const { name, problems } of scales) {
    for (const problem of problems) {
      const { fault, range } = problem;
      const key = `${fault.code} ${fault.reason} ${range.start} ${range.end}`;
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { problem, names: new Set([name]) });
      else known.names.add(name);
    }
  }
  return [...merged.values()].map(({ problem, names }) => {
    if (names.size === scales.length) return problem;
    return { ...problem, scope: `at ${names.size === 1 ? 'scale' : 'scales'} ${[...names].join(', ')}` };
  });
}
