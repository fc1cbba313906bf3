// Rules on whole networks, for what a fixture cannot show: codes that are off, several networks with one block, and time.
import { describe, expect, it } from 'vitest';
import { analyse, type AnalysisOptions } from '../server/src/analysis/analyse.ts';

function problemsOf(text: string, options: AnalysisOptions = {}): string[] {
  const analysis = analyse({ path: 'test.nn', text }, options);
  return (analysis?.findings ?? []).map(({ diagnostic: { code, message } }) => `${code}: ${message.split('\n')[0] ?? ''}`);
}

describe('receptive-field', () => {
  const text = `net Narrow:
    input x: [N, 3, H=64, 32]
    Conv2d(3, 8, 7, padding=3)
    ReLU()
    MaxPool2d(2)
    Conv2d(8, 1, (3, 15), padding=(1, 7))
`;

  it('is off', () => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('says how much of the sample is seen, once it is asked for', () => {
    const on = { levels: new Map([['receptive-field', 'information']] as const) };
    expect(problemsOf(text, on)).toEqual(['receptive-field: A cell of `output` sees 12 of 64 cells (height) of the input.']);
    expect(problemsOf(`${text}    AdaptiveAvgPool2d(1)\n`, on)).toEqual([]);
  });
});

describe('a line in a block', () => {
  const block = `block Norm(c, norm):
    Conv2d(_, c, 3)
    if norm:
        BatchNorm2d(c)
`;
  const net = (name: string, norm: string) => `
net ${name}:
    input x: [N, 3, 32, 32]
    Norm(8, ${norm})
`;

  it('is remarked on once for several networks', () => {
    expect(problemsOf(block + net('A', 'True') + net('B', 'True'))).toHaveLength(1);
  });

  it('is not remarked on where another network needs it', () => {
    expect(problemsOf(block + net('A', 'True') + net('B', 'False'))).toEqual([]);
  });
});

describe('a network with an error', () => {
  it('is not told that a layer is unused which the faulty line may use', () => {
    const text = `net Half:
    input x: [N, 3, 32, 32]
    input y: [N, 3, 32, 32]
    a = Conv2d(3, 8, 1)(x)
    b = Conv2d(3, 8, 3, padding=1)(x)
    Add()(a, b
`;
    expect(problemsOf(text).filter((problem) => !problem.startsWith('syntax'))).toEqual([]);
  });
});

describe('all rules together', () => {
  it('remark on a line once, however often it is unrolled', () => {
    const text = `net Long:
    input x: [N, 8, 64, 64]
    repeat 1000:
        y = .
        Conv2d(8, 8, 3, padding=2, dilation=2)
        BatchNorm2d(8)
        ReLU()
        Conv2d(8, 8, 3, padding=1)
        Add()(., y)
`;
    const analysis = analyse({ path: 'test.nn', text });
    expect(analysis?.document.networks[0]?.nodes).toHaveLength(5000);
    const places = (analysis?.findings ?? []).map(({ diagnostic: { code, range } }) => `${code} ${range.start}`);
    expect(places).toEqual([...new Set(places)]);
    expect(places.filter((place) => place.startsWith('redundant-bias'))).toHaveLength(1);
  });
});
