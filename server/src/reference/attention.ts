// Attention: MultiheadAttention and ScaledDotProductAttention.
import { boolean, integer, number } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import { softmax } from './axis-activations.ts';
import type { Kernel, KernelCall, ParameterShape, Progress } from './kernel.ts';
import { inputAt, inputShapeAt, outputShapeAt, pieceOf, wholeOf } from './kernel-call.ts';
import { broadcastTo } from './elementwise-joins.ts';
import { project } from './linear.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

/** The rows of one head of one sample. */
interface Head {
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly queryWidth: number;
  readonly valueWidth: number;
}

interface Attended {
  readonly output: Float32Array;
  /** A row for each query, with a weight for each key. */
  readonly weights: Float64Array;
}

/** softmax(q k^T * scale) v; `isCausal` hides the keys that lie behind a query. */
function attend(
  { query, key, value, queryWidth, valueWidth }: Head,
  { scale, isCausal = false, progress }: { readonly scale: number; readonly isCausal?: boolean; readonly progress: Progress | undefined },
): Attended {
  const [queries, keys] = [query.length / queryWidth, key.length / queryWidth];
  const output = new Float32Array(queries * valueWidth);
  const weights = new Float64Array(queries * keys);
  for (let row = 0; row < queries; row++) {
    const own = weights.subarray(row * keys, (row + 1) * keys);
    own.forEach((_, column) => {
      let product = 0;
      for (let at = 0; at < queryWidth; at++) product += (query[row * queryWidth + at] ?? 0) * (key[column * queryWidth + at] ?? 0);
      own[column] = isCausal && column > row ? -Infinity : product * scale;
    });
    softmax(own);
    for (let at = 0; at < valueWidth; at++) {
      output[row * valueWidth + at] = own.reduce((sum, weight, column) => sum + weight * (value[column * valueWidth + at] ?? 0), 0);
    }
    progress?.((row + 1) / queries);
  }
  return { output, weights };
}

const scaledDotProductAttention: Kernel = {
  operator: 'ScaledDotProductAttention',
  run: (call) => {
    const shape = outputShapeAt(call);
    const batch = shape.slice(0, -2);
    const [query, key, value] = [0, 1, 2].map((at) => broadcastTo(inputAt(call, at), [...batch, ...inputShapeAt(call, at).slice(-2)]));
    const [queryWidth, valueWidth] = [inputShapeAt(call, 0).at(-1) ?? 1, inputShapeAt(call, 2).at(-1) ?? 1];
    const scale = number(call.arguments, 'scale') ?? 1 / Math.sqrt(queryWidth);
    const heads = elementCount(batch);
    const output = new Float32Array(elementCount(shape));
    for (let head = 0; head < heads; head++) {
      const own = (data: Float32Array = new Float32Array()) =>
        data.subarray((head * data.length) / heads, ((head + 1) * data.length) / heads);
      const attended = attend(
        { query: own(query), key: own(key), value: own(value), queryWidth, valueWidth },
        {
          scale,
          isCausal: boolean(call.arguments, 'is_causal') === true,
          progress: pieceOf(call.progress, head / heads, (head + 1) / heads),
        },
      );
      output.set(attended.output, (head * output.length) / heads);
    }
    return [{ shape, data: output }];
  },
};

const multiheadAttention: Kernel = {
  operator: 'MultiheadAttention',
  parameters: (call) => {
    const { arguments: from } = call;
    const width = inputShapeAt(call).at(-1) ?? 0;
    return attentionParameters(width, integer(from, 'kdim') ?? width, integer(from, 'vdim') ?? width, from);
  },
  run: (call) => {
    const { arguments: from, parameters } = call;
    const streams = [0, 1, 2].map((at) => inputAt(call, call.inputs.length === 1 ? 0 : at));
    const options = {
      heads: wholeOf(from, 'num_heads'),
      isBatchFirst: boolean(from, 'batch_first') === true,
      addsZeros: boolean(from, 'add_zero_attn') === true,
    };
    const { output, weights } = multihead(streams, parameters, options, call.progress);
    return [
      { shape: outputShapeAt(call, 0), data: output },
      { shape: outputShapeAt(call, 1), data: weights },
    ];
  },
};

export const attentionKernels: readonly Kernel[] = [scaledDotProductAttention, multiheadAttention];

