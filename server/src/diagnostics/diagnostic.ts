// What is reported: a code, a severity, a message at a place, and the places that belong to it.
import type { Range } from '../text/range.ts';

/** error: the framework would refuse; warning: very likely a mistake; information: probably not meant; hint: a simpler form exists. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A severity, or `off`: what a code can be set to. */
export type Level = Severity | 'off';

export function isLevel(text: unknown): text is Level {
  return text === 'off' || SEVERITIES.some((severity) => severity === text);
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** The first line stands alone; why and what to do follow on further lines. */
  readonly message: string;
  readonly range: Range;
  readonly related: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly message: string;
  readonly range: Range;
  /** The file that it stands in, where that is another. */
  readonly file?: { readonly path: string; readonly text: string };
}
