// The parts of the page that are always there, empty.
import { element } from './dom.ts';

export type Skeleton = ReturnType<typeof buildSkeleton>;

export function buildSkeleton(root: HTMLElement) {
  const part = (name: string, attributes: Readonly<Record<string, string>> = {}) => element('div', { class: name, ...attributes });
  const parts = {
    progress: part('progress', {
      role: 'progressbar',
      'aria-label': 'Working out the values',
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    }),
    header: element('header', { class: 'header' }),
    chain: element('nav', { class: 'chain', 'aria-label': 'From the input to this layer' }),
    sources: part('sources'),
    notice: part('notice', { role: 'status' }),
    /** Why nothing can be shown. */
    calm: part('calm', { role: 'status' }),
    symbols: part('symbols'),
    inputs: part('inputs', { role: 'group', 'aria-label': 'Inputs of this layer' }),
    modes: part('modes', { role: 'group', 'aria-label': 'Ways to look at a transposed convolution' }),
    stage: part('stage'),
    legend: part('legend'),
    transport: part('transport-host'),
    planes: part('planes'),
    explanation: part('explanation', { 'aria-label': 'What is looked at', role: 'group' }),
    spoken: part('visually-hidden', { 'aria-live': 'polite' }),
    outputMaps: part('maps'),
    inputMaps: part('maps'),
    formula: part('formula-card'),
    sliders: part('sliders'),
    trial: part('trial'),
    matrix: part('matrix-host'),
  };
  const section = (title: string, ...children: HTMLElement[]) => element('section', {}, element('h2', {}, title), ...children);
  const sections = {
    outputSection: section('Output channels', parts.outputMaps),
    inputSection: section('Input channels', parts.inputMaps),
    sizeSection: section('Size', parts.formula),
    trySection: section('Try', parts.sliders, parts.trial),
    matrixSection: element('details', { class: 'section' }, element('summary', {}, 'As a matrix'), parts.matrix),
  };
  const { progress, header, chain, sources, notice, calm, symbols, inputs, modes, stage, legend, transport, planes } = parts;
  const { outputSection, inputSection, sizeSection, trySection, matrixSection } = sections;
  progress.append(element('span'));
  for (const hidden of [progress, notice, parts.trial]) hidden.hidden = true;
  const body = element(
    'main',
    { class: 'body' },
    inputs,
    modes,
    stage,
    legend,
    transport,
    planes,
    parts.explanation,
    parts.spoken,
    outputSection,
    inputSection,
    element('div', { class: 'cards' }, sizeSection, trySection),
    matrixSection,
  );
  root.replaceChildren(progress, header, chain, sources, notice, calm, symbols, body);
  return { ...parts, ...sections };
}