/** One matrix for the three projections where all widths are equal, and else one for each. */
export function attentionParameters(width: number, keys: number, values: number, from: Arguments): readonly ParameterShape[] {
  const weight = (name: string, rows: number, columns: number): ParameterShape => ({
    name,
    shape: [rows, columns],
    start: { fanIn: columns },
  });
  const hasBias = boolean(from, 'bias') !== false;
  const isOne = keys === width && values === width;
  const extra = boolean(from, 'add_bias_kv') === true ? ['bias_k', 'bias_v'] : [];
  return [
    ...(isOne
      ? [weight('in_proj_weight', 3 * width, width)]
      : [weight('q_proj_weight', width, width), weight('k_proj_weight', width, keys), weight('v_proj_weight', width, values)]),
    ...(hasBias ? [{ name: 'in_proj_bias', shape: [3 * width], start: 'zeros' } as const] : []),
    ...extra.map((name): ParameterShape => ({ name, shape: [1, 1, width], start: { fanIn: width } })),
    weight('out_proj.weight', width, width),
    ...(hasBias ? [{ name: 'out_proj.bias', shape: [width], start: 'zeros' } as const] : []),
  ];
}

export interface HeadOptions {
  readonly heads: number;
  readonly isBatchFirst: boolean;
  /** A key and a value of zeros are added. */
  readonly addsZeros: boolean;
}

/** Query, key and value, projected, attended to by each head, and projected back; weights are the mean over the heads. */
export function multihead(
  streams: readonly TensorData[],
  parameters: KernelCall['parameters'],
  { heads, isBatchFirst, addsZeros }: HeadOptions,
  progress?: Progress,
): { readonly output: Float32Array; readonly weights: Float32Array } {
  const shape = streams[0]?.shape ?? [];
  const width = shape.at(-1) ?? 1;
  const depth = width / heads;
  const batch = shape.length === 2 ? 1 : ((isBatchFirst ? shape[0] : shape[1]) ?? 1);
  const at = (name: string) => parameters.get(name)?.data;
  const times = (streams[1]?.data.length ?? 0) / ((streams[1]?.shape.at(-1) ?? 1) * batch);
  // A place is projected four times, each with `width` products for a feature, and looks at all places twice.
  const unit = 1 / (4 * width + 2 * times);
  const projections = streams.map(({ shape: own, data }, stream) => {
    const features = own.at(-1) ?? 1;
    const piece = (whole: Float32Array | undefined, length: number) => whole?.subarray(stream * length, (stream + 1) * length);
    const weight = at(`${'qkv'.charAt(stream)}_proj_weight`) ?? piece(at('in_proj_weight'), width * width) ?? new Float32Array();
    const told = pieceOf(progress, stream * width * unit, (stream + 1) * width * unit);
    return project(data, data.length / features, features, weight, piece(at('in_proj_bias'), width), told);
  });
  const queries = (projections[0]?.length ?? 0) / (width * batch);
  const collected = new Float32Array(queries * batch * width);
  const between = pieceOf(progress, 3 * width * unit, 1 - width * unit);
  const weights: Float64Array[] = [];
  /** Where a sample's row of a sequence of `length` lies. */
  const rowOf = (sample: number, time: number, length: number) => (isBatchFirst ? sample * length + time : time * batch + sample);
  for (let sample = 0; sample < batch; sample++) {
    let sums: Float64Array | undefined;
    for (let head = 0; head < heads; head++) {
      const [query, key, value] = projections.map((data, stream) => {
        const length = data.length / (width * batch);
        const rows = Array.from({ length }, (_, time) => data.subarray(rowOf(sample, time, length) * width));
        const extra = stream === 0 ? undefined : at(stream === 1 ? 'bias_k' : 'bias_v');
        const all = extra === undefined ? rows : [...rows, extra];
        const own = all.flatMap((row) => [...row.subarray(head * depth, (head + 1) * depth)]);
        return Float32Array.from(stream > 0 && addsZeros ? [...own, ...new Float32Array(depth)] : own);
      });
      if (query === undefined || key === undefined || value === undefined) continue;
      const done = sample * heads + head;
      const attended = attend(
        { query, key, value, queryWidth: depth, valueWidth: depth },
        { scale: 1 / Math.sqrt(depth), progress: pieceOf(between, done / (batch * heads), (done + 1) / (batch * heads)) },
      );
      for (let time = 0; time < queries; time++) {
        collected.set(attended.output.subarray(time * depth, (time + 1) * depth), rowOf(sample, time, queries) * width + head * depth);
      }
      const shared = (sums ??= new Float64Array(attended.weights.length));
      attended.weights.forEach((weight, place) => (shared[place] = (shared[place] ?? 0) + weight / heads));
    }
    if (sums !== undefined) weights.push(sums);
  }
  const last = pieceOf(progress, 1 - width * unit, 1);
  const output = project(collected, queries * batch, width, at('out_proj.weight') ?? new Float32Array(), at('out_proj.bias'), last);
  return { output, weights: joined(weights) };
}

function joined(pieces: readonly Float64Array[]): Float32Array {
  const [first] = pieces;
  const whole = new Float32Array(pieces.length * (first?.length ?? 0));
  pieces.forEach((piece, at) => whole.set(piece, at * piece.length));
  return whole;
}
