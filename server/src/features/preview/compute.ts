// From a layer to its values: what is run for it, and what of the answer the panel is sent.
import type { Node } from '../../network/network.ts';
import type { CellLinks, ComputeRequest, Obstacle, ValuesAnswer } from '../../protocol/preview.ts';
import type { RunAnswer, RunRequest } from '../../reference/run-request.ts';
import type { TensorData } from '../../reference/tensor-data.ts';
import { lowerToProgram, type LoweredProgram } from '../program/lower.ts';
import { matchParameters } from '../program/match-tensors.ts';
import { refusalWords } from '../program/refusal-words.ts';
import { atSizes } from '../program/sized.ts';
import { chainTo, type ChainStep } from './chain.ts';
import { MOST_INPUTS, type PreviewSubject } from './describe.ts';
import { sampleFor } from './fit-sample.ts';
import { linksOf } from './links.ts';
import { biasOf, decode, kernelsOf, mapsOf, thumbnailOf } from './maps.ts';
import { describeWindow } from './window.ts';

/** What was chosen from files. */
export interface GivenTensors {
  readonly sample?: TensorData | undefined;
  readonly weights?: ReadonlyMap<string, TensorData> | undefined;
}

export interface LayerRun {
  readonly request: RunRequest;
  readonly answer: (run: RunAnswer, version: number) => ValuesAnswer;
}

export function prepareRun(subject: PreviewSubject, asked: ComputeRequest, given: GivenTensors): LayerRun | Obstacle {
  const { layer, analysis, sizes } = subject;
  const sized = atSizes(analysis, layer.network, { symbols: sizes });
  if (sized.kind !== 'sized') return { message: 'Some symbols have no number.', advice: 'Choose sizes above.' };
  const node = sized.network.nodes[layer.network.nodes.indexOf(layer.node)];
  if (node?.operator !== layer.node.operator)
    return { message: 'At these sizes the network has other layers.', advice: 'Choose other sizes.' };
  const lowered = lowerToProgram(sized.analysis, sized.network, node);
  if (lowered.kind !== 'program') return { message: refusalWords(lowered), advice: 'Layers before it can be shown.' };
  const chain = chainTo(sized.analysis, sized.network, node, sizes);
  const names = parameterNamesOf(lowered, node);
  const numbered = (tensors: readonly { readonly tensor: Node['outputs'][number] }[]) =>
    tensors.flatMap(({ tensor }) => lowered.valueOf(tensor) ?? []);
  const values = [
    ...new Set([
      ...numbered(chain),
      ...node.inputs.flatMap((tensor) => lowered.valueOf(tensor) ?? []),
      ...node.outputs.flatMap((tensor) => lowered.valueOf(tensor) ?? []),
    ]),
  ];
  const sample = asked.sample.image === undefined ? given.sample : decode(asked.sample.image);
  const request: RunRequest = {
    program: lowered.program,
    inputs: new Map(lowered.program.inputs.map(({ name, shape }) => [name, sampleFor(shape, asked.sample, sample)])),
    parameters: given.weights === undefined ? new Map() : matchParameters(lowered, given.weights).parameters,
    initial: { kind: asked.weights.kind === 'file' ? 'he' : asked.weights.kind, seed: asked.weights.seed },
    keep: { values, parameters: [names.weight, names.bias] },
  };
  return { request, answer: (run, version) => answerOf(run, version, { lowered, node, chain, names, subject, asked }) };
}

interface RunContext {
  readonly lowered: LoweredProgram;
  readonly node: Node;
  readonly chain: readonly ChainStep[];
  readonly names: { readonly weight: string; readonly bias: string };
  readonly subject: PreviewSubject;
  readonly asked: ComputeRequest;
}

function parameterNamesOf({ names }: LoweredProgram, node: Node): RunContext['names'] {
  const name = names.names.get(node) ?? '';
  const before = name === '' ? '' : `${name}.`;
  return { weight: `${before}weight`, bias: `${before}bias` };
}

function answerOf(run: RunAnswer, version: number, context: RunContext): ValuesAnswer {
  switch (run.kind) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'too-large':
      return { kind: 'refused', obstacle: { message: run.message, advice: 'Choose smaller sizes for the symbols.' } };
    case 'refused':
    case 'failed':
      return { kind: 'refused', obstacle: { message: run.message, advice: 'Other inputs, weights or sizes may do.' } };
    case 'done':
      return valuesOf(run, version, context);
  }
}

function valuesOf(
  run: Extract<RunAnswer, { kind: 'done' }>,
  version: number,
  { lowered, node, chain, names, asked, subject }: RunContext,
): ValuesAnswer {
  const window = describeWindow(node, subject.sizes);
  const valueOf = (tensor: Node['outputs'][number] | undefined): TensorData | undefined =>
    tensor === undefined ? undefined : run.values.get(lowered.valueOf(tensor) ?? -1);
  const mapped = (tensor: TensorData | undefined, channel: number) =>
    tensor === undefined ? undefined : mapsOf(tensor, window?.axes.length, channel);
  const inputIndex = node.inputs[asked.shown.input] === undefined ? 0 : asked.shown.input;
  const given = valueOf(node.inputs[inputIndex]);
  const input = mapped(given, asked.shown.inputChannel);
  const output = mapped(valueOf(node.outputs[0]), asked.shown.outputChannel);
  if (output === undefined || (given !== undefined && input === undefined))
    return {
      kind: 'refused',
      obstacle: {
        message: 'A map of this layer has more than 1024 x 1024 cells.',
        advice: 'Choose smaller sizes for the symbols: the window moves over a small input as it does over a large one.',
      },
    };
  const weight = run.parameters.get(names.weight);
  const bias = run.parameters.get(names.bias);
  const hasKernel = window?.pool === null;
  const pictureOf = (tensor: Node['outputs'][number]) => {
    const value = valueOf(tensor);
    return value === undefined ? null : thumbnailOf(value);
  };
  return {
    kind: 'values',
    version,
    inputIndex,
    input: input ?? null,
    output,
    weight: hasKernel && weight !== undefined ? kernelsOf(weight, window, output.channels, asked.shown) : null,
    bias: hasKernel && bias !== undefined ? biasOf(bias, output) : null,
    thumbnails: chain.map(({ tensor }) => pictureOf(tensor)),
    inputThumbnails: node.inputs.length < 2 ? [] : node.inputs.slice(0, MOST_INPUTS).map(pictureOf),
    links: window === undefined ? encodedLinks(node, valueOf, inputIndex, asked.shown.outputChannel) : null,
  };
}

/** Cells that were followed are sent for the channels of the output that are sent. */
function encodedLinks(
  node: Node,
  valueOf: (tensor: Node['outputs'][number]) => TensorData | undefined,
  input: number,
  outputChannel: number,
): CellLinks | null {
  const shapesOf = (tensors: Node['outputs']) => tensors.map((tensor) => valueOf(tensor)?.shape ?? []);
  const links = linksOf(node, shapesOf(node.inputs), shapesOf(node.outputs), input);
  if (links?.kind !== 'copies') return links ?? null;
  const maps = mapsOf(links.sources, undefined, outputChannel)?.maps;
  return maps === undefined ? null : { kind: 'copies', sources: maps };
}
