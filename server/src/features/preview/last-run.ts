// The last run, kept so that other channels of it are shown without computing it again.
import type { ComputeRequest } from '../../protocol/preview.ts';
import type { RunAnswer } from '../../reference/run-request.ts';

export interface LastRun {
  /** Undefined where something else was run, or what was run was too large to be kept. */
  readonly answerTo: (request: ComputeRequest, version: number) => RunAnswer | undefined;
  readonly keep: (request: ComputeRequest, version: number, answer: RunAnswer) => void;
}

/** Numbers: 128 MB of them. */
const MOST_NUMBERS = 2 ** 25;

export function createLastRun(): LastRun {
  let last: { readonly key: string; readonly answer: RunAnswer } | undefined;
  return {
    answerTo: (request, version) => (last?.key === keyOf(request, version) ? last.answer : undefined),
    keep(request, version, answer) {
      const isKept = answer.kind === 'done' && sizeOf(answer) <= MOST_NUMBERS;
      last = isKept ? { key: keyOf(request, version), answer } : undefined;
    },
  };
}

/** All that the values depend on, and nothing of what is shown of them. */
function keyOf({ textDocument, place, changes, sizes, sample, weights }: ComputeRequest, version: number): string {
  return JSON.stringify([textDocument.uri, version, place, changes, sizes, sample, weights]);
}

function sizeOf({ values, parameters }: Extract<RunAnswer, { kind: 'done' }>): number {
  return [...values.values(), ...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
}
