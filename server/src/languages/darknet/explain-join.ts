// A join of maps of unlike height or width, told with the layers' sizes, and, where another size of the image helps, with that.
import { formatSize } from '../../dims/format.ts';
import type { Problem, TextIdea } from '../../network/network.ts';
import { findOption, type Section } from './parse.ts';

/** The problem in the words of the format; as it was where it is no such join. */
export function explainJoin(problem: Problem, net: Section, sizeIdeas: () => readonly TextIdea[]): Problem {
  const { fault, node } = problem;
  if ((fault.code !== 'concat-mismatch' && fault.code !== 'broadcast-mismatch') || node === undefined) return problem;
  const image = node.inputs.every(({ shape }) => shape?.length === 4);
  if (!image) return problem;
  const shown = node.inputs.map(({ label, shape }) => `${label} is ${shape?.slice(1).map(formatSize).join('x') ?? ''}`);
  const what = node.source.label ?? 'This';
  const found = `${what} takes maps of unlike height or width: ${shown.join(', ')}.`;
  const sizes = ['width', 'height'].flatMap((key) => findOption(net, key) ?? []);
  const ideas = sizeIdeas();
  const [first = 'another size'] = ideas.map(({ title }) => title.replace(/^Change /, ''));
  const why =
    ideas.length === 0
      ? 'Darknet makes nothing of it, and stops at the next layer.'
      : `The image of ${sizes.map(({ value }) => value).join('x')} is no multiple of the total stride, so that a map lost half a cell on the way: ${first} would do.`;
  const related = [
    ...node.inputs.map(({ label, shape, range }) => ({ message: `${label} is ${shape?.slice(1).map(formatSize).join('x') ?? ''}`, range })),
    ...(ideas.length === 0
      ? []
      : sizes.map(({ key, value, valueRange }) => ({ message: `The ${key} of the image is ${value}`, range: valueRange }))),
  ];
  return { ...problem, words: { message: `${found}\n${why}`, related } };
}
