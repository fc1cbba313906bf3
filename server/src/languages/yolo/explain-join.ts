// A join of rows of unlike sizes: which number of `from` is wrong, and which rows would fit.
import { substitute } from '../../dims/arithmetic.ts';
import { formatSize } from '../../dims/format.ts';
import type { Shape } from '../../dims/size.ts';
import type { Network, Problem, TextIdea } from '../../network/network.ts';
import { samplesOf } from '../../network/at-samples.ts';
import { argumentIdeas, suspectOf, type Model } from './argument-ideas.ts';
import { change } from './check-references.ts';
import { explainImage } from './explain-image.ts';
import { targetOf } from './links.ts';
import { resizingIdeas, type Joined } from './resizing-ideas.ts';
import { shiftFor, shiftIdea, unreadRows, type StrideOf } from './shift.ts';
import type { FromElement, ModelTree, Row } from './tree.ts';

/** The problem in the words of rows, at the number that is wrong; as it was where it is no join of rows. */
export function explainJoin(problem: Problem, network: Network, model: Model): Problem {
  const { tree, strideOf } = model;
  const { fault } = problem;
  if (fault.code !== 'concat-mismatch' && fault.code !== 'broadcast-mismatch') return problem;
  const row = tree.rows.find(({ range }) => range.start <= problem.range.start && problem.range.end <= range.end);
  if (row?.from === undefined || row.from.elements.length < 2) return problem;
  const joined = row.from.elements.flatMap((element): Joined[] => {
    const index = targetOf(row.index, element.value);
    return typeof index === 'number' ? [{ element, index, stride: strideOf(index) }] : [];
  });
  const shapes = joined.map(({ index }) => atSamples(network, network.layers[index]?.outputs[0]?.shape));
  const parts = joined.map(
    ({ index, stride }, at) => `row ${index} is ${sizes(shapes[at])}${stride === undefined ? '' : ` (stride ${stride})`}`,
  );
  const strides = joined.map(({ stride }) => stride);
  const wanted = usual(strides);
  const suspect = suspectOf(
    model,
    joined.map(({ index }) => index),
  );
  const odd =
    joined.find(({ index }) => index === suspect?.joined) ??
    [...joined].reverse().find(({ stride, element }) => stride !== wanted && element.value !== -1) ??
    joined[joined.length - 1];
  const fitting =
    wanted === undefined || odd === undefined || strides.every((stride) => stride === wanted)
      ? []
      : rowsFor(tree, row, odd, wanted, strideOf);
  const axes = (row.module?.value ?? 'This') + ' joins maps of unlike height or width';
  const hint = suspect?.words ?? (wanted === undefined ? '' : rowsWords(fitting, wanted));
  const isImage = wanted !== undefined && strides.every((stride) => stride === wanted);
  const image = isImage ? explainImage(tree, strideOf) : undefined;
  const shift = isImage ? undefined : shiftFor(tree, strideOf);
  const changes =
    odd === undefined || odd.element.isAlias
      ? []
      : fitting.map((index, at): TextIdea => ({ ...change(odd.element, numberFor(odd.element, row, index)), larger: at > 0 }));
  return {
    ...problem,
    range: odd?.element.range ?? problem.range,
    words: {
      message: `${axes}: ${parts.join(', ')}.${hint === '' ? '' : `\n${hint}`}${image?.words ?? ''}`,
      related: relatedRows(tree, joined, shapes),
    },
    ideas: [
      ...(image?.ideas ?? []),
      ...(suspect === undefined ? changes : []),
      ...(shift === undefined ? [] : [{ ...shiftIdea(shift), larger: true }]),
      ...argumentIdeas(
        model,
        joined.map(({ index }) => index),
      ).map((idea) => ({ ...idea, larger: suspect === undefined && changes.length > 0 })),
      ...(suspect === undefined ? [] : changes.map((idea) => ({ ...idea, larger: true }))),
      ...(isImage ? [] : resizingIdeas(tree, row, joined)),
      ...(problem.ideas ?? []),
    ],
  };
}

/** `Row 4 and row 3 have stride 8.` Empty where there is none. */
function rowsWords(fitting: readonly number[], stride: number): string {
  const rows = fitting.map((index) => `row ${index}`);
  const last = rows.pop();
  if (last === undefined) return '';
  const listed = rows.length === 0 ? `${last} has` : `${rows.join(', ')} and ${last} have`;
  return `R${listed.slice(1)} stride ${stride}.`;
}

function relatedRows({ rows }: ModelTree, joined: readonly Joined[], shapes: readonly Shape[]): { message: string; range: Row['range'] }[] {
  return joined.flatMap(({ index }, at) => {
    const row = rows[index];
    return row === undefined ? [] : [{ message: `Row ${index} is ${sizes(shapes[at])}`, range: row.module?.range ?? row.range }];
  });
}

/** The stride that most have; the first one's where none is in the majority, since that is the row above. */
function usual(strides: readonly (number | undefined)[]): number | undefined {
  const known = strides.filter((stride) => stride !== undefined);
  const count = (stride: number) => known.filter((other) => other === stride).length;
  return known.reduce<number | undefined>((best, stride) => (best === undefined || count(stride) > count(best) ? stride : best), undefined);
}

/** Up to three rows of the stride, the likeliest first: one that nothing reads, the last one of the backbone, or the nearest. */
function rowsFor(tree: ModelTree, row: Row, odd: Joined, wanted: number, strideOf: StrideOf): number[] {
  const taken = new Set((row.from?.elements ?? []).map(({ value }) => targetOf(row.index, value)));
  const fits = tree.rows.filter(({ index }) => index < row.index && strideOf(index) === wanted && !taken.has(index));
  const unread = new Set(unreadRows(tree).map(({ index }) => index));
  const section = tree.rows[odd.index]?.section;
  const distance = ({ index }: Row) => (section === 'backbone' ? -index : Math.abs(index - odd.index));
  const rank = (candidate: Row) => (unread.has(candidate.index) ? 0 : candidate.section === section ? 1 : 2);
  return fits
    .sort((a, b) => rank(a) - rank(b) || distance(a) - distance(b))
    .slice(0, 3)
    .map(({ index }) => index);
}

function numberFor({ value }: FromElement, row: Row, index: number): number {
  return value < 0 ? index - row.index : index;
}

function atSamples({ symbols }: Network, shape: Shape): Shape {
  const samples = samplesOf({ symbols });
  return shape?.map((size) => (size === undefined ? undefined : substitute(size, samples)));
}

/** `128x80x80`, as these models leave out the batch. */
function sizes(shape: Shape): string {
  return shape === undefined ? 'of unknown size' : shape.slice(1).map(formatSize).join('x');
}
