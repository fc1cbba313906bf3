// Where a command writes: handed in, so that tests can read it.
import type { Style } from './style.ts';

export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly style: Style;
  /** The folder of the rules' pages. */
  readonly docs: string;
}
