// What can be wrong in a network, as structured facts with their numbers; the rules put them into words.
import type { SizeSummary } from '../dims/size-set.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { RelatedPlace } from '../diagnostics/diagnostic.ts';
import type { Range } from '../text/range.ts';
import type { ArgumentValue } from './argument.ts';
import type { Network, PlacedCondition } from './network.ts';

/** The faults that an operator's own checks find; `reason` is the class of PyTorch's error. */
export type OperatorFault =
  | {
      readonly code: 'argument-range';
      readonly reason:
        | 'non-positive-stride'
        | 'non-positive-kernel'
        | 'non-positive-dilation'
        | 'non-positive-groups'
        | 'non-positive-factor'
        | 'non-positive-size'
        | 'negative-size'
        | 'negative-padding'
        | 'negative-output-padding'
        | 'negative-output-size'
        | 'zero-divisor'
        | 'bad-padding-string'
        | 'same-with-stride'
        | 'dim-out-of-range'
        | 'start-after-end'
        | 'repeated-dim'
        | 'not-a-choice'
        | 'out-of-range'
        | 'too-large'
        | 'too-many-axes';
      readonly argument: string;
      readonly value: ArgumentValue;
      /** What is allowed, to stand behind "must be": `at least 1`, `between -4 and 3`. */
      readonly legal: string;
    }
  | {
      readonly code: 'argument-type';
      readonly reason:
        | 'wrong-type'
        | 'tuple-length-mismatch'
        | 'output-size-bad-length'
        | 'pad-length-odd'
        | 'pad-length-too-large'
        | 'size-and-scale'
        | 'align-corners-not-allowed';
      readonly argument: string;
      readonly value: ArgumentValue;
      /** What is expected, to stand behind "takes": `one number or 2, one for each axis`. */
      readonly expected: string;
    }
  | { readonly code: 'missing-argument'; readonly reason: 'missing' | 'size-or-scale-missing'; readonly argument: string }
  | {
      readonly code: 'unknown-argument';
      readonly reason: 'unknown' | 'twice' | 'too-many';
      readonly argument: string;
      readonly known: readonly string[];
    }
  | {
      readonly code: 'rank-mismatch';
      readonly reason: 'bad-rank' | 'pad-rank-mismatch' | 'mode-rank-mismatch';
      readonly input: number;
      readonly shape: Shape;
      /** What fits, to stand behind "takes": `3 axes (unbatched) or 4`. */
      readonly expected: string;
      /** The argument that asks for this rank, where one does (`mode`). */
      readonly argument?: string;
    }
  | SizeMismatch<'channel-mismatch'>
  | SizeMismatch<'feature-mismatch'>
  | {
      readonly code: 'channel-mismatch';
      readonly reason: 'not-divisible' | 'fold-channels-not-divisible';
      readonly input: number;
      readonly axis: number;
      readonly argument: string;
      readonly divisor: number;
      readonly actual: Dimension;
    }
  | {
      readonly code: 'group-mismatch';
      readonly reason: 'groups-not-divisor';
      /** The argument that `groups` does not divide. */
      readonly argument: string;
      readonly value: Dimension;
      readonly groups: number;
      /** The name of the argument that divides: `groups`, or `num_groups` of GroupNorm. */
      readonly divider: string;
    }
  | {
      readonly code: 'kernel-exceeds-input';
      readonly reason: 'kernel-larger-than-input';
      /** The axis of the input, counted from its end as -1, -2, ... */
      readonly axis: number;
      readonly size: Dimension;
      readonly padded: Dimension;
      readonly kernel: Dimension;
      readonly dilation: number;
      readonly effectiveKernel: Dimension;
    }
  | {
      readonly code: 'pool-padding';
      readonly reason: 'pad-too-large';
      readonly axis: number;
      readonly padding: number;
      readonly kernel: number;
      /** What the padding may not exceed: half of the kernel, or, in Caffe, the kernel less one. */
      readonly limit: 'half' | 'kernel';
    }
  | {
      readonly code: 'reflection-padding';
      readonly reason: 'pad-too-large';
      readonly mode: 'reflect' | 'circular';
      readonly axis: number;
      readonly padding: number;
      readonly size: Dimension;
      readonly argument: string;
    }
  | {
      readonly code: 'output-padding-range';
      readonly reason: 'output-padding-too-large';
      readonly axis: number;
      readonly outputPadding: number;
      readonly stride: number;
      readonly dilation: number;
    }
  | {
      readonly code: 'output-padding-range';
      readonly reason: 'output-size-out-of-range';
      readonly axis: number;
      readonly outputSize: Dimension;
      readonly minimum: Dimension;
      readonly maximum: Dimension;
    }
  | {
      readonly code: 'concat-mismatch';
      readonly reason: 'cat-size-mismatch' | 'cat-rank-mismatch' | 'cat-zero-dim';
      readonly input: number;
      /** The axis that differs, not the one that is joined; absent where the number of axes differs. */
      readonly axis?: number;
      readonly shapes: readonly Shape[];
      readonly dim: number;
    }
  | {
      readonly code: 'broadcast-mismatch';
      readonly reason: 'not-broadcastable' | 'not-equal' | 'ranks-differ' | 'matmul-mismatch';
      readonly input: number;
      readonly axis: number;
      readonly shapes: readonly Shape[];
    }
  | {
      readonly code: 'reshape-mismatch';
      readonly reason:
        'element-count' | 'not-divisible' | 'two-inferred' | 'unflatten-mismatch' | 'split-mismatch' | 'fold-length-mismatch';
      readonly argument: string;
      readonly input: number;
      /** What is there and what is asked for: elements, cells of an axis, windows. */
      readonly actual: Dimension;
      readonly expected: Dimension;
      readonly axis?: number;
    }
  | {
      readonly code: 'empty-output';
      readonly reason: 'output-too-small' | 'negative-output' | 'crop-too-large' | 'zero-dim-input';
      readonly axis: number;
      /** The size of the axis before the operator. */
      readonly input: Dimension;
      /** What the size would become; for `zero-dim-input` the size that is 0. */
      readonly output: Dimension;
    }
  | { readonly code: 'input-count'; readonly reason: 'input-count' | 'cat-empty-list'; readonly expected: string; readonly actual: number };

