// Finds the inputs and parameters of a program among tensors that are given by name.
import type { Network } from '../../network/network.ts';
import { programParameters } from '../../reference/run-program.ts';
import type { TensorData } from '../../reference/tensor-data.ts';
import type { LoweredProgram } from './lower.ts';

/** `inputs.x`, or `x` alone where the network has an input of that name; all other names are those of weights. */
export function splitTensors(network: Network, tensors: ReadonlyMap<string, TensorData>) {
  const inputs = new Map<string, TensorData>();
  const weights = new Map<string, TensorData>();
  const names = new Set(network.inputs.map(({ label }) => label));
  for (const [name, tensor] of tensors) {
    if (name.startsWith('inputs.')) inputs.set(name.slice('inputs.'.length), tensor);
    else if (names.has(name)) inputs.set(name, tensor);
    else weights.set(name.replace(/^weights\./, ''), tensor);
  }
  return { inputs, weights };
}

export interface MatchedParameters {
  /** By state-dict names. */
  readonly parameters: ReadonlyMap<string, TensorData>;
  readonly missing: readonly string[];
  /** What does not fit, a sentence each. */
  readonly messages: readonly string[];
}

/** What PyTorch keeps with a batch norm and a forward pass does not need. */
const IGNORED = /(^|\.)num_batches_tracked$/;

/** What may stand in front: `module` of a model that ran on several GPUs, `model` once or twice where Ultralytics keeps one in another. */
const IN_FRONT = /^(module|model)\./;
/** More names are not read. */
const MOST_NAMES = 6;

/** Weights may be called by names or by positions, with the names of what held the model in front. */
export function matchParameters({ program, names }: LoweredProgram, weights: ReadonlyMap<string, TensorData>): MatchedParameters {
  const declared = new Map(programParameters(program).map((parameter) => [parameter.name, parameter]));
  const others = new Set(names.names.values());
  for (const { name } of program.steps) others.delete(name);
  const parameters = new Map<string, TensorData>();
  const sources = new Map<string, string>();
  const messages: string[] = [];
  let hasUnknown = false;
  for (const [written, tensor] of weights) {
    if (IGNORED.test(written)) continue;
    const name = declared.has(written) ? written : firstName(written, names.find);
    const parameter = name === undefined ? undefined : declared.get(name);
    if (name === undefined || parameter === undefined) {
      // A layer that no output needs may have its weights.
      if (name === undefined || !(others.has(name) || others.has(name.slice(0, name.lastIndexOf('.'))))) {
        messages.push(`Nothing takes the weight \`${written}\`.`);
        hasUnknown = true;
      }
      continue;
    }
    const first = sources.get(name);
    if (first !== undefined) messages.push(`The weights \`${first}\` and \`${written}\` are the same parameter.`);
    sources.set(name, written);
    const fits = parameter.shape.length === tensor.shape.length && parameter.shape.every((size, axis) => size === tensor.shape[axis]);
    if (!fits)
      messages.push(
        `The weight \`${written}\` has the shape [${tensor.shape.join(', ')}], and the layer takes [${parameter.shape.join(', ')}].`,
      );
    parameters.set(name, tensor);
  }
  const missing = [...declared.keys()].filter((name) => !parameters.has(name));
  if (hasUnknown && missing.length > 0) messages.push(missingWords(missing));
  return { parameters, missing, messages };
}

/** One of them is likely the one that was meant. */
function missingWords(missing: readonly string[]): string {
  const listed = missing.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const rest = missing.length - listed.length;
  return `Parameters that nothing is given for: ${listed.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function stateName(written: string, find: (layer: string) => string | undefined): string | undefined {
  // Where a layer is nothing but a parameter, its name is the parameter's.
  const whole = find(written);
  if (whole !== undefined) return whole;
  const point = written.lastIndexOf('.');
  const layer = point < 0 ? undefined : find(written.slice(0, point));
  return layer === undefined ? undefined : `${layer}${written.slice(point)}`;
}

function firstName(written: string, find: (layer: string) => string | undefined): string | undefined {
  let rest = written;
  for (let removed = 0; removed <= 3; removed++) {
    const name = stateName(rest, find);
    if (name !== undefined || !IN_FRONT.test(rest)) return name;
    rest = rest.replace(IN_FRONT, '');
  }
  return undefined;
}
