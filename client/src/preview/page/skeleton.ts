// The parts of the page that are always there, empty.
import { element } from './dom.ts';

export interface Skeleton {
  readonly header: HTMLElement;
  readonly chain: HTMLElement;
  readonly calm: HTMLElement;
  readonly symbols: HTMLElement;
  readonly body: HTMLElement;
  readonly inputs: HTMLElement;
  readonly modes: HTMLElement;
  readonly stage: HTMLElement;
  readonly legend: HTMLElement;
  readonly transport: HTMLElement;
  readonly planes: HTMLElement;
  readonly explanation: HTMLElement;
  readonly spoken: HTMLElement;
  readonly formula: HTMLElement;
  readonly sliders: HTMLElement;
  readonly trial: HTMLElement;
  readonly inputMaps: HTMLElement;
  readonly outputMaps: HTMLElement;
  readonly inputSection: HTMLElement;
  readonly outputSection: HTMLElement;
  readonly windowSections: readonly HTMLElement[];
  readonly matrix: HTMLElement;
  readonly matrixSection: HTMLDetailsElement;
  readonly sources: HTMLElement;
  readonly progress: HTMLElement;
  readonly notice: HTMLElement;
}

export function buildSkeleton(root: HTMLElement): Skeleton {
  const part = (name: string, attributes: Readonly<Record<string, string>> = {}) => element('div', { class: name, ...attributes });
  const [header, chain, calm, symbols, modes, stage] = [
    element('header', { class: 'header' }),
    element('nav', { class: 'chain', 'aria-label': 'From the input to this layer' }),
    part('calm'),
    part('symbols'),
    part('modes'),
    part('stage'),
  ];
  const [legend, transport, planes, explanation] = [
    part('legend'),
    part('transport-host'),
    part('planes'),
    part('explanation', { 'aria-label': 'What is looked at', role: 'group' }),
  ];
  const inputs = part('inputs', { role: 'group', 'aria-label': 'Inputs of this layer' });
  const spoken = part('visually-hidden', { 'aria-live': 'polite' });
  const [formula, sliders, trial, inputMaps, outputMaps, matrix, sources] = [
    part('formula-card'),
    part('sliders'),
    part('trial'),
    part('maps'),
    part('maps'),
    part('matrix-host'),
    part('sources'),
  ];
  const progress = part('progress', {
    role: 'progressbar',
    'aria-label': 'Working out the values',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
  });
  progress.append(element('span'));
  progress.hidden = true;
  const notice = part('notice', { role: 'status' });
  notice.hidden = true;
  trial.hidden = true;
  const section = (title: string, ...children: HTMLElement[]) => element('section', {}, element('h2', {}, title), ...children);
  const outputSection = section('Output channels', outputMaps);
  const inputSection = section('Input channels', inputMaps);
  const sizeSection = section('Size', formula);
  const trySection = section('Try', sliders, trial);
  const matrixSection = element('details', { class: 'section' }, element('summary', {}, 'As a matrix'), matrix);
  const body = element(
    'main',
    { class: 'body' },
    inputs,
    modes,
    stage,
    legend,
    transport,
    planes,
    explanation,
    spoken,
    outputSection,
    inputSection,
    element('div', { class: 'cards' }, sizeSection, trySection),
    matrixSection,
  );
  root.replaceChildren(progress, header, chain, sources, notice, calm, symbols, body);
  return {
    header,
    chain,
    calm,
    symbols,
    body,
    inputs,
    modes,
    stage,
    legend,
    transport,
    planes,
    explanation,
    spoken,
    formula,
    sliders,
    trial,
    inputMaps,
    outputMaps,
    inputSection,
    outputSection,
    windowSections: [sizeSection, trySection, matrixSection],
    matrix,
    matrixSection,
    sources,
    progress,
    notice,
  };
}
