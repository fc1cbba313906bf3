// Modules of the user's own: found by name, in place of ours, told of where they are wrong, and begun by a fix.
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { definitionAt } from '../../server/src/features/definition.ts';
import { hoverAt } from '../../server/src/features/hover/hover.ts';
import { summarise } from '../../server/src/features/summary.ts';
import { shippedText } from '../../server/src/languages/yolo/library.ts';

const model = `nc: 4
scales:
  n: [0.33, 0.25, 1024]
backbone:
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Mine, [128, 3, silu, True]]
  - [-1, 1, Conv, [256, 3, 2]]
  - [-1, 1, Mine, [256, 5]]
head:
  - [[-1], 1, Detect, [nc]]
`;

function read(text: string, ...modules: string[]): Analysis {
  const analysis = analyse({ path: 'model.yaml', text }, { modules: modules.map((file, at) => ({ path: `file${at}.nn`, text: file })) });
  if (analysis === undefined) throw new Error('not claimed');
  return analysis;
}

function sizesOf({ document }: Analysis): string[] {
  const [network] = document.networks;
  const layers =
    network === undefined
      ? []
      : summarise(
          network,
          new Map([
            ['N', 1],
            ['H', 64],
            ['W', 64],
          ]),
        ).layers;
  return layers.map(({ outputs, parameters }) => `${JSON.stringify(outputs[0])} ${String(parameters)}`);
}

const mine = `# Twice as many places.
block Mine(c1: channels, c2: width, k=3, act="relu", flag=False):
    Conv(c1, c2, k)
    Upsample(scale_factor=2)
`;

describe('a module of the user', () => {
  it('is worked out as its block says, with the roles of its parameters', () => {
    const analysis = read(model, mine);
    expect(analysis.findings).toEqual([]);
    expect(sizesOf(analysis).slice(0, 4)).toEqual([
      '[1,16,32,32] 464',
      `[1,32,64,64] ${16 * 32 * 9 + 64}`,
      `[1,64,32,32] ${32 * 64 * 9 + 128}`,
      `[1,64,64,64] ${64 * 64 * 25 + 128}`,
    ]);
  });

  it("takes the place of one of ours in rows and in the user's blocks, and leaves ours as they are made", () => {
    const own = `block Conv(c1: channels, c2: width, k=1, s=1):
    Conv2d(c1, c2, k, stride=s, padding=k // 2)
block Mine(c1: channels, c2: width, k=3, act="relu", flag=False):
    Conv(c1, c2, k)
`;
    const sizes = sizesOf(read(model.replace('[-1, 1, Mine, [256, 5]]', '[-1, 1, C2f, [256]]'), own));
    expect(sizes[0]).toBe(`[1,16,32,32] ${3 * 16 * 9 + 16}`);
    expect(sizes[1]).toBe(`[1,32,32,32] ${16 * 32 * 9 + 32}`);
    expect(sizes[3]).toBe(
      sizesOf(
        read('scales:\n  n: [0.33, 0.25, 1024]\nnc: 4\nbackbone:\n  - [-1, 1, Conv, [256]]\n  - [-1, 1, C2f, [256]]\nhead: []\n'),
      )[1]?.replace('64,64]', '16,16]'),
    );
  });

  it('is that of the nearest file', () => {
    const far = mine.replace('scale_factor=2', 'scale_factor=4');
    expect(sizesOf(read(model, mine, far))[1]).toContain('[1,32,64,64]');
    expect(sizesOf(read(model, far, mine))[1]).toContain('[1,32,128,128]');
  });

  it('leads to its block, and its hover says what it does', () => {
    const analysis = read(model, mine);
    const at = model.indexOf('Mine') + 1;
    const definition = definitionAt(analysis, at);
    expect(definition?.file).toBe('file0.nn');
    expect(mine.slice(definition?.range.start, definition?.range.end)).toBe('Mine');
    expect(hoverAt(analysis, at)?.text).toContain('block Mine(c1: channels, c2: width, k=3, act="relu", flag=False)');
    expect(hoverAt(analysis, at)?.text).toContain('Twice as many places.');
  });

  it('gives the arguments of a row their names and what the parser makes of them', () => {
    const [width, kernel] = ['[128, 3, silu', '3, silu'].map((written) => hoverAt(read(model, mine), model.indexOf(written) + 1)?.text);
    expect(width).toContain('c2');
    expect(width).toContain('32');
    expect(kernel).toContain('k = 3');
    expect(hoverAt(read(model), model.indexOf('[128') + 1)?.text ?? '').not.toContain('c2');
  });
});

