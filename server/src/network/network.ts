// The graph that every language lowers to: networks of nodes and tensors, each with the place in the text it came from.
import type { Dimension, Shape } from '../dims/size.ts';
import type { RelatedPlace } from '../diagnostics/diagnostic.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';
import type { ArgumentValue } from './argument.ts';
import type { Condition, Formula } from './condition.ts';
import type { Fault } from './fault.ts';

export interface Network {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly NetworkOutput[];
  /** The statements or rows in order; what a block or a loop unrolls to is below them as children. */
  readonly layers: readonly Layer[];
  /** All nodes in the order in which they are worked out. */
  readonly nodes: readonly Node[];
  readonly symbols: readonly NetworkSymbol[];
  readonly requirements: readonly Requirement[];
  /** True where what runs the network brings every image to a size such as the sample: what fits there is no news. */
  readonly isResized?: true;
  /** What the symbols have to meet for the sizes to fit, in the order of the network. */
  readonly conditions: readonly PlacedCondition[];
}

export interface NetworkOutput {
  readonly name: string;
  readonly tensor: Tensor;
  readonly range: Range;
}

/** A symbol that an input shape introduces. */
export interface NetworkSymbol {
  readonly name: string;
  readonly range: Range;
  /** The number behind `H=224`, for the concrete sizes shown beside the symbolic ones. */
  readonly sample?: number;
  readonly sampleRange?: Range;
}

/** `require H % 32 == 0`: what the author promises of the symbols. */
export interface Requirement {
  readonly text: string;
  readonly range: Range;
  /** Absent where it says nothing that can be worked with. */
  readonly formula?: Formula;
}

/** A value that flows between nodes. */
export interface Tensor {
  readonly shape: Shape;
  /** The node that makes it; absent for an input of the network. */
  readonly producer?: Node;
  /** Which of the producer's outputs it is. */
  readonly index: number;
  /** What it is called in messages: the bound name, else the operator's. */
  readonly label: string;
  /** Where it is made: the statement, or the input's declaration. */
  readonly range: Range;
  /** Where each size of an input's shape is written; absent for what a node makes. */
  readonly axisRanges?: readonly Range[];
  /** channels_last: the file has the channels behind the spatial axes, where `shape` has them before. */
  readonly layout?: 'channels_last';
}

/** The shape with its axes in the order of the file. */
export function writtenShape({ shape, layout }: Tensor): Shape {
  if (shape === undefined || layout !== 'channels_last') return shape;
  const [batch, channels, ...spatial] = shape;
  return [batch, ...spatial, channels];
}

/** One use of an operator. */
export interface Node {
  readonly operator: string;
  /** The arguments as written, defaults not filled in, by the parameter's name. */
  readonly arguments: ReadonlyMap<string, ArgumentValue>;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly source: NodeSource;
  /** True where the weights are those of an earlier node: a shared layer that is called once more. */
  readonly sharesParameters?: boolean | undefined;
  /** How many numbers are learnt by an operator that its language alone knows. */
  readonly parameters?: Dimension | undefined;
  /** Where the fault is that this node has, if it has one. */
  readonly fault?: Fault | undefined;
}

/** What symbols leave open, with the fault that it is where it does not hold. */
export interface OpenCondition {
  readonly condition: Condition;
  readonly fault: Fault;
}

/** An open condition at the place where its fault would be shown. */
export interface PlacedCondition extends OpenCondition {
  readonly range: Range;
  readonly node?: Node;
  readonly frames: readonly Frame[];
}

/** The places of a node in the text. */
export interface NodeSource {
  /** The operator's name. */
  readonly nameRange: Range;
  /** The whole call, from the name to the last bracket. */
  readonly callRange: Range;
  /** The whole statement or row. */
  readonly range: Range;
  /** The values of the arguments that are written, by the parameter's name. */
  readonly argumentRanges: ReadonlyMap<string, Range>;
  /** The references to the inputs, where they are written; the list is empty for "the value before". */
  readonly inputRanges: readonly Range[];
  /** The uses of blocks that this node is inside of, outermost first. */
  readonly frames: readonly Frame[];
  /** What its format calls it, where that is not the operator's name: `Concat` for a `Cat`. */
  readonly label?: string;
  /** What the author calls the layer, in a format in which each has a name or a number: `branch_a`, `layer 6`. */
  readonly name?: string;
  /** What its format calls the arguments, by the parameter's name, where that is not the same: `num_output` for `out_channels`. */
  readonly argumentNames?: ReadonlyMap<string, string>;
  /** What its format writes for a value of an argument, by `name=value`, where that is another word: `FLOOR` for `ceil_mode=False`. */
  readonly valueWords?: ReadonlyMap<string, string>;
  /** True for a part of a module that ships with us: its text stands elsewhere, and its style is not the author's. */
  readonly isInLibrary?: true;
  /** Where it stands, for a part of a module of the user's. */
  readonly within?: PlaceElsewhere;
}

