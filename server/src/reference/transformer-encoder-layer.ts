// TransformerEncoderLayer: self-attention and two linear layers, each with a norm and a residual join.
import { boolean, string } from '../operators/call.ts';
import { attentionParameters, multihead } from './attention.ts';
import type { Kernel, KernelCall, ParameterShape } from './kernel.ts';
import { inputAt, inputShapeAt, outputShapeAt, pieceOf, realOf, wholeOf } from './kernel-call.ts';
import { project } from './linear.ts';
import { affineParameters, normalizePiece, scaleChannels, statisticsOf } from './normalize.ts';
import { erf } from './special-functions.ts';

export const transformerEncoderLayerKernel: Kernel = {
  operator: 'TransformerEncoderLayer',
  parameters: (call) => {
    const { arguments: from } = call;
    const width = inputShapeAt(call).at(-1) ?? 0;
    const inner = wholeOf(from, 'dim_feedforward');
    const hasBias = boolean(from, 'bias') !== false;
    const linear = (rows: number, columns: number): readonly ParameterShape[] => [
      { name: 'weight', shape: [rows, columns], start: { fanIn: Math.max(columns, 1) } },
      ...(hasBias ? [{ name: 'bias', shape: [rows], start: 'zeros' } as const] : []),
    ];
    return [
      ...under('self_attn', attentionParameters(width, width, width, from)),
      ...under('linear1', linear(inner, width)),
      ...under('linear2', linear(width, inner)),
      ...under('norm1', affineParameters([width], hasBias)),
      ...under('norm2', affineParameters([width], hasBias)),
    ];
  },
  run: (call) => {
    const { data } = inputAt(call);
    const shape = outputShapeAt(call);
    const isFirst = boolean(call.arguments, 'norm_first') === true;
    const join = (left: Float32Array, right: Float32Array) => left.map((value, at) => value + (right[at] ?? 0));
    const sublayer = (input: Float32Array, name: string, work: (cells: Float32Array) => Float32Array) =>
      isFirst ? join(input, work(norm(call, name, input))) : norm(call, name, join(input, work(input)));
    const attended = sublayer(data, 'norm1', (cells) => attention(call, cells));
    return [{ shape, data: sublayer(attended, 'norm2', (cells) => feedForward(call, cells)) }];
  },
};

function under(module: string, parameters: readonly ParameterShape[]): readonly ParameterShape[] {
  return parameters.map((parameter) => ({ ...parameter, name: `${module}.${parameter.name}` }));
}

function attention(call: KernelCall, cells: Float32Array): Float32Array {
  const { arguments: from, parameters } = call;
  const stream = { shape: inputShapeAt(call), data: cells };
  const own = new Map([...parameters].map(([name, tensor]) => [name.replace(/^self_attn\./, ''), tensor]));
  const options = { heads: wholeOf(from, 'nhead'), isBatchFirst: boolean(from, 'batch_first') === true, addsZeros: false };
  return multihead([stream, stream, stream], own, options, pieceOf(call.progress, 0, 0.5)).output;
}

function feedForward(call: KernelCall, cells: Float32Array): Float32Array {
  const width = inputShapeAt(call).at(-1) ?? 1;
  const inner = wholeOf(call.arguments, 'dim_feedforward');
  const isGelu = string(call.arguments, 'activation') === 'gelu';
  const linear = (data: Float32Array, features: number, name: string, start: number) => {
    const weight = call.parameters.get(`${name}.weight`)?.data ?? new Float32Array();
    return project(
      data,
      cells.length / width,
      features,
      weight,
      call.parameters.get(`${name}.bias`)?.data,
      pieceOf(call.progress, start, start + 0.25),
    );
  };
  const activated = linear(cells, width, 'linear1', 0.5).map((x) => (isGelu ? 0.5 * x * (1 + erf(x / Math.SQRT2)) : Math.max(x, 0)));
  return linear(activated, inner, 'linear2', 0.75);
}

function norm(call: KernelCall, name: string, cells: Float32Array): Float32Array {
  const width = inputShapeAt(call).at(-1) ?? 1;
  const output = new Float32Array(cells.length);
  const eps = realOf(call.arguments, 'layer_norm_eps');
  for (let start = 0; start < cells.length; start += width) {
    normalizePiece(cells, output, start, width, statisticsOf(cells, start, width), eps);
  }
  scaleChannels(output, 1, width, call.parameters.get(`${name}.weight`)?.data, call.parameters.get(`${name}.bias`)?.data);
  return output;
}
