// The examples: networks that people know lint clean and have the sizes they are known for; the broken ones have their one mistake.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../server/src/analysis/analyse.ts';
import { provenFixes } from '../server/src/analysis/fixes.ts';
import { substitute } from '../server/src/dims/arithmetic.ts';
import { costOf } from '../server/src/features/cost.ts';
import { sampleSizes, summarise } from '../server/src/features/summary.ts';
import type { Network } from '../server/src/network/network.ts';
import { rules } from '../server/src/rules/registry.ts';
import { createLineIndex, positionAt } from '../server/src/text/line-index.ts';

const EXAMPLES = join(import.meta.dirname, '..', 'examples');
const GOLDEN = join(import.meta.dirname, '..', '..', 'shared', 'golden', 'pytorch');

const examples = filesIn(EXAMPLES);
/** In our own language; the others are in the formats that people have. */
const good = examples.filter((file) => /\.nn(\.yaml)?$/.test(file));
const broken = filesIn(join(EXAMPLES, 'broken'));

describe('an example', () => {
  it.each(good)('%s opens with what it is, claims its result and lints clean', (file) => {
    const analysis = read(file);
    expect(analysis.source.text).toMatch(/^# .+\n(#.*\n)*# .*\b(19|20)\d\d\b/);
    expect(analysis.source.text).toMatch(/^ *output\b/m);
    expect(problemsOf(analysis)).toEqual([]);
  });

  it.each(good.filter((file) => file.endsWith('.yaml')))('%s is the same network as in the .nn file', (file) => {
    const twin = file.replace(/\.yaml$/, '');
    expect(operatorsOf(network(file))).toEqual(operatorsOf(network(twin)));
    expect(network(file).outputs.map(({ name }) => name)).toEqual(network(twin).outputs.map(({ name }) => name));
  });
});

describe('an example in the format of a framework', () => {
  it.each(examples.filter((file) => !good.includes(file)))('%s lints clean, and every layer has its size', (file) => {
    expect(problemsOf(read(file))).toEqual([]);
    const { layers } = summarise(network(file), sampleSizes(network(file)));
    expect(layers.length).toBeGreaterThan(0);
    expect(layers.filter(({ outputs }) => outputs.length === 0 || outputs.some((shape) => shape === null || shape.includes(null)))).toEqual(
      [],
    );
  });
});

describe('the totals of an example', () => {
  it.each([
    // As torchvision counts them.
    { file: 'alexnet.nn', parameters: 61_100_840, gigaMacs: 0.714 },
    { file: 'vgg-16.nn', parameters: 138_357_544, gigaMacs: 15.47 },
    { file: 'resnet-18.nn', parameters: 11_689_512, gigaMacs: 1.814 },
    { file: 'resnet-50.nn', parameters: 25_557_032, gigaMacs: 4.089 },
    { file: 'mobilenet-v2.nn', parameters: 3_504_872, gigaMacs: 0.301 },
    { file: 'densenet-121.nn', parameters: 7_978_856, gigaMacs: 2.834 },
    { file: 'squeezenet.prototxt', parameters: 1_235_496 },
    // As they are often cited.
    { file: 'lenet-5.nn', parameters: 61_706 },
    { file: 'lenet-5.keras.json', parameters: 61_706 },
    { file: 'dcgan-generator.nn', parameters: 3_576_704 },
    { file: 'dcgan-discriminator.nn', parameters: 2_765_568 },
    { file: 'u-net-valid.nn', parameters: 31_030_658 },
  ])('$file: $parameters parameters', ({ file, parameters, gigaMacs }) => {
    const { totals } = summarise(network(file), sampleSizes(network(file)));
    expect(totals.parameters).toBe(parameters);
    if (gigaMacs !== undefined) expect(Number(totals.macs) / 1e9).toBeCloseTo(gigaMacs, gigaMacs < 10 ? 3 : 2);
  });

  it('is 388 x 388 for the 572 x 572 of the U-Net without padding', () => {
    const summary = summarise(network('u-net-valid.nn'), new Map([['N', 1]]));
    expect(summary.inputs.map(({ shape }) => shape)).toEqual([[1, 1, 572, 572]]);
    expect(summary.outputs.map(({ shape }) => shape)).toEqual([[1, 2, 388, 388]]);
  });
});

/** One call of a module without parts in a recorded run of torchvision. */
interface LeafCall {
  readonly name: string;
  readonly type: string;
  readonly output: readonly number[];
  readonly params: number;
}

describe.skipIf(!existsSync(GOLDEN))('layer by layer, as recorded from torchvision (skipped where there is no record)', () => {
  it.each([
    { file: 'alexnet.nn', model: 'alexnet' },
    { file: 'vgg-16.nn', model: 'vgg16' },
    { file: 'resnet-18.nn', model: 'resnet18' },
    { file: 'resnet-50.nn', model: 'resnet50' },
    { file: 'mobilenet-v2.nn', model: 'mobilenet_v2' },
    { file: 'densenet-121.nn', model: 'densenet121' },
    { file: 'deeplab-aspp.nn', model: 'deeplabv3_resnet50', part: 'classifier.' },
  ])('$file', ({ file, model, part = '' }) => {
    const record = JSON.parse(readFileSync(join(GOLDEN, `${model}.json`), 'utf8')) as { readonly leaf_calls: readonly LeafCall[] };
    const calls = record.leaf_calls.filter(({ name }) => name.startsWith(part));
    const expected = calls.map(({ type, output, params }) => `${type} ${JSON.stringify(output)} ${params}`);
    let at = 0;
    // What torchvision calls as a function is not in its record: joins, Flatten, and now and then a ReLU.
    const recorded = operatorsOf(network(file)).filter((line) => {
      const isFunction = line !== expected[at] && line.endsWith(' 0');
      if (!isFunction) at++;
      return !isFunction;
    });
    expect(recorded).toEqual(expected);
  });
});

/** A title that is among the proven fixes of a broken example. */
const FIXES: Readonly<Record<string, string>> = {
  'argument-range.nn': 'Change padding to "half"',
  'channel-mismatch.nn': 'Change in_channels to 64',
  'channel-mismatch-after-cat.nn': 'Change in_channels to 64',
  'channel-mismatch-keyword-form.nn.yaml': 'Change in_channels to 16',
  'claim-mismatch.nn': 'Change padding of Conv2d to 1',
  'concat-mismatch.nn': 'Change padding of ConvTranspose2d to 1',
  'feature-mismatch.nn': 'Change in_features to 256',
  'kernel-exceeds-input.nn': 'Change padding to 1',
  'output-padding-range.nn': 'Change output_padding to 1',
  'pool-padding.nn': 'Change padding to 1',
  'ignored-key.yaml': 'Remove `ch`',
  'reference-range.yaml': 'Remove 4',
  'repeat-mismatch.yaml': 'Change repeats to 1',
  'stale-comment.yaml': 'Rewrite the comment: # 2-P3/8  # information: stale-comment',
  'stale-reference.yaml': 'Shift all row numbers from 4 on by +1 (2 numbers)',
  'size-condition.nn': 'Require H % 2 == 0 and W % 2 == 0',
  'syntax.nn': 'Insert `:`',
  'syntax-flow-style.nn.yaml': 'Put the calls in quotes',
  'syntax-indentation.nn': 'Indent it as the line before',
  'syntax-misspelt-word.nn': 'Change `repaet` to `repeat`',
  'repeated-layer-name.prototxt': 'Change `conv1` to `conv1_2`',
  'unknown-field.prototxt': 'Change `strides` to `stride`',
  'unknown-argument.nn': 'Change `strides` to `stride`',
  'unknown-name.nn': 'Change `skip_1` to `skip1`',
  'unknown-name-symbol.nn': 'Change `h` to `H`',
  'unknown-operator.nn': 'Change `Conv2D` to `Conv2d`',
};

describe('a broken example', () => {
  it('is there for every code, and named for it', () => {
    const codes = rules.map(({ code }) => code);
    expect(codes.filter((code) => !broken.some((file) => file.startsWith(`broken/${code}.`)))).toEqual([]);
  });

  it.each(broken)('%s has the one mistake that its comment says', (file) => {
    const analysis = read(file);
    const { text } = analysis.source;
    expect(text).toMatch(/^# .+\.\n/);
    const marked = text
      .split('\n')
      .flatMap((line, at) =>
        [...line.matchAll(/# ((?:error|warning|information|hint): [a-z-]+)$/g)].map(([, problem]) => `${at + 1} ${problem ?? ''}`),
      );
    expect(marked).toHaveLength(1);
    expect(file).toContain(marked[0]?.replace(/^.*: /, ''));
    expect(problemsOf(analysis)).toEqual(marked);
  });

  it.each(Object.entries(FIXES))('%s is mended by: %s', (file, title) => {
    const analysis = read(`broken/${file}`);
    const titles = analysis.findings.flatMap((finding) => provenFixes(analysis, finding).map((fix) => fix.title));
    expect(titles).toContain(title);
  });
});

function filesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.(?:nn|yaml|cfg|prototxt|json)$/.test(name));
  return names.sort().map((name) => (folder === EXAMPLES ? name : `broken/${name}`));
}

function read(file: string): Analysis {
  const analysis = analyse({ path: file, text: readFileSync(join(EXAMPLES, file), 'utf8') });
  if (analysis === undefined) throw new Error(`no language claims ${file}`);
  return analysis;
}

function network(file: string): Network {
  const [first] = read(file).document.networks;
  if (first === undefined) throw new Error(`there is no network in ${file}`);
  return first;
}

/** `Conv2d [1,64,112,112] 9408`: operator, outputs at the sample sizes and parameters, in the order of the run. */
function operatorsOf(from: Network): string[] {
  const sizes = sampleSizes(from);
  return from.nodes.map((node) => {
    const outputs = node.outputs.map(({ shape }) => JSON.stringify(shape?.map((size) => substitute(size, sizes))));
    return `${node.operator} ${outputs.join(' ')} ${JSON.stringify(costOf(node).parameters)}`;
  });
}

/** `7 error: channel-mismatch`, in the order of the lines. */
function problemsOf({ source, findings }: Analysis): string[] {
  const index = createLineIndex(source.text);
  return findings.map(({ diagnostic: { code, severity, range } }) => `${positionAt(index, range.start).line + 1} ${severity}: ${code}`);
}
