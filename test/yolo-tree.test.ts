// The syntax tree of YOLO model files: values as PyYAML reads them, rows with their places, comments, and the form of rows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '../server/src/languages/yolo/scalar.ts';
import { parseModel } from '../server/src/languages/yolo/parse.ts';
import type { ModelTree } from '../server/src/languages/yolo/tree.ts';
import type { Range } from '../server/src/text/range.ts';

const slice = ({ text }: ModelTree, range: Range | undefined) => range && text.slice(range.start, range.end);

const FLOW = `# A comment on top
nc: 80  # classes
scales:
  n: [0.33, 0.25, 1024]
backbone:
  [[-1, 1, Conv, [64, 3, 2, None, 1, nn.LeakyReLU(0.1)]],  # 0-P1/2
   [-1, 3,
    C3, [128]], # 1
   # between
   [[-1, 0], 1, Concat, [1]]] # 2
head:
  - - [2, -2] # inside
    - 1
    - Detect
    - [nc, 'a#b']
`;

describe('the tree', () => {
  const tree = parseModel(FLOW);

  it('numbers rows through the backbone and the head, in flow and in block style', () => {
    expect(tree.faults).toEqual([]);
    expect(tree.rows.map(({ index, section, module }) => [index, section, module?.value])).toEqual([
      [0, 'backbone', 'Conv'],
      [1, 'backbone', 'C3'],
      [2, 'backbone', 'Concat'],
      [3, 'head', 'Detect'],
    ]);
    expect(slice(tree, tree.rows[1]?.range)).toBe('[-1, 3,\n    C3, [128]]');
    expect(slice(tree, tree.rows[3]?.range)).toBe(FLOW.slice(FLOW.indexOf('- [2,'), -1));
  });

  it('gives each number of `from` and each argument its place', () => {
    expect(tree.rows[2]?.from?.elements.map(({ value, range }) => [value, slice(tree, range)])).toEqual([
      [-1, '-1'],
      [0, '0'],
    ]);
    expect(tree.rows[0]?.args?.items.map(({ kind, range }) => [kind, slice(tree, range)])).toEqual([
      ['number', '64'],
      ['number', '3'],
      ['number', '2'],
      ['text', 'None'],
      ['number', '1'],
      ['text', 'nn.LeakyReLU(0.1)'],
    ]);
  });

  it('knows the comments, and which stands behind which row', () => {
    expect(tree.comments.map(({ text }) => text)).toEqual([
      '# A comment on top',
      '# classes',
      '# 0-P1/2',
      '# 1',
      '# between',
      '# 2',
      '# inside',
    ]);
    expect(tree.rows.map(({ comment }) => comment?.text)).toEqual(['# 0-P1/2', '# 1', '# 2', undefined]);
  });

  it('follows aliases, and says so', () => {
    const shared = parseModel(
      'x: &down [-1, 1, Conv, [64, 3, 2]]\nbackbone:\n  - *down\n  - [-1, 1, Conv, &args [32]]\nhead: [[&one 1, 1, Conv, *args]]\n',
    );
    expect(shared.faults).toEqual([]);
    expect(shared.rows.map(({ list, from, args }) => [list?.isAlias, from?.elements[0]?.isAlias, args?.isAlias])).toEqual([
      [true, true, true],
      [false, false, false],
      [false, false, true],
    ]);
    expect(slice(shared, shared.rows[0]?.range)).toBe('*down');
  });

  it('counts the head after the backbone also where it is written first', () => {
    const { rows } = parseModel('head: [[0, 1, B, []]]\nbackbone: [[-1, 1, A, []]]\n');
    expect(rows.map(({ module }) => module?.value)).toEqual(['A', 'B']);
  });
});

