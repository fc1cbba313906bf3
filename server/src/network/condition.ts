// What has to hold for the sizes of a network to fit, where symbols leave it open.
import type { Size } from '../dims/size.ts';

/**
 * A condition on sizes: `left = right`, `left >= right`, `left` is a multiple of `right`, or, for broadcasting, the two are
 * equal or one of them is 1.
 */
export interface Condition {
  readonly kind: 'equal' | 'at-least' | 'divisible' | 'equal-or-one';
  readonly left: Size;
  readonly right: Size;
}

/** Conditions put together, as an author requires them. */
export type Formula =
  Condition | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] } | { readonly kind: 'not'; readonly part: Formula };
