// What a runner and its worker say to each other.
import type { RunAnswer, RunRequest } from './run-request.ts';

export interface ToWorker {
  readonly kind: 'run';
  readonly id: number;
  readonly request: RunRequest;
  readonly limit: number;
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: RunAnswer };