describe('scalars', () => {
  it.each([
    ['1', 1],
    ['-1', -1],
    ['-0', 0],
    ['1_000', 1000],
    ['010', 8],
    ['0x10', 16],
    ['0b11', 3],
    ['1.', 1],
    ['.5', 0.5],
    ['1.5e+3', 1500],
    ['-.inf', -Infinity],
    ['1e5', '1e5'],
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['None', 'None'],
    ['~', undefined],
    ['', undefined],
    ['09', '09'],
  ])('%j is read as PyYAML reads it', (plain, value) => {
    const meaning = meaningOf(plain);
    expect(meaning.kind === 'nothing' ? undefined : meaning.value).toBe(value);
  });
});

describe('the form of rows', () => {
  const faultsOf = (row: string) => parseModel(`backbone:\n  - ${row}\nhead: []\n`).faults;
  it.each([
    ['Conv', 'Row 0 is `Conv`, but a row is [from, repeats, module, args].', []],
    ['[-1, 1, Conv]', 'Row 0 has 3 elements, but a row has 4: [from, repeats, module, args].', ['[-1, 1, Conv, []]']],
    ['[-1, 1, Conv, 64, 3]', 'Row 0 has 5 elements, but a row has 4: [from, repeats, module, args].', ['[-1, 1, Conv, [64, 3]]']],
    ['[-1, 1, Conv, 64]', '`args` of row 0 is `64`, but it is a list, as in [64, 3, 2].', ['[-1, 1, Conv, [64]]']],
    ['[x, 1, Conv, []]', '`from` of row 0 is `x`, but it is the number of a row, or a list of such numbers.', []],
    ['[1.5, 1, Conv, []]', '`from` of row 0 is `1.5`, but it is the number of a row, or a list of such numbers.', []],
    ['[-1, , Conv, []]', undefined, []],
    ['[-1, 1, 2, []]', '`module` of row 0 is `2`, but it is the name of a module.', []],
  ])('%s', (row, message, fixed) => {
    const faults = faultsOf(row);
    if (message !== undefined) expect(faults.map((fault) => fault.message)).toEqual([message]);
    expect(faults).toHaveLength(1);
    const made = (faults[0]?.ideas ?? []).map(({ edits }) => {
      const text = `backbone:\n  - ${row}\nhead: []\n`;
      return edits.reduceRight((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);
    });
    expect(made).toEqual(fixed.map((text) => `backbone:\n  - ${text}\nhead: []\n`));
  });

  it('says one thing of a section that is no list, and numbers no rows', () => {
    const { faults, rows } = parseModel('backbone:\n  type: resnet50\nhead:\n  - [-1, 1, Conv, [64]]\n');
    expect(rows).toEqual([]);
    expect(faults.map(({ message }) => message.split('\n')[0])).toEqual([
      '`backbone` is a map; it must be a list of [from, repeats, module, args] rows.',
    ]);
    expect(faults[0]?.ideas?.[0]?.edits[0]?.newText).toBe(':\n  - [-1, 1, TorchVision, [2048, resnet50, DEFAULT, True, 2]]');
  });

  it('says what YAML could not read, and nothing of the rows then', () => {
    const { faults } = parseModel('backbone:\n  - [-1, 1, Conv [64, 3]]\nhead:\n  - [-1, 1, Conv, [64]]\n');
    expect(faults).toHaveLength(1);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    'backbone:',
    'head:',
    '\n',
    '  - ',
    '[',
    ']',
    ', ',
    '-1',
    '1',
    'Conv',
    '# 3-P3/8',
    '&a ',
    '*a',
    '{',
    '}',
    ': ',
    '"',
    "'",
    '|',
  );
  it('is read without a throw, each place inside of the text and in order', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { rows, comments, faults } = parseModel(text);
        for (const { range } of [...rows, ...comments, ...faults]) {
          expect(range.start).toBeLessThanOrEqual(range.end);
          expect(range.end).toBeLessThanOrEqual(text.length);
        }
        for (const comment of comments) expect(text.slice(comment.range.start, comment.range.end)).toBe(comment.text);
      }),
      { numRuns: 2000 },
    );
  });
});
