// The command line: exit codes, the formats of its output, and where it reads from.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../server/src/cli/main.ts';
import { terminalStyle } from '../server/src/cli/style.ts';

const clean = 'net A:\n    input x: [N, 3, H=32, W=32]\n    y = Conv2d(3, 8, 3, padding=1)\n    output y: [N, 8, H, W]\n';
const blocks = `block Split(c):
    input x
    left = Conv2d(_, c, 1)
    right = Conv2d(_, c, 1)(x)
    output left, right

net C:
    input x: [N, 3, H, W]
    a, b = Split(8)
    Cat(dim=1)(a, b)
    output
`;
const broken = 'net B:\n    input x: [N, 3, 32, 32]\n    Conv2d(4, 8, 3)\n';

const long = clean.replace(/ {4}output.*/, '    ZeroPad2d(1000)\n    AvgPool2d(50, stride=600)\n    Flatten()\n    output');

let folder = '';
/** For files that the walk of a folder is not to find. */
let aside = '';
const home = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shapelint-cli-'));
  aside = mkdtempSync(join(tmpdir(), 'shapelint-cli-'));
  mkdirSync(join(folder, 'inner', 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'clean.nn'), clean);
  writeFileSync(join(folder, 'inner', 'broken.nn'), broken);
  writeFileSync(join(folder, 'inner', 'node_modules', 'other.nn'), broken);
  writeFileSync(join(folder, 'inner', 'notes.txt'), 'net');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  rmSync(aside, { recursive: true });
});

function shapelint(...args: readonly string[]): { readonly code: number; readonly out: string; readonly error: string } {
  let [out, error] = ['', ''];
  const code = run(args, {
    out: (text) => (out += text),
    error: (text) => (error += text),
    style: terminalStyle(false, {}),
    docs: fileURLToPath(new URL('../docs/rules', import.meta.url)),
  });
  return { code, out, error };
}

describe('exit codes', () => {
  it.each<[number, readonly string[]]>([
    [0, ['check', 'clean.nn']],
    [0, ['--help']],
    [0, ['--version']],
    [0, ['check', '--help']],
    [0, ['explain', 'channel-mismatch']],
    [0, ['summary', 'clean.nn']],
    [0, ['check', '--rule', 'channel-mismatch=off', '.']],
    [0, ['check', '--rule', 'channel-mismatch=warning', '.']],
    [1, ['check', 'inner/broken.nn']],
    [1, ['check', '.']],
    [1, ['check', '--rule', 'channel-mismatch=warning', '--max-warnings', '0', '.']],
    [1, ['summary', 'inner/broken.nn']],
    [2, []],
    [2, ['chek']],
    [2, ['check', 'missing.nn']],
    [2, ['check', '--format', 'xml']],
    [2, ['check', '--rule', 'no-such-code=off']],
    [2, ['check', '--rule', 'syntax=loud']],
    [2, ['check', '--max-warnings', 'many']],
    [2, ['check', '--no-such-option']],
    [2, ['explain', 'no-such-code']],
    [2, ['explain']],
    [2, ['summary']],
    [2, ['summary', 'clean.nn', '--net', 'Z']],
    [2, ['summary', 'inner/notes.txt']],
  ])('%i for %j', (code, args) => {
    expect(shapelint(...args).code).toBe(code);
  });
});