/** A place in a block of a file of the user's. */
export interface PlaceElsewhere {
  readonly block: string;
  readonly file: { readonly path: string; readonly text: string };
  readonly range: Range;
}

/** One use of a block. */
export interface Frame {
  readonly block: string;
  readonly callRange: Range;
}

/** A statement or row, with what it unrolls to. */
export interface Layer {
  /** The number of a row in a format whose references count rows; absent in a language whose layers are found by their names. */
  readonly index?: number;
  /** Where a row says what it is; a hover there tells of the whole row. */
  readonly nameRange?: Range;
  /** The bound name, if there is one. */
  readonly name?: string | undefined;
  /** The operator or block, or `repeat 3`. */
  readonly label: string;
  readonly kind: 'operator' | 'block' | 'group' | 'reference';
  readonly range: Range;
  readonly node?: Node | undefined;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly children: readonly Layer[];
}

/** What a word in the text stands for: for hovers, go to definition, references and rename. */
export interface Reference {
  readonly range: Range;
  readonly target: ReferenceTarget;
  /** Where the thing is introduced; the same as `range` at the place that introduces it. */
  readonly definition: Range;
  /** The block of another file that it names: a module of a model file. */
  readonly block?: BlockElsewhere;
}

/** A block that stands in another file. */
export interface BlockElsewhere {
  /** A file of the user's as it was handed in, or the name of one that ships with the server. */
  readonly file: string;
  /** Its name in that file. */
  readonly range: Range;
  /** `C2f(c1: channels, c2: width, n: repeats = 1)`. */
  readonly signature: string;
  /** What it does, from the comment above it. */
  readonly summary?: string;
}

export type ReferenceTarget =
  | { readonly kind: 'tensor'; readonly name: string; readonly tensor: Tensor }
  | { readonly kind: 'variable'; readonly name: string; readonly value: ArgumentValue }
  | { readonly kind: 'symbol'; readonly name: string; readonly network: string; readonly value: Dimension }
  | { readonly kind: 'block' | 'network'; readonly name: string };

/** A reusable piece, as its author declares it. */
export interface Block {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly parameters: readonly string[];
}

/** A fault at its place. */
export interface Problem {
  readonly fault: Fault;
  readonly range: Range;
  readonly node?: Node;
  /** The uses of blocks that the place is inside of, outermost first. */
  readonly frames: readonly Frame[];
  /** Where it arises, for a fault that a row tells of and a module of the user's has. */
  readonly within?: PlaceElsewhere;
  /** Where it holds, for one that some of the networks of a text have and others not: `at scale m`. */
  readonly scope?: string;
  /** What the language says of the fault in the terms of its format, in place of the rule's words. */
  readonly words?: { readonly message: string; readonly related: readonly RelatedPlace[] };
  /** What the language that found the fault would change, before the ideas of the rule. */
  readonly ideas?: readonly TextIdea[];
}

/** An idea for a fix that a language writes itself; like every other idea it is tried before it is offered. */
export interface TextIdea {
  /** In the imperative, with the new value: `Change 3 to 2`. */
  readonly title: string;
  /** Made together; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** True for what changes more than a value at the fault: it is preferred only where nothing smaller helps. */
  readonly larger?: boolean;
}

/** What a language makes of a text. */
export interface LoweredDocument {
  readonly networks: readonly Network[];
  /** What the author's blocks are, for the outline and for hovers. */
  readonly blocks: readonly Block[];
  readonly problems: readonly Problem[];
  readonly references: readonly Reference[];
}