it('leads from a module of ours to its block', () => {
  const { file = '', range } = definitionAt(read(model, mine), model.indexOf('Conv')) ?? {};
  expect(file).toBe('shapelint:/modules/common/conv.nn');
  expect(shippedText(file)?.slice(range?.start, range?.end)).toBe('Conv');
});

it('is led to in its file by a fault that only some scales bring out, through other blocks', () => {
  const wrong = `block Part(c1: channels, c2: width):
    Conv(c1, c2)
    Conv2d(16, c2, 1)
block Mine(c1: channels, c2: width):
    Part(c1, c2)
`;
  const text = model
    .replace('scales:', 'scales:\n  s: [0.33, 0.125, 1024]')
    .replace('[128, 3, silu, True]', '[128]')
    .replace('[256, 5]', '[128]');
  const { findings } = read(text, wrong);
  expect(findings.map(({ diagnostic }) => diagnostic.message.split('\n')[0])).toEqual([
    'Conv2d is made for 16 channels, but its input has 32, at scale n.',
    'Conv2d is made for 16 channels, but its input has 32, at scale n.',
  ]);
  const [place] = findings[0]?.diagnostic.related ?? [];
  expect(place).toMatchObject({ message: 'In `Part`, here', file: { path: 'file0.nn' } });
  expect(wrong.slice(place?.range.start, place?.range.end)).toBe('Conv2d(16, c2, 1)');
  // What a module of ours does is put at its use.
  const [outer] = read(text, 'block Mine(c1: channels, c2: width):\n    Conv(16, c2)\n').findings[0]?.diagnostic.related ?? [];
  expect(outer).toMatchObject({ message: 'In `Mine`, here', range: { start: 41, end: 53 } });
});

describe('a module that is not known', () => {
  it('is told of once, with its rows and without errors behind it', () => {
    const { findings } = read(model);
    expect(findings.map(({ diagnostic: { code, severity } }) => `${severity} ${code}`)).toEqual(['information unknown-module']);
    expect(findings[0]?.diagnostic.message).toContain('rows 1, 3');
  });

  it('is begun by a fix, in the nearest file or in a new one, with what the row gives it', () => {
    const stubOf = (...modules: string[]) => {
      const analysis = read(model, ...modules);
      return analysis.findings.flatMap((finding) => provenFixes(analysis, finding)).find(({ addition }) => addition !== undefined);
    };
    const fix = stubOf();
    expect(fix?.title).toBe('Write a stub of `Mine` into a new file modules.nn');
    expect(fix?.preferred).toBe(false);
    expect(fix?.addition?.text).toContain('block Mine(c1: channels, c2: width, k=3, silu="silu", flag=True):');
    expect(read(model, fix?.addition?.text ?? '').findings).toEqual([]);
    expect(stubOf('block Other():\n    ReLU()')).toMatchObject({
      title: 'Write a stub of `Mine` into file0.nn',
      addition: { file: { path: 'file0.nn' } },
    });
  });
});

describe('a file with modules', () => {
  const lint = (text: string) =>
    analyse({ path: 'a/modules.nn', text })?.findings.map(
      ({ diagnostic }) => `${diagnostic.code} ${text.slice(diagnostic.range.start, diagnostic.range.end)}`,
    );

  it('may use ours, of the parser that it names', () => {
    expect(lint(mine)).toEqual([]);
    expect(lint('block A(c1: channels):\n    ReOrg()\n')).toEqual(['unknown-operator ReOrg']);
    expect(lint('# shapelint: dialect yolov7\nblock A(c1: channels):\n    ReOrg()\n')).toEqual([]);
  });

  it('has its own mistakes shown in it, and those that ours find at their use', () => {
    expect(lint('block A(c1: channels):\n    Conv(c1)\n')).toEqual(['missing-argument Conv']);
    expect(lint('block A():\n    input x: [n, 8, h, w]\n    C2f(9, 8)(x)\n')).toEqual(['channel-mismatch C2f']);
  });
});