describe('check', () => {
  it('walks a folder for files that a language claims, and skips what is installed', () => {
    const { files } = JSON.parse(shapelint('check', '--format', 'json').out) as { files: { path: string }[] };
    expect(files.map(({ path }) => path)).toEqual(['clean.nn', 'inner/broken.nn']);
  });

  it('gives problems as JSON, with lines and columns from 1', () => {
    expect(JSON.parse(shapelint('check', '--format', 'json', 'inner/broken.nn').out)).toEqual({
      files: [
        {
          path: 'inner/broken.nn',
          language: 'shapelint',
          problems: [
            {
              code: 'channel-mismatch',
              severity: 'error',
              message: expect.stringMatching(/^Conv2d is made for 4 channels, but its input has 3\.\n/) as string,
              line: 3,
              column: 12,
              endLine: 3,
              endColumn: 13,
              related: [{ path: 'inner/broken.nn', line: 2, column: 5, message: '`x` is [N, 3, 32, 32]' }],
              fixes: [{ title: 'Change in_channels to 3', preferred: true }],
            },
          ],
        },
      ],
    });
  });

  it('gives problems as text: place, line, carets, reason, fix, and the totals', () => {
    const { out } = shapelint('check', 'inner/broken.nn', 'clean.nn');
    expect(out).toContain('inner/broken.nn:3:12  error  Conv2d is made for 4 channels, but its input has 3.  channel-mismatch\n');
    expect(out).toContain('  3 |     Conv2d(4, 8, 3)\n    |            ^\n');
    expect(out).toContain('  fix Change in_channels to 3\n');
    expect(out).toMatch(/\n1 error in 1 of 2 files\.\n$/);
    expect(shapelint('check', 'clean.nn').out).toBe('No problems in 1 file.\n');
  });

  it('writes no colour into a pipe, and colour on a terminal that wants it', () => {
    expect(shapelint('check', '.').out).not.toMatch(/\u001b/);
    expect(terminalStyle(true, {})('red', 'x')).toContain('\u001b[');
    expect(terminalStyle(true, { NO_COLOR: '1' })('red', 'x')).toBe('x');
    expect(terminalStyle(false, {})('red', 'x')).toBe('x');
  });

  it('tells of a file that no language claims, and goes on', () => {
    const { code, error } = shapelint('check', 'inner/notes.txt', 'clean.nn');
    expect(code).toBe(0);
    expect(error).toContain('inner/notes.txt');
  });
});

describe('modules of the user', () => {
  const model = 'nc: 4\nbackbone:\n  - [-1, 1, Mine, [8]]\nhead:\n  - [[0], 1, Detect, [nc]]\n';
  const block = (stride: number) => `block Mine(c1: channels, c2: width):\n    Conv(c1, c2, 3, ${stride})\n`;

  it('are found beside the model and above it, and taken from --modules', () => {
    const project = join(aside, 'project');
    mkdirSync(join(project, '.git'), { recursive: true });
    mkdirSync(join(project, 'models'));
    const path = join(project, 'models', 'own.yaml');
    writeFileSync(path, model);
    const unknown = shapelint('check', path);
    expect([unknown.code, unknown.out]).toEqual([0, expect.stringContaining('unknown-module')]);

    writeFileSync(join(project, 'modules.nn'), block(2));
    expect(shapelint('check', path).out).not.toContain('unknown-module');
    expect(shapelint('summary', path).out).toContain('[N, 8, (H + 1)//2, (W + 1)//2]');

    rmSync(join(project, 'modules.nn'));
    const other = join(aside, 'others.nn');
    writeFileSync(other, block(4));
    expect(shapelint('summary', '--modules', other, path).out).toContain('[N, 8, (H + 3)//4, (W + 3)//4]');
  });
});

describe('the formats for services', () => {
  it('are SARIF, with the rules, the places and what belongs to them', () => {
    const log = JSON.parse(shapelint('check', '--format', 'sarif').out) as { readonly version: string; readonly runs: readonly unknown[] };
    expect(log.version).toBe('2.1.0');
    expect(log.runs).toEqual([
      expect.objectContaining({
        tool: { driver: expect.objectContaining({ name: 'Shapelint', version: '0.1.0' }) as unknown },
        columnKind: 'utf16CodeUnits',
        results: [
          expect.objectContaining({
            ruleId: 'channel-mismatch',
            level: 'error',
            message: { text: expect.stringMatching(/^Conv2d is made for 4 channels, but its input has 3\./) as unknown },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'inner/broken.nn' },
                  region: { startLine: 3, startColumn: 12, endLine: 3, endColumn: 13 },
                },
              },
            ],
          }),
        ],
      }),
    ]);
  });

  it('are the commands of GitHub Actions, with what would end a property escaped', () => {
    mkdirSync(join(aside, 'a,b'), { recursive: true });
    writeFileSync(join(aside, 'a,b', 'broken.nn'), broken);
    const { out, code } = shapelint('check', join(aside, 'a,b'), '--format', 'github');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^::error file=\S*a%2Cb\/broken\.nn,line=3,endLine=3,col=12,endColumn=13,title=channel-mismatch::Conv2d is made .*%0A.*\n$/,
    );
  });
});

interface Summary {
  readonly networks: readonly { readonly layers: readonly unknown[]; readonly outputs: unknown; readonly totals: unknown }[];
}

