// Rows put in and taken out of YOLO model files: every reference still means the same row, and comments and layout stay.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksOf } from '../server/src/languages/yolo/links.ts';
import { parseModel } from '../server/src/languages/yolo/parse.ts';
import { readComment } from '../server/src/languages/yolo/row-comment.ts';
import { rowRefactorings } from '../server/src/languages/yolo/row-refactorings.ts';
import { applyEdits } from '../server/src/text/edit.ts';

interface Model {
  readonly text: string;
  readonly rows: number;
}

/** Each row has its own module, so that it can be known again. */
const models: fc.Arbitrary<Model> = fc
  .record({
    backbone: fc.integer({ min: 1, max: 8 }),
    head: fc.integer({ min: 1, max: 8 }),
    layout: fc.constantFrom('block', 'flow', 'nested', 'tight'),
    newline: fc.constantFrom('\n', '\r\n'),
    picks: fc.array(fc.nat(), { minLength: 64, maxLength: 64 }),
  })
  .map(({ backbone, head, layout, newline, picks }) => {
    let pick = 0;
    const next = (below: number) => (picks[pick++ % picks.length] ?? 0) % below;
    const rowOf = (index: number): string => {
      const one = () => (index === 0 ? -1 : next(2) === 0 ? next(index) : -1 - next(index));
      const from = index > 0 && next(3) === 0 ? `[${one()}, ${one()}]` : String(one());
      return `[${from}, 1, M${index}, [64]]`;
    };
    const section = (name: string, from: number, count: number): string => {
      const rows = Array.from({ length: count }, (_, at) => from + at);
      const comment = (index: number) => (next(2) === 0 ? '' : ` # ${index}${next(2) === 0 ? '-P3/8' : ''}`);
      if (layout === 'tight') return `${name}: [${rows.map(rowOf).join(', ')}]`;
      if (layout === 'block') return [`${name}:`, ...rows.map((index) => `  - ${rowOf(index)}${comment(index)}`)].join(newline);
      if (layout === 'flow') return [`${name}: [`, ...rows.map((index) => `  ${rowOf(index)},${comment(index)}`), '  ]'].join(newline);
      const last = from + count - 1;
      const lines = rows.map((index) => `  ${index === from ? '[' : ' '}${rowOf(index)}${index === last ? ']' : ','}${comment(index)}`);
      return [`${name}:`, '  # [from, repeats, module, args]', ...lines].join(newline);
    };
    const text = [`nc: 80`, section('backbone', 0, backbone), '', section('head', backbone, head), ''].join(newline);
    return { text, rows: backbone + head };
  });

/** What each row reads, by the names of modules; a row that was put in passes on what it reads. */
function graphOf(text: string): Map<string, (string | undefined)[]> {
  const tree = parseModel(text);
  expect(tree.faults).toEqual([]);
  const links = linksOf(tree);
  const nameOf = (index: number | string | undefined): string | undefined => {
    if (typeof index !== 'number') return index;
    const name = tree.rows[index]?.module?.value;
    return name === 'nn.Identity' ? nameOf(links.find(({ row }) => row.index === index)?.target) : name;
  };
  const graph = new Map<string, (string | undefined)[]>();
  for (const { row, target } of links) {
    const name = row.module?.value ?? '';
    if (name !== 'nn.Identity') graph.set(name, [...(graph.get(name) ?? []), nameOf(target)]);
  }
  return graph;
}

function refactored(text: string, index: number, title: RegExp): string | undefined {
  const row = parseModel(text).rows[index];
  const at = row?.range.start ?? 0;
  const found = rowRefactorings(text, { start: at, end: at }).find((refactoring) => title.test(refactoring.title));
  return found === undefined ? undefined : applyEdits(text, found.edits);
}

function commentsAreRight(text: string): void {
  for (const row of parseModel(text).rows) {
    const { number } = readComment(row);
    if (number !== undefined && row.module?.value !== 'nn.Identity') expect(number.value).toBe(row.index);
  }
}

describe('a row that is put in', () => {
  it.each([/above/, /below/])('%s leaves every reference at its row', (title) => {
    fc.assert(
      fc.property(models, fc.nat(), ({ text, rows }, pick) => {
        const after = refactored(text, pick % rows, title);
        expect(after).toBeDefined();
        if (after === undefined) return;
        expect(parseModel(after).rows).toHaveLength(rows + 1);
        expect(graphOf(after)).toEqual(graphOf(text));
        commentsAreRight(after);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a row that is taken out', () => {
  it('hands what it read to those that read it', () => {
    fc.assert(
      fc.property(models, fc.nat(), ({ text, rows }, pick) => {
        const index = pick % rows;
        const after = refactored(text, index, /Delete/);
        if (after === undefined) return;
        const before = graphOf(text);
        const gone = `M${index}`;
        const [heir] = before.get(gone) ?? [];
        before.delete(gone);
        for (const [name, inputs] of before)
          before.set(
            name,
            inputs.map((input) => (input === gone ? heir : input)),
          );
        expect(graphOf(after)).toEqual(before);
        commentsAreRight(after);
      }),
      { numRuns: 100 },
    );
  });
});

it('keeps comments and layout', () => {
  const text = `backbone:
  # [from, repeats, module, args]
  - [-1, 1, Conv, [64, 3, 2]] # 0-P1/2
  - [-1, 1, Conv, [128, 3, 2]] # 1-P2/4

head:
  - [[-1, 0], 1, Concat, [1]] # 2 cat
  - [[1, 2], 1, Detect, [nc]] # 3
`;
  expect(refactored(text, 1, /above/)).toBe(`backbone:
  # [from, repeats, module, args]
  - [-1, 1, Conv, [64, 3, 2]] # 0-P1/2
  - [-1, 1, nn.Identity, []]
  - [-1, 1, Conv, [128, 3, 2]] # 2-P2/4

head:
  - [[-1, 0], 1, Concat, [1]] # 3 cat
  - [[2, 3], 1, Detect, [nc]] # 4
`);
  expect(refactored(text, 1, /Delete/)).toBe(`backbone:
  # [from, repeats, module, args]
  - [-1, 1, Conv, [64, 3, 2]] # 0-P1/2

head:
  - [[-1, 0], 1, Concat, [1]] # 1 cat
  - [[0, 1], 1, Detect, [nc]] # 2
`);
});
