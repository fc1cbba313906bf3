// `shapelint run`: computes a network on arrays.
import { parseArgs } from 'node:util';
import type { Analysis } from '../analysis/analyse.ts';
import { formatShape } from '../dims/format.ts';
import { sizesOfInputs } from '../features/program/input-sizes.ts';
import { lowerToProgram } from '../features/program/lower.ts';
import { matchParameters, splitTensors } from '../features/program/match-tensors.ts';
import { noNumberWords, refusalWords } from '../features/program/refusal-words.ts';
import { brokenRequirements } from '../features/program/requirements.ts';
import { atSizes } from '../features/program/sized.ts';
import { toProgramLayout, toWrittenLayout } from '../features/program/written-layout.ts';
import type { Network } from '../network/network.ts';
import { answerRun } from '../reference/run-request.ts';
import type { TensorData } from '../reference/tensor-data.ts';
import { createLineIndex, positionAt } from '../text/line-index.ts';
import { wholeNumber } from './check.ts';
import { UsageError } from './files.ts';
import { formatProblem } from './format-problems.ts';
import { parseSizes, readNetworks, readOptions } from './networks.ts';
import { reportProblems } from './problems.ts';
import { checkOutputPath, jsonOutputs, readTensorFiles, writeTensorFile } from './tensor-files.ts';
import type { Terminal } from './terminal.ts';

/** Bytes of tensors: who runs a network at a terminal means to, and large ones have weights of half a gigabyte. */
const MOST_BYTES = 8_000_000_000;
/** More mismatches than these are one mistake. */
const MOST_MESSAGES = 10;

/** The run itself is in this thread: nothing else waits for it, and Ctrl+C ends it. */
export function runRun(args: readonly string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      net: { type: 'string' },
      size: { type: 'string', multiple: true, default: [] },
      tensors: { type: 'string', multiple: true, default: [] },
      output: { type: 'string' },
      seed: { type: 'string', default: '0' },
      ...readOptions,
    },
  });
  const symbols = parseSizes('size', values.size);
  const seed = wholeNumber('seed', values.seed);
  if (values.tensors.length === 0) throw new UsageError('run takes the input arrays with --tensors, a .json, .safetensors or .npy file.');
  if (values.output !== undefined) checkOutputPath(values.output);
  const { analysis, network } = readNetwork(positionals, values.net, values);
  if (printErrors(analysis, network, terminal)) return 1;
  const { inputs, weights } = splitTensors(network, readTensorFiles(values.tensors));
  const unknown = [...symbols.keys()].find((name) => network.symbols.every((symbol) => symbol.name !== name));
  if (unknown !== undefined) throw new UsageError(`\`${network.name}\` has no symbol ${unknown}.`);

  const mismatches = inputMessages(network, inputs);
  if (mismatches.length > 0) return fail(mismatches, terminal);
  const sizes = sizesOfInputs(network, new Map([...inputs].map(([name, { shape }]) => [name, shape])), symbols);
  if (sizes.kind === 'mismatch') return fail(sizes.messages, terminal);
  const sized = atSizes(analysis, network, sizes.given);
  if (sized.kind === 'no-number') throw new UsageError(`${noNumberWords(sized.symbols)} Give sizes with --size, as in --size H=224.`);
  const broken = brokenRequirements(network, sized.sizes);
  if (broken.length > 0)
    return fail(
      broken.map(({ text }) => `\`require ${text}\` does not hold with ${numbersText(sized.sizes)}.`),
      terminal,
    );
  if (printErrors(sized.analysis, sized.network, terminal)) return 1;
  const lowered = lowerToProgram(sized.analysis, sized.network);
  if (lowered.kind !== 'program') return fail([refusalWords(lowered)], terminal);
  const matched = matchParameters(lowered, weights);
  if (matched.messages.length > 0) return fail(matched.messages, terminal);

  const { length: missing } = matched.missing;
  if (missing > 0) {
    const all = missing + matched.parameters.size;
    terminal.error(
      `${missing} of ${all} ${all === 1 ? 'parameter is' : 'parameters are'} not given: He's random start with seed ${seed}.\n`,
    );
  }
  const { parameters } = matched;
  const given = toProgramLayout(sized.network, inputs);
  const answer = answerRun({ program: lowered.program, inputs: given, parameters, initial: { kind: 'he', seed } }, { limit: MOST_BYTES });
  if (answer.kind === 'cancelled') return 1;
  if (answer.kind !== 'done') return fail([answer.message], terminal);
  const outputs = toWrittenLayout(sized.network, answer.outputs);
  if (values.output === undefined) terminal.out(jsonOutputs(outputs));
  else writeTensorFile(values.output, outputs);
  return 0;
}

function readNetwork(paths: readonly string[], name: string | undefined, options: Parameters<typeof readNetworks>[3]) {
  const { analysis, networks } = readNetworks('run', paths, name, options);
  const [network, ...others] = networks;
  if (network !== undefined && others.length === 0) return { analysis, network };
  const [path] = paths;
  if (network === undefined) throw new UsageError(`${path ?? 'The file'} has no network.`);
  throw new UsageError(`${path ?? 'The file'} has several networks; --net names one: ${networks.map((each) => each.name).join(', ')}.`);
}

/** The errors that `check` finds in the network, or in a part of the file that all networks share; says whether there are any. */
function printErrors(analysis: Analysis, network: Network, terminal: Terminal): boolean {
  const lines = createLineIndex(analysis.source.text);
  const others = analysis.document.networks
    .filter((other) => other.range !== network.range)
    .map(({ range }) => [positionAt(lines, range.start).line + 1, positionAt(lines, range.end).line + 1] as const);
  const errors = reportProblems(analysis).filter(
    ({ severity, line }) => severity === 'error' && !others.some(([first, last]) => first <= line && line <= last),
  );
  const text = analysis.source.text.split(/\r\n|\r|\n/);
  for (const error of errors) terminal.error(`${formatProblem(analysis.source.path, text, error, terminal.style)}\n`);
  return errors.length > 0;
}

function numbersText(sizes: ReadonlyMap<string, number>): string {
  return [...sizes].map(([name, value]) => `${name} = ${value}`).join(', ');
}

/** Inputs that are missing, and tensors for inputs that there are not. */
function inputMessages(network: Network, inputs: ReadonlyMap<string, TensorData>): string[] {
  const names = network.inputs.map(({ label }) => label);
  const known = names.map((name) => `\`${name}\``).join(', ');
  return [
    ...[...inputs.keys()]
      .filter((name) => !names.includes(name))
      .map((name) => `\`${network.name}\` has no input \`${name}\`; its inputs are ${known}.`),
    ...network.inputs
      .filter(({ label }) => !inputs.has(label))
      .map(
        ({ label, shape }) =>
          `There is no tensor for the input \`${label}\`${shape === undefined ? '' : `, which is ${formatShape(shape)}`}.`,
      ),
  ];
}

function fail(messages: readonly string[], terminal: Terminal): number {
  for (const message of messages.slice(0, MOST_MESSAGES)) terminal.error(`${message}\n`);
  if (messages.length > MOST_MESSAGES) terminal.error(`${messages.length - MOST_MESSAGES} more tensors do not fit.\n`);
  return 1;
}