describe('summary', () => {
  it('gives networks as JSON, with a number, an expression or null for each size', () => {
    const { networks } = JSON.parse(shapelint('summary', 'clean.nn', '--format', 'json').out) as Summary;
    expect(networks).toEqual([
      expect.objectContaining({
        name: 'A',
        inputs: [{ name: 'x', shape: ['N', 3, 'H', 'W'] }],
        outputs: [{ name: 'y', shape: ['N', 8, 'H', 'W'] }],
        totals: { layers: 1, parameters: 224, macs: '216*H*N*W', activations: '8*H*N*W' },
        problems: [],
      }),
    ]);
    expect(networks[0]?.layers).toEqual([
      {
        name: 'y',
        index: 0,
        operator: 'Conv2d',
        line: 3,
        inputs: [['N', 3, 'H', 'W']],
        outputs: [['N', 8, 'H', 'W']],
        parameters: 224,
        macs: '216*H*N*W',
        receptiveField: [3, 3],
      },
    ]);
  });

  it('puts numbers for symbols', () => {
    const { networks } = JSON.parse(
      shapelint('summary', 'clean.nn', '--format', 'json', '--size', 'H=10,W=20', '--size', 'N=2').out,
    ) as Summary;
    expect(networks[0]?.outputs).toEqual([{ name: 'y', shape: [2, 8, 10, 20] }]);
    expect(networks[0]?.totals).toMatchObject({ macs: 2 * 8 * 10 * 20 * 3 * 9 });
  });

  it('shows as many levels of blocks as it is asked for, and says that there are more', () => {
    const file = join(aside, 'blocks.nn');
    writeFileSync(file, blocks);
    const { out } = shapelint('summary', file);
    expect(rowsOf(out)).toEqual(['Split [N, 8, H, W]', '[N, 8, H, W]', 'Cat [N, 16, H, W]']);
    expect(out).toContain('--depth 2 shows more');
    const deeper = shapelint('summary', file, '--depth', '2').out;
    expect(rowsOf(deeper)).toEqual([
      'Split [N, 8, H, W]',
      '[N, 8, H, W]',
      'Conv2d [N, 8, H, W]',
      'Conv2d [N, 8, H, W]',
      'Cat [N, 16, H, W]',
    ]);
    expect(deeper).not.toContain('--depth');
  });

  it('tells all shapes in numbers where one with symbols would be too long to read', () => {
    const file = join(aside, 'long.nn');
    writeFileSync(file, long);
    expect(rowsOf(shapelint('summary', file).out)).toEqual([
      'Conv2d [1, 8, 32, 32]',
      'ZeroPad2d [1, 8, 2032, 2032]',
      'AvgPool2d [1, 8, 4, 4]',
      'Flatten [1, 128]',
    ]);
  });
});

/** The operators and shapes of a table's rows. */
function rowsOf(table: string): string[] {
  return [...table.matchAll(/^ *(?:\S+ +)?([A-Z]\w+)? +(\[.*?\])/gm)].map(([, operator, shape]) =>
    [operator, shape].filter(Boolean).join(' '),
  );
}

describe('explain', () => {
  it('prints the page of a code, and names the code that is meant', () => {
    expect(shapelint('explain', 'channel-mismatch').out).toContain('channel-mismatch');
    expect(shapelint('explain', 'chanel-mismatch').error).toContain('Did you mean channel-mismatch?');
  });
});

describe('standard input', () => {
  it('is read for -, under the name that it is given', async () => {
    vi.resetModules();
    vi.doMock('node:fs', async (original) => {
      const fs = await original<object>();
      return {
        ...fs,
        readFileSync: (path: string | number, encoding: BufferEncoding) => (path === 0 ? broken : readFileSync(path, encoding)),
      };
    });
    const { run: runWithInput } = await import('../server/src/cli/main.ts');
    let out = '';
    const code = runWithInput(['check', '-', '--stdin-filename', 'typed.nn', '--format', 'json'], {
      out: (text) => (out += text),
      error: () => undefined,
      style: terminalStyle(false, {}),
      docs: '',
    });
    vi.doUnmock('node:fs');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ files: [{ path: 'typed.nn', problems: [{ code: 'channel-mismatch' }] }] });
  });
});
