// What is remembered of earlier texts is never seen: an edited text is analysed as if it were the first.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { analyse, type Analysis } from '../server/src/analysis/analyse.ts';
import { createNetworkBuilder } from '../server/src/inference/builder.ts';
import { lowerTree } from '../server/src/languages/nn/lower.ts';
import { parseNetworkText } from '../server/src/languages/nn/parse.ts';
import type { Statement, SyntaxTree } from '../server/src/languages/nn/tree.ts';
import type { Layer, LoweredDocument, Node, NodeSource, Tensor } from '../server/src/network/network.ts';

function readAll(folder: string): string[] {
  const url = new URL(folder, import.meta.url);
  const paths = readdirSync(url, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.nn'));
  return paths.sort().map((path) => readFileSync(new URL(path, url), 'utf8'));
}
const documents = [...readAll('../examples/'), ...readAll('fixtures/')].filter((text) => text.length < 4_000);

/** A piece of text in the place of some letters of a document, or some letters of its own once more. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string | { readonly from: number; readonly length: number };
}

const PIECES =
  '( ) [ ] { } , = -> # : . * _ 17 -1 x \' " += \n \r \r\n \t \ufeff ` Conv2d( ReLU() input output repeat~2: if~x: else: net~A: block~B(c): \n~~~~ \n~~~~Conv2d(3,~8,~3)'
    .split(' ')
    .map((piece) => piece.replaceAll('~', ' '));

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(4_000),
  removed: fc.oneof(fc.constant(0), fc.nat(12)),
  inserted: fc.oneof(fc.constantFrom(...PIECES), fc.record({ from: fc.nat(4_000), length: fc.nat(80) })),
});

function apply(text: string, { at, removed, inserted }: Edit): string {
  const start = at % (text.length + 1);
  const piece = typeof inserted === 'string' ? inserted : text.slice(inserted.from, inserted.from + inserted.length);
  return text.slice(0, start) + piece + text.slice(start + removed);
}

const edited = fc.record({ text: fc.constantFrom(...documents), edits: fc.array(edit, { minLength: 1, maxLength: 4 }) });

it('an edited text is analysed as a server would that has just started', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edited, { minLength: 10, maxLength: 10 }), async (cases) => {
      const texts = cases.flatMap(({ text, edits }) => edits.map((_, at) => edits.slice(0, at + 1).reduce(apply, text)));
      const warm = texts.map((text) => told(analyse({ path: 'a.nn', text })));
      vi.resetModules();
      const fresh = await import('../server/src/analysis/analyse.ts');
      // From the last to the first, so that each finds something else remembered.
      const others = [...texts].reverse().map((text) => told(fresh.analyse({ path: 'a.nn', text })));
      expect(warm).toEqual(others.reverse());
    }),
    { numRuns: 4 },
  );
});

it('a use that says all by itself is worked out as every other', () => {
  fc.assert(
    fc.property(edited, ({ text, edits }) => {
      const last = edits.reduce(apply, text);
      const tree = parseNetworkText(last);
      const lower = (one: SyntaxTree) => toldOf(lowerTree(last, one, createNetworkBuilder));
      expect(lower(tree)).toEqual(lower(withoutLines(tree)));
    }),
    { numRuns: 100 },
  );
});

it('a line is read alike wherever it stands', () => {
  fc.assert(
    fc.property(edited, fc.nat(3_000), ({ text, edits }, by) => {
      const last = edits.reduce(apply, text);
      const move = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(move);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, isPlace(key, part) ? part + by : move(part)]));
      };
      const before = `${' '.repeat(Math.max(by - 1, 0))}${by > 0 ? '\n' : ''}`;
      expect(withoutLines(parseNetworkText(before + last))).toEqual(move(withoutLines(parseNetworkText(last))));
    }),
    { numRuns: 100 },
  );
});

function isPlace(key: string, value: unknown): value is number {
  return (key === 'start' || key === 'end') && typeof value === 'number';
}

/** The tree as a language makes it that has no lines. */
function withoutLines({ declarations, faults }: SyntaxTree): SyntaxTree {
  const plain = (statement: Statement): Statement => {
    switch (statement.kind) {
      case 'repeat':
      case 'for':
        return { ...statement, body: statement.body.map(plain) };
      case 'if':
        return { ...statement, branches: statement.branches.map((branch) => ({ ...branch, body: branch.body.map(plain) })) };
      case 'value': {
        const { kind, targets, append, value, claim, range } = statement;
        return { kind, targets, append, value, range, ...(claim !== undefined && { claim }) };
      }
      default:
        return statement;
    }
  };
  return { declarations: declarations.map((declaration) => ({ ...declaration, body: declaration.body.map(plain) })), faults };
}

function told(analysis: Analysis | undefined): unknown {
  return analysis && { findings: analysis.findings.map(({ diagnostic }) => diagnostic), document: toldOf(analysis.document) };
}

/** All that is known of a document, with the nodes of each network by their number. */
function toldOf({ networks, problems, references, blocks }: LoweredDocument): unknown {
  const numbers = new Map(networks.flatMap(({ nodes }) => nodes).map((node, at) => [node, at]));
  const number = (node: Node | undefined) => (node === undefined ? undefined : numbers.get(node));
  const tensor = ({ producer, ...rest }: Tensor) => ({ ...rest, producer: number(producer) });
  const source = ({ nameRange, callRange, range, argumentRanges, inputRanges, frames }: NodeSource) => ({
    nameRange,
    callRange,
    range,
    inputRanges,
    frames,
    argumentRanges: [...argumentRanges],
  });
  const node = (one: Node) => ({
    ...one,
    arguments: [...one.arguments],
    inputs: one.inputs.map(tensor),
    outputs: one.outputs.map(tensor),
    source: source(one.source),
  });
  const layer = (one: Layer): unknown => ({
    ...one,
    node: number(one.node),
    inputs: one.inputs.map(tensor),
    outputs: one.outputs.map(tensor),
    children: one.children.map(layer),
  });
  return {
    blocks,
    references: references.map(({ target, ...rest }) => ({
      ...rest,
      target: target.kind === 'tensor' ? { ...target, tensor: tensor(target.tensor) } : target,
    })),
    problems: problems.map(({ node: place, ideas = [], ...rest }) => ({ ...rest, ideas, node: number(place) })),
    networks: networks.map(({ inputs, outputs, layers, nodes, conditions, ...rest }) => ({
      ...rest,
      inputs: inputs.map(tensor),
      outputs: outputs.map((output) => ({ ...output, tensor: tensor(output.tensor) })),
      layers: layers.map(layer),
      nodes: nodes.map(node),
      conditions: conditions.map(({ node: place, ...placed }) => ({ ...placed, node: number(place) })),
    })),
  };
}
