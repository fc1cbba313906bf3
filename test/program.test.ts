// Networks as programs: numbers for sizes, only the steps that are needed, the names of parameters, and why one cannot be run.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../server/src/analysis/analyse.ts';
import { lowerToProgram, type LoweredProgram, type Refusal, type Wanted } from '../server/src/features/program/lower.ts';
import { noNumberWords, refusalWords } from '../server/src/features/program/refusal-words.ts';
import { atSizes } from '../server/src/features/program/sized.ts';
import type { Network } from '../server/src/network/network.ts';
import { programParameters } from '../server/src/reference/run-program.ts';

function read(text: string, path = 'a.nn'): { analysis: Analysis; network: Network } {
  const analysis = analyse({ path, text });
  const network = analysis?.document.networks.at(-1);
  if (analysis === undefined || network === undefined) throw new Error('no network');
  return { analysis, network };
}

function lower(
  text: string,
  sizes: Readonly<Record<string, number>> = {},
  wanted: (network: Network) => Wanted | undefined = (n) => n,
): LoweredProgram | Refusal {
  const { analysis, network } = read(text);
  const sized = atSizes(analysis, network, { symbols: new Map(Object.entries(sizes)) });
  if (sized.kind !== 'sized') throw new Error(noNumberWords(sized.symbols));
  return lowerToProgram(sized.analysis, sized.network, wanted(sized.network));
}

function program(...args: Parameters<typeof lower>) {
  const lowered = lower(...args);
  if (lowered.kind !== 'program') throw new Error(refusalWords(lowered));
  return lowered.program;
}

const chain = `net A:
    input x: [N, 1, H=8, W=8]
    input unused: [N, 1, H, W]
    a = Conv2d(1, 2, 3)(x)
    MaxPool2d(2)
    dead = Conv2d(1, 4, 1)(x)
    Conv2d(2, H, 1)(a)
    output y
`;

