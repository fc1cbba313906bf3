// Inputs without sizes, where a layer needs to know how many axes there are: Caffe builds no such network.
import type { Layer, Problem, TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { Message } from './text-format/tree.ts';
import { insertField } from './write-field.ts';

export interface UnsizedInput {
  readonly name: string;
  /** The input's name, or the type of its layer. */
  readonly range: Range;
  /** Gives it the usual sizes of an image. */
  readonly idea: TextIdea | undefined;
}

const NEEDS_AXES = /^(?:Convolution|ConvolutionDepthwise|DepthwiseConvolution|Deconvolution|Pooling|InnerProduct|Concat|LRN)$/;

const USUAL_SHAPE = 'shape { dim: 1 dim: 3 dim: 224 dim: 224 }';

/** For an `input` of the file. */
export function withShape(text: string, { end }: Range): TextIdea {
  const lineBreak = /^[ \t]*(\r\n|\r|\n)/.exec(text.slice(end, end + 200))?.[1] ?? ' ';
  return { title: `Add \`input_${USUAL_SHAPE}\``, edits: [{ range: { start: end, end }, newText: `${lineBreak}input_${USUAL_SHAPE}` }] };
}

/** For an `Input` layer. */
export function withInputShape(text: string, layer: Message): TextIdea | undefined {
  const edits = insertField(text, layer, 'input_param', [USUAL_SHAPE]);
  return edits === undefined ? undefined : { title: `Add \`${USUAL_SHAPE}\``, edits };
}

/** `unsized` are found by the label of the tensor, which is the blob. */
export function unsizedInputs(unsized: readonly UnsizedInput[], layers: readonly Layer[]): Problem[] {
  return unsized.flatMap(({ name, range, idea }): Problem[] => {
    const user = layers.find(
      ({ label, inputs }) => NEEDS_AXES.test(label) && inputs.some((tensor) => tensor.label === name && tensor.shape === undefined),
    );
    if (user === undefined) return [];
    const message = `The input \`${name}\` has no sizes.\n${user.label} needs to know its axes, so that Caffe does not build the network. Give it a shape, as N, C, H and W.`;
    return [
      {
        fault: { code: 'missing-argument', reason: 'missing', argument: 'shape' },
        range,
        frames: [],
        words: { message, related: [{ message: `${user.label} takes it here`, range: user.range }] },
        ideas: idea === undefined ? [] : [idea],
      },
    ];
  });
}
