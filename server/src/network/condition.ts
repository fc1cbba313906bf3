// What has to hold for the sizes of a network to fit, where symbols leave it open.
import type { Size } from '../dims/size.ts';

/** A condition on sizes: `left = right`, `left >= right`, or `left` is a multiple of `right`. */
export interface Condition {
  readonly kind: 'equal' | 'at-least' | 'divisible';
  readonly left: Size;
  readonly right: Size;
}