describe('a program', () => {
  it('has numbers for sizes and for symbols in arguments: the samples, and 1 for a batch', () => {
    const { inputs, steps, outputs } = program(chain);
    expect(inputs).toEqual([{ name: 'x', shape: [1, 1, 8, 8] }]);
    expect(steps.map((step) => [step.operator, step.inputs, step.outputs])).toEqual([
      ['Conv2d', [0], [[1, 2, 6, 6]]],
      ['Conv2d', [1], [[1, 8, 6, 6]]],
    ]);
    expect(steps[1]?.arguments.get('out_channels')).toBe(8);
    expect(outputs).toEqual([{ name: 'y', value: 2 }]);
  });

  it('takes sizes that are given before the samples', () => {
    expect(program(chain, { H: 10, N: 2 }).steps.map(({ outputs }) => outputs)).toEqual([[[2, 2, 8, 6]], [[2, 10, 8, 6]]]);
  });

  it('ends at the layer that is wanted', () => {
    const { steps, outputs } = program(chain, {}, ({ layers }) => layers[1]);
    expect(steps.map(({ operator }) => operator)).toEqual(['Conv2d', 'MaxPool2d']);
    expect(outputs).toEqual([{ name: 'output', value: 2 }]);
  });

  it('follows sizes that decide its structure', () => {
    const text = 'net A:\n    input x: [N, C, 4]\n    parts = Chunk(3, dim=1)\n    Cat(dim=2)(*parts)\n    output y\n';
    expect(program(text, { C: 6 }).steps.map(({ outputs }) => outputs)).toEqual([
      [
        [1, 2, 4],
        [1, 2, 4],
        [1, 2, 4],
      ],
      [[1, 2, 12]],
    ]);
    expect(program(text, { C: 2 }).steps.map(({ outputs }) => outputs)).toEqual([
      [
        [1, 1, 4],
        [1, 1, 4],
      ],
      [[1, 1, 8]],
    ]);
  });

  it('keeps inputs that are claimed or bound again apart, by where they are declared', () => {
    const text = 'net A:\n    input a: [2]\n    input b: [2]\n    c = b\n    Sub()(c, a)\n';
    const { inputs, steps } = program(text);
    expect(inputs.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(steps[0]?.inputs).toEqual([1, 0]);
  });
});

describe('parameters are called', () => {
  const names = (text: string) =>
    programParameters(program(text))
      .map(({ name }) => name)
      .filter((name) => name.endsWith('weight'));
  const net = (body: string, blocks = '') => `${blocks}net A:\n    input x: [N, 4, 8, 8]\n${body.replaceAll(/^/gm, '    ')}\n`;
  const block = 'block Two():\n    conv1 = Conv2d(4, 4, 1)\n    ReLU()\n    Conv2d(4, 4, 1)\n\n';

  it.each<[string, string, readonly string[]]>([
    ['by position, counting all layers', net('Conv2d(4, 4, 1)\nReLU()\nConv2d(4, 4, 1)'), ['0.weight', '2.weight']],
    ['by bound name', net('conv1 = Conv2d(4, 4, 1)\nReLU()\nConv2d(4, 4, 1)'), ['conv1.weight', '2.weight']],
    [
      'behind the name of their block',
      net('layer1 = Two()\nTwo()', block),
      ['layer1.conv1.weight', 'layer1.2.weight', '1.conv1.weight', '1.2.weight'],
    ],
    [
      'as if a loop were written out',
      net('Conv2d(4, 4, 1)\nrepeat 2:\n    Conv2d(4, 4, 1)\n    ReLU()\nConv2d(4, 4, 1)'),
      ['0.weight', '1.weight', '3.weight', '5.weight'],
    ],
    ['by position where a name is bound to several', net('y = Conv2d(4, 4, 1)\ny = ReLU()\ny = Conv2d(4, 4, 1)'), ['0.weight', '2.weight']],
    ['by name where only one of a name has parameters', net('y = Conv2d(4, 4, 1)\ny = ReLU()'), ['y.weight']],
    ['without counting references', net('a = ReLU()\nx\nConv2d(4, 4, 1)'), ['1.weight']],
    ['behind the operator around them', net('sum = Add()(Conv2d(4, 4, 1)(x), x)'), ['sum.0.weight']],
    ['by position in a list', net('ys = []\nys += Conv2d(4, 4, 1)\nys += Conv2d(4, 4, 1)(x)\nCat(dim=1)(*ys)'), ['0.weight', '1.weight']],
  ])('%s', (_, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it("torchvision's names, where blocks are as torchvision's modules are", () => {
    const basic =
      'block BasicBlock(c, stride=1):\n    input x: [N, k, H, W]\n    conv1 = Conv2d(k, c, 3, stride=stride, padding=1, bias=False)\n    bn1 = BatchNorm2d(c)\n    conv2 = Conv2d(c, c, 3, padding=1, bias=False)\n    y = BatchNorm2d(c)\n    Add()(y, y)\n';
    const stage = 'block Stage(c, n, stride):\n    BasicBlock(c, stride)\n    repeat n - 1:\n        BasicBlock(c)\n';
    expect(names(`${basic}${stage}${net('layer1 = Stage(4, 2, 1)')}`)).toEqual([
      ...['layer1.0.conv1.weight', 'layer1.0.bn1.weight', 'layer1.0.conv2.weight', 'layer1.0.y.weight'],
      ...['layer1.1.conv1.weight', 'layer1.1.bn1.weight', 'layer1.1.conv2.weight', 'layer1.1.y.weight'],
    ]);
  });
});

describe('what cannot be run says why', () => {
  it('a symbol without a number', () => {
    const { analysis, network } = read('net A:\n    input x: [N, 1, H, W]\n    ReLU()\n');
    const sized = atSizes(analysis, network, { symbols: new Map() });
    expect(sized.kind === 'no-number' && noNumberWords(sized.symbols)).toBe('`H` and `W` have no number.');
  });

  const small = 'net A:\n    input x: [N, 1, H, W]\n    first = ReLU()\n    MaxPool2d(3)\n    Conv2d(2, 4, 1)\n';
  it('a fault on the way, and only there', () => {
    const sizes = { H: 8, W: 8 };
    const refused = lower(small, sizes);
    expect(refused.kind === 'fault' && refusalWords(refused)).toContain('Conv2d is made for 2 channels, but its input has 1.');
    expect(lower(small, sizes, ({ layers }) => layers[1]).kind).toBe('program');
  });

  it('what is wrong at these sizes alone', () => {
    const refused = lower(small, { H: 2, W: 8 }, ({ layers }) => layers[1]);
    expect(refused).toMatchObject({ kind: 'fault', problem: { fault: { code: 'empty-output' } } });
  });

  it('a line before it that cannot be read', () => {
    expect(lower('net A:\n    input x: [2]\n    ReLU(\n    ReLU()\n')).toMatchObject({
      kind: 'fault',
      problem: { fault: { code: 'syntax' } },
    });
    const text = 'net A:\n    input x: [2]\n    ReLU()\n    Nothing()\n';
    expect(lower(text)).toMatchObject({ kind: 'fault' });
    expect(lower(text, {}, ({ layers }) => layers[0]).kind).toBe('program');
  });

  it('a fault in a block that is used, wherever the block is shown to have it', () => {
    const text = 'block B():\n    Conv2d(3, 4, 3, stride=0)\n\nblock Other():\n    Conv2d(3, 4, 3, stride=0)\n\n';
    expect(lower(`${text}net A:\n    input x: [1, 3, 8, 8]\n    B()\n`)).toMatchObject({ kind: 'fault' });
    expect(lower(`${text}net A:\n    input x: [1, 3, 8, 8]\n    ReLU()\n`).kind).toBe('program');
  });

  it('an input whose size is not known', () => {
    expect(lower('net A:\n    input x\n    ReLU()\n')).toMatchObject({ kind: 'unknown-size', tensor: { label: 'x' } });
  });
});

describe('the examples', () => {
  const folder = new URL('../examples/', import.meta.url);
  const sizes: Readonly<Record<string, number>> = { H: 64, W: 64, D: 16, T: 64 };

  it.each(readdirSync(folder).filter((name) => /\.nn(\.yaml)?$/.test(name)))('%s becomes a program with all of its parameters', (name) => {
    const { analysis, network } = read(readFileSync(new URL(name, folder), 'utf8'), name);
    const free = new Map(
      network.symbols
        .filter(({ sample }) => sample === undefined)
        .map((symbol) => [symbol.name, symbol.name === 'N' ? 1 : (sizes[symbol.name] ?? 8)]),
    );
    const sized = atSizes(analysis, network, { symbols: free });
    const lowered = sized.kind === 'sized' ? lowerToProgram(sized.analysis, sized.network) : undefined;
    if (lowered?.kind !== 'program') throw new Error(lowered === undefined ? 'no numbers' : refusalWords(lowered));
    const { steps } = lowered.program;
    expect(steps.length).toBeGreaterThan(5);
    expect(new Set(steps.map((step) => step.name)).size).toBe(steps.length);
  });
});
