// One mistake, one diagnostic: brings together what a block's uses and its check on its own have found.
import type { Problem } from '../../network/network.ts';

/**
 * `alone` are the faults that blocks have whatever they are given: shown in the block, once. Of the others, a fault that
 * every use of a block has is shown at the first use; else each use that has it shows its own.
 */
export function mergeProblems(
  alone: readonly Problem[],
  inUse: readonly Problem[],
  uses: ReadonlyMap<string, ReadonlySet<number>>,
): Problem[] {
  const merged = new Map<string, Problem>();
  for (const problem of alone) {
    const key = placeKey(problem);
    if (!merged.has(key)) merged.set(key, { ...problem, frames: [] });
  }
  const groups = new Map<string, Map<number, Problem>>();
  for (const problem of inUse) {
    const key = placeKey(problem);
    const innermost = problem.frames[problem.frames.length - 1];
    const group = groups.get(key) ?? new Map<number, Problem>();
    const use = innermost?.callRange.start ?? -1;
    // A loop that unrolls to the same fault again and again has it once.
    if (!group.has(use)) group.set(use, problem);
    groups.set(key, group);
  }
  for (const [key, group] of groups) {
    if (merged.has(key)) continue;
    const [first] = group.values();
    if (first === undefined) continue;
    const block = first.frames[first.frames.length - 1]?.block;
    const everyUse = block === undefined || group.size === uses.get(block)?.size;
    if (everyUse) merged.set(key, first);
    else for (const [use, problem] of group) merged.set(`${key}@${use}`, problem);
  }
  return [...merged.values()];
}

function placeKey({ fault, range }: Problem): string {
  // A circle of blocks is one mistake, from whichever of them it is entered.
  if (fault.code === 'dependency-cycle') return `${fault.code} ${[...new Set(fault.names)].sort().join(' ')}`;
  return `${fault.code} ${fault.reason} ${range.start} ${range.end}`;
}