/** Weights that are made for another size than the input has. */
interface SizeMismatch<Code extends string> {
  readonly code: Code;
  readonly reason: 'channels-mismatch' | 'features-mismatch' | 'normalized-shape-mismatch';
  readonly input: number;
  readonly axis: number;
  /** The argument that says the expected size. */
  readonly argument: string;
  readonly expected: Dimension;
  readonly actual: Dimension;
  /** What is made for the expected size where it is no operator, and where the number comes from, in a sentence. */
  readonly layer?: { readonly name: string; readonly because: string };
}

/** What a format of rows finds of its own numbering and keys; the language that reads it has all the words. */
interface FormatFault<Code extends string> {
  readonly code: Code;
  readonly reason: string;
  /** The whole message, since each format counts and names things in its own way. */
  readonly message: string;
  readonly related: readonly RelatedPlace[];
}

/** The faults that a language or the network around the operators finds. */
export type NetworkFault =
  | FormatFault<'reference-range'>
  | FormatFault<'stale-reference'>
  | FormatFault<'stale-comment'>
  | FormatFault<'repeat-mismatch'>
  | FormatFault<'ignored-key'>
  | FormatFault<'unused-option'>
  | FormatFault<'anchor-mismatch'>
  | FormatFault<'dialect-difference'>
  | {
      readonly code: 'syntax';
      readonly reason: string;
      /** The whole message, since each place in a grammar has its own. */
      readonly message: string;
      /** A replacement that would be read, where there is one sure way. */
      readonly replacement?: { readonly title: string; readonly range: Range; readonly newText: string };
    }
  | {
      readonly code: 'unknown-name';
      readonly reason: 'name' | 'symbol' | 'blob';
      readonly name: string;
      readonly known: readonly string[];
      /** Where a blob is missing, to stand behind it: `in phase TEST`. */
      readonly where?: string;
    }
  | { readonly code: 'duplicate-name'; readonly reason: string; readonly name: string; readonly what: string; readonly first: Range }
  | {
      readonly code: 'unknown-module';
      readonly reason: 'unknown';
      readonly name: string;
      readonly dialect: string;
      readonly known: readonly string[];
      /** The name that it stands for, where that is plain. */
      readonly meant?: string;
      /** The numbers of all rows that name it, in a format that counts rows. */
      readonly rows?: readonly number[];
      /** A block to begin with, for a file of the user's. */
      readonly stub?: string;
    }
  /** A field or a word that the format's own framework does not know; the language has the words. */
  | { readonly code: 'unknown-field'; readonly reason: 'unknown' | 'word'; readonly name: string }
  /** Layers of one network with one name, where weights are kept by the names of layers. */
  | { readonly code: 'repeated-layer-name'; readonly reason: string; readonly name: string; readonly first: Range; readonly free: string }
  | { readonly code: 'unknown-operator'; readonly reason: string; readonly name: string; readonly known: readonly string[] }
  | { readonly code: 'argument-type'; readonly reason: 'expression'; readonly message: string }
  | { readonly code: 'argument-range'; readonly reason: 'expression'; readonly message: string }
  | {
      readonly code: 'claim-mismatch';
      readonly reason: 'size' | 'rank' | 'requirement' | 'input';
      readonly claimed: Shape;
      readonly actual: Shape;
      /** The axes whose sizes differ, each with the place of its claim; empty where the number of axes differs. */
      readonly axes: readonly { readonly axis: number; readonly range: Range }[];
      /** The condition that does not hold, for a requirement. */
      readonly condition?: string;
    }
  | {
      readonly code: 'input-count';
      readonly reason: 'no-value' | 'not-a-tensor' | 'brackets' | 'unpack' | 'outputs';
      readonly message: string;
    }
  | {
      readonly code: 'size-condition';
      readonly reason: 'symbols' | 'pairs';
      readonly network: Network;
      /** The symbols whose sizes are not free, each with the sizes that fit. */
      readonly sizes: readonly FittingSizes[];
      /** Pairs of sizes that fit, where two symbols meet in one condition. */
      readonly pairs: readonly {
        readonly names: readonly [string, string];
        readonly first: readonly [number, number];
        readonly second: readonly [number, number];
      }[];
      /** The conditions that leave sizes out, in the order of the network. */
      readonly because: readonly PlacedCondition[];
    }
  | { readonly code: 'dependency-cycle'; readonly reason: string; readonly names: readonly string[] }
  | { readonly code: 'unroll-limit'; readonly reason: string; readonly message: string };

/** The sizes of one symbol that fit. */
export interface FittingSizes {
  readonly name: string;
  readonly summary: SizeSummary;
  /** The nearest sizes to the sample that fit, one below and one above where there are any; empty without a sample. */
  readonly near: readonly number[];
  readonly sample?: number;
}

export type Fault = OperatorFault | NetworkFault;
export type FaultCode = Fault['code'];
