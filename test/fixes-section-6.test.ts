// Fixes of design.md section 6: known cases with exactly the fixes that are expected, and random broken networks in both forms.
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis, type AnalysisOptions, type Finding } from '../server/src/analysis/analyse.ts';
import { editBetween, fixAll } from '../server/src/analysis/fix-all.ts';
import { disabledFixes, provenFixes } from '../server/src/analysis/fixes.ts';
import { run } from '../server/src/cli/main.ts';
import { codes } from '../server/src/rules/registry.ts';
import { applyEdits } from '../server/src/text/edit.ts';

/** What the framework would refuse, without what is only remarked on. */
const ERRORS: AnalysisOptions = { levels: new Map(codes.filter(({ severity }) => severity !== 'error').map(({ code }) => [code, 'off'])) };

function analysisOf(text: string, path = 'net.nn', options = ERRORS): Analysis {
  const analysis = analyse({ path, text }, options);
  if (analysis === undefined) throw new Error(`no language claims ${path}`);
  return analysis;
}

function network(lines: readonly string[]): string {
  return `net Net:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** The titles of the first finding, the preferred one with a star, the disabled ones with their reasons. */
function offered(analysis: Analysis): string[] {
  const [finding] = analysis.findings;
  if (finding === undefined) return [];
  const proved = provenFixes(analysis, finding).map(({ title, preferred }) => (preferred ? `* ${title}` : title));
  return [...proved, ...disabledFixes(finding).map(({ title, reason }) => `${title}: ${reason}`)];
}

interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  readonly titles: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'a join of an encoder and its decoder, off by one',
    lines: [
      'input x: [N, 1, 24, 24]',
      's = Conv2d(1, 8, 3, padding=1)',
      'Conv2d(8, 8, 3, stride=2, padding=1)',
      'u = ConvTranspose2d(8, 8, 3, stride=2, padding=1)',
      'Cat(dim=1)(s, u)',
    ],
    titles: [
      '* Change output_padding of ConvTranspose2d to 1',
      'Pad `u` with Pad((0, 1, 0, 1)) before Cat',
      'Crop `s` with Pad((0, -1, 0, -1)) before Cat',
      'Change the input size 24 to 23',
      'Change the input size 24 to 25',
    ],
  },
  {
    name: 'a join that differs along one axis',
    lines: [
      'input x: [N, 1, 24, 25]',
      's = Conv2d(1, 8, 3, padding=1)',
      'Conv2d(8, 8, 3, stride=2, padding=1)',
      'u = ConvTranspose2d(8, 8, 3, stride=2, padding=1)',
      'Cat(dim=1)(s, u)',
    ],
    titles: [
      '* Change output_padding of ConvTranspose2d to (1, 0)',
      'Pad `u` with Pad((0, 0, 0, 1)) before Cat',
      'Crop `s` with Pad((0, 0, 0, -1)) before Cat',
      'Change the input size 24 to 23',
      'Change the input size 24 to 25',
    ],
  },
  {
    name: 'a claim of a strided convolution',
    lines: ['input x: [N, 3, 224, 224]', 'Conv2d(3, 64, 7, stride=2) -> [N, 64, 112, 112]'],
    titles: ['Change the claim to 109, 109', 'Change padding of Conv2d to 3', 'Change the input size 224 to 229'],
  },
  {
    name: 'several paddings, the smallest first',
    lines: ['input x: [N, 3, 64, 64]', 'Conv2d(3, 64, 11, stride=8) -> [N, 64, 8, 8]'],
    titles: [
      'Change the claim to 7, 7',
      'Change padding of Conv2d to 2',
      'Change padding of Conv2d to 3',
      'Change padding of Conv2d to 4',
      'Change padding of Conv2d to 5',
      'Change stride of Conv2d to 7',
      'Change the input size 64 to 67',
    ],
  },
  {
    name: 'a kernel with unlike axes',
    lines: ['input x: [N, 3, 32, 32]', 'Conv2d(3, 64, (3, 5)) -> [N, 64, 32, 32]'],
    titles: ['Change the claim to 30, 28', 'Change padding of Conv2d to (1, 2)'],
  },
  {
    name: 'a pool that rounds down',
    lines: ['input x: [N, 3, 25, 25]', 'MaxPool2d(2) -> [N, 3, 13, 13]'],
    titles: [
      'Change the claim to 12, 12',
      'Change ceil_mode of MaxPool2d to True',
      'Change padding of MaxPool2d to 1',
      'Change the input size 25 to 26',
    ],
  },
  {
    name: 'an even kernel, which no padding lets keep its size',
    lines: ['input x: [N, 8, 56, 56]', 'Conv2d(8, 8, 4, padding=1)', 'Add()(., x)'],
    titles: [
      'Change kernel_size of Conv2d to 3',
      'Pad the Conv2d with Pad((0, 1, 0, 1)) before Add',
      'Crop `x` with Pad((0, -1, 0, -1)) before Add',
      'Change padding of Conv2d: padding would have to be 1.5, but must be a whole number',
    ],
  },
  {
    name: 'an output padding out of reach',
    lines: ['input x: [N, 8, 7, 7]', 'ConvTranspose2d(8, 8, 2, stride=2) -> [N, 8, 16, 16]'],
    titles: [
      'Change the claim to 14, 14',
      'Change kernel_size of ConvTranspose2d to 4',
      'Change the input size 7 to 8',
      'Change output_padding of ConvTranspose2d: output_padding would have to be 2, but must be below 2',
      'Change padding of ConvTranspose2d: padding would have to be -1, but must be at least 0',
    ],
  },
  {
    name: 'a residual branch whose first convolution lost the border',
    lines: ['input x: [N, 8, 56, 56]', 'Conv2d(8, 8, 3)', 'ReLU()', 'Conv2d(8, 8, 3, padding=1)', 'Add()(., x)'],
    titles: [
      'Change padding of `Conv2d(8, 8, 3)` to 1',
      'Change padding of `Conv2d(8, 8, 3, padding=1)` to 2',
      'Pad the Conv2d with Pad((1, 1, 1, 1)) before Add',
      'Crop `x` with Pad((-1, -1, -1, -1)) before Add',
    ],
  },
  {
    name: 'an odd input of an upsampling network',
    lines: ['input x: [N, 8, 25, 25]', 'MaxPool2d(2)', 'Upsample(scale_factor=2)', 'Cat(dim=1)(x, .)'],
    titles: [
      'Pad the Upsample with Pad((0, 1, 0, 1)) before Cat',
      'Crop `x` with Pad((0, -1, 0, -1)) before Cat',
      'Change the input size 25 to 24',
      'Change the input size 25 to 26',
    ],
  },
  {
    name: "Ronneberger's valid network at 570",
    lines: valid(570),
    titles: ['Change the input size 570 to 572', 'Change the input size 570 to 556'],
  },
  {
    name: 'an input that is not square, pooled five times',
    lines: ['input x: [N, 8, 350, 525]', 'repeat 5:', '    MaxPool2d(2)', 'Upsample(scale_factor=32)', 'Add()(x, .)'],
    titles: [
      'Pad the Upsample with Pad((6, 7, 15, 15)) before Add',
      'Crop `x` with Pad((-6, -7, -15, -15)) before Add',
      'Change the input sizes 350 to 352 and 525 to 512',
      'Change the input sizes 350 to 320 and 525 to 512',
      'Change the input sizes 350 to 352 and 525 to 544',
    ],
  },
  {
    name: 'channels',
    lines: ['input x: [N, 3, 32, 32]', 'Conv2d(3, 64, 3)', 'ReLU()', 'Conv2d(32, 64, 3)'],
    titles: ['* Change in_channels to 64', 'Change out_channels of Conv2d to 32'],
  },
  {
    name: 'channels of a shortcut',
    lines: ['input x: [N, 64, 56, 56]', 'Conv2d(64, 128, 3, padding=1)', 'Add()(., x)'],
    titles: ['* Change out_channels of Conv2d to 64'],
  },
  {
    name: 'groups',
    lines: ['input x: [N, 64, 56, 56]', 'Conv2d(64, 96, 3, groups=3)'],
    titles: ['Change groups to 2', 'Change groups to 4'],
  },
  {
    name: 'a flattened image that lost its border',
    lines: ['input x: [N, 3, 32, 32]', 'Conv2d(3, 16, 5)', 'MaxPool2d(2)', 'Flatten()', 'Linear(4096, 10)'],
    titles: ['* Change in_features to 3136', 'Change padding of Conv2d to 2', 'Change the input size 32 to 36'],
  },
];

/** A U-Net of Ronneberger's, cropped by hand for 572. */
function valid(size: number): string[] {
  const down = [
    's1 = Conv2d(1, 8, 5)',
    'MaxPool2d(2)',
    's2 = Conv2d(8, 8, 5)',
    'MaxPool2d(2)',
    's3 = Conv2d(8, 8, 5)',
    'MaxPool2d(2)',
    's4 = Conv2d(8, 8, 5)',
    'MaxPool2d(2)',
    'Conv2d(8, 8, 5)',
  ];
  const up = [4, 3, 2, 1].flatMap((level) => {
    const crop = [0, 88, 40, 16, 4][level] ?? 0;
    return [
      `u${level} = ConvTranspose2d(8, 8, 2, stride=2)`,
      `c${level} = Pad((-${crop}, -${crop}, -${crop}, -${crop}))(s${level})`,
      `Cat(dim=1)(c${level}, u${level})`,
      'Conv2d(16, 8, 5)',
    ];
  });
  return [`input x: [N, 1, ${size}, ${size}]`, ...down, ...up];
}

describe('known cases', () => {
  it.each(CASES)('$name', ({ lines, titles }) => {
    expect(offered(analysisOf(network(lines)))).toEqual(titles);
  });

  it('writes a pad in front of a join as a line of its own, and the name that it binds into the join', () => {
    const text = network(['input x: [N, 8, 25, 25]', 'MaxPool2d(2)', 'u = Upsample(scale_factor=2)', 'y = Cat(dim=1)(x, u)']);
    expect(fixed(text, 'Crop `x` with Pad((0, -1, 0, -1)) before Cat').split('\n').slice(4)).toEqual([
      '    x_cropped = Pad((0, -1, 0, -1))(x)',
      '    y = Cat(dim=1)(x_cropped, u)',
      '',
    ]);
  });

  it('pads the value before with a line alone, and beside it inside of the brackets', () => {
    const text = network(['input x: [N, 8, 25, 25]', 'MaxPool2d(2)', 'Upsample(scale_factor=2)', 'Cat(dim=1)(x, .)']);
    expect(fixed(text, 'Pad the Upsample with Pad((0, 1, 0, 1)) before Cat').split('\n')[4]).toBe('    Pad((0, 1, 0, 1))');
    expect(fixed(text, 'Crop `x` with Pad((0, -1, 0, -1)) before Cat').split('\n')[4]).toBe('    Cat(dim=1)(Pad((0, -1, 0, -1))(x), .)');
  });

  it.each([
    '      - Cat(dim=1)(x, u)',
    '      - y: Cat(dim=1)(x, u)',
    '      - "Cat(dim=1)(x, u)"',
    '      - {type: Cat, dim: 1, inputs: [x, u]}',
  ])('writes a pad into YAML in front of %s', (join) => {
    const text = `shapelint: 1\nnets:\n  Net:\n    input: {x: [N, 8, 25, 25]}\n    layers:\n      - MaxPool2d(2)\n      - u: Upsample(scale_factor=2)\n${join}\n`;
    expect(fixed(text, 'Crop `x` with Pad((0, -1, 0, -1)) before Cat', 'net.nn.yaml').split('\n').slice(7)).toEqual([
      '      - x_cropped: Pad((0, -1, 0, -1))(x)',
      join.replace(/\bx\b/, 'x_cropped'),
      '',
    ]);
  });
});

/** The text after the fix of this title. */
function fixed(text: string, title: string, path = 'net.nn'): string {
  const analysis = analysisOf(text, path);
  const fix = analysis.findings.flatMap((finding) => provenFixes(analysis, finding)).find((other) => other.title === title);
  expect(fix?.title).toBe(title);
  return applyEdits(text, fix?.edits ?? []);
}

describe('random broken networks', () => {
  const random = generator(20_261_125);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const seeds = Array.from({ length: 120 }, (_, seed) => ({ seed, lines: randomLines(pick) }));

  it.each(seeds)('$seed', ({ lines }) => {
    for (const [path, text] of [
      ['net.nn', network(lines)],
      ['net.nn.yaml', toYaml(lines)],
    ] as const) {
      for (const options of [ERRORS, {}]) {
        const analysis = analysisOf(text, path, options);
        for (const finding of analysis.findings)
          for (const fix of provenFixes(analysis, finding)) check(analysis, finding, fix.edits, `${fix.title}\n${text}`);
      }
    }
  });
});

const SEVERITIES = ['error', 'warning', 'information', 'hint'];

/** The finding is gone, and no other that is as severe has come. */
function check(analysis: Analysis, finding: Finding, edits: Parameters<typeof applyEdits>[1], message: string): void {
  const after = analyse({ path: analysis.source.path, text: applyEdits(analysis.source.text, edits) }, analysis.options);
  const isWorse = ({ diagnostic }: Finding) => SEVERITIES.indexOf(diagnostic.severity) <= SEVERITIES.indexOf(finding.diagnostic.severity);
  const count = (of: Analysis | undefined) => (of?.findings ?? []).filter(isWorse).length;
  expect(count(after), message).toBeLessThan(count(analysis));
  const countOf = (of: Analysis | undefined) =>
    (of?.findings ?? []).filter(({ diagnostic }) => diagnostic.code === finding.diagnostic.code).length;
  expect(countOf(after), message).toBeLessThan(countOf(analysis));
}

/** An encoder and a decoder with joins and claims, in which about every third number is wrong. */
function randomLines(pick: <Value>(values: readonly Value[]) => Value): string[] {
  const size = pick([16, 17, 20, 25, 32, 33]);
  const lines = [
    `input x: [N, 3, ${size}, ${pick([size, size, size + 1])}]`,
    `s0 = Conv2d(3, 8, ${pick([3, 3, 5])}, padding=${pick([1, 1, 0, 2])})`,
  ];
  const depth = pick([1, 2]);
  for (let level = 1; level <= depth; level++) {
    lines.push(
      pick([
        'MaxPool2d(2)',
        'MaxPool2d(3, stride=2, padding=1)',
        'Conv2d(8, 8, 3, stride=2, padding=1)',
        'Conv2d(8, 8, 4, stride=2, padding=1)',
        'AvgPool2d(2, ceil_mode=True)',
      ]),
      `s${level} = Conv2d(${pick([8, 8, 8, 4])}, ${pick([8, 8, 8, 16])}, 3, padding=${pick([1, 1, 1, 0])}, groups=${pick([1, 1, 1, 3])})`,
      pick(['ReLU()', 'BatchNorm2d(8)', 'BatchNorm2d(_)']),
    );
  }
  for (let level = depth - 1; level >= 0; level--) {
    lines.push(
      pick([
        'u = ConvTranspose2d(_, 8, 2, stride=2)',
        'u = ConvTranspose2d(_, 8, 3, stride=2, padding=1)',
        'u = ConvTranspose2d(_, 8, 4, stride=2, padding=1)',
        'u = Upsample(scale_factor=2)',
      ]),
      pick([`Cat(dim=1)(s${level}, u)`, `Cat(dim=1)(s${level}, .)`, `y = Add()(u, s${level})`]),
      `Conv2d(${pick(['_', '_', '16'])}, 8, 3, padding=${pick([1, 1, 0])})`,
    );
  }
  if (pick([true, false])) lines.push(`Conv2d(8, 2, 1) -> [N, 2, ${size}, ${size}]`);
  else lines.push('Flatten()', `Linear(${pick(['_', '8 * 16 * 16', '2048'])}, 10)`);
  return lines;
}

function toYaml(lines: readonly string[]): string {
  const [input = '', ...layers] = lines;
  const items = layers.map((line) => `      - ${line.replace(/^(\w+) = /, '$1: ')}\n`).join('');
  return `shapelint: 1\nnets:\n  Net:\n    input: {${input.replace('input ', '')}}\n    layers:\n${items}`;
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const BROKEN = network([
  'input x: [N, 3, 56, 56]',
  'Conv2d(4, 64, 3, padding=1)',
  'ReLU()',
  'Conv2d(32, 64, 3)',
  'Conv2d(64, 8, 3) -> [N, 8, 54, 54]',
]);

describe('all preferred fixes', () => {
  it('are made one after the other, and what is not sure is left', () => {
    const { text, count, analysis } = fixAll(analysisOf(BROKEN));
    expect(count).toBe(2);
    expect(text).toBe(BROKEN.replace('Conv2d(4,', 'Conv2d(3,').replace('Conv2d(32,', 'Conv2d(64,'));
    expect(analysis.findings.map(({ diagnostic }) => diagnostic.code)).toEqual(['claim-mismatch']);
  });

  it('are proved together where there are many, and left out where they do not help', () => {
    const lines = Array.from({ length: 60 }, (_, at) => `Conv2d(${at % 3 === 0 ? 9 : 8}, 8, 3, padding=1)`);
    // Used twice with other channels, so that no number is right for both uses.
    const block = 'block Twice():\n    Conv2d(5, 8, 3, padding=1)\n';
    const text = `${block}${network(['input x: [N, 8, 56, 56]', ...lines, 'Twice()', 'Conv2d(8, 4, 1)', 'Twice()'])}`;
    const { analysis, count } = fixAll(analysisOf(text));
    expect(count).toBe(20);
    expect(analysis.findings.map(({ diagnostic }) => diagnostic.code)).toEqual(['channel-mismatch']);
  });

  it('change nothing in a text without problems', () => {
    const text = network(['input x: [N, 3, 56, 56]', 'Conv2d(3, 64, 3)']);
    expect(fixAll(analysisOf(text))).toMatchObject({ text, count: 0 });
  });

  it.each([
    ['', 'a'],
    ['aaa', 'aa'],
    ['one two three', 'one 2 three'],
    ['same', 'same'],
  ])('make one edit from %j to %j', (before, after) => {
    expect(applyEdits(before, [editBetween(before, after)])).toBe(after);
  });
});

describe('check --fix', () => {
  const check = (folder: string, ...args: string[]) => {
    let printed = '';
    const write = (text: string) => (printed += text);
    const before = process.cwd();
    process.chdir(folder);
    try {
      const code = run(['check', '--fix', ...args], { out: write, error: write, style: (_, text) => text, docs: '' });
      return { code, printed };
    } finally {
      process.chdir(before);
    }
  };
  const inFolder = (use: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'shapelint-fix-'));
    try {
      use(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('keeps the line ends, the mark at the start, the mode and the link, and leaves nothing behind', () => {
    inFolder((folder) => {
      const [real, link] = [join(folder, 'real.nn'), join(folder, 'link.nn')];
      const text = `\uFEFF${BROKEN.replaceAll('\n', '\r\n')}`;
      writeFileSync(real, text);
      chmodSync(real, 0o640);
      symlinkSync('real.nn', link);
      const { code, printed } = check(folder, 'link.nn');
      expect(code).toBe(1);
      expect(printed).toContain('Fixed 2 problems in 1 file.');
      expect(printed).toContain('claim-mismatch');
      expect(readFileSync(real, 'utf8')).toBe(text.replace('Conv2d(4,', 'Conv2d(3,').replace('Conv2d(32,', 'Conv2d(64,'));
      expect(statSync(real).mode & 0o777).toBe(0o640);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['link.nn', 'real.nn']);
    });
  });

  it('leaves a file alone that is no UTF-8', () => {
    inFolder((folder) => {
      const path = join(folder, 'net.nn');
      const bytes = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9]), Buffer.from(`\n${BROKEN}`)]);
      writeFileSync(path, bytes);
      expect(check(folder, 'net.nn').printed).toContain('net.nn was not fixed: it is not UTF-8');
      expect(readFileSync(path).equals(bytes)).toBe(true);
    });
  });

  it('says in JSON how many were fixed', () => {
    inFolder((folder) => {
      writeFileSync(join(folder, 'net.nn'), BROKEN);
      const report: unknown = JSON.parse(check(folder, '--format', 'json', 'net.nn').printed);
      expect(report).toMatchObject({ files: [{ path: 'net.nn', fixed: 2, problems: [{ code: 'claim-mismatch' }] }] });
    });
  });

  it('refuses standard input, which cannot be written to', () => {
    inFolder((folder) => expect(check(folder, '-').code).toBe(2));
  });
});
