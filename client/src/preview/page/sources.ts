// What the network is run on: the sample, the weights, and numbers for symbols.
import type { PreviewSymbol, SampleKind, WeightKind } from '../../../../server/src/protocol/preview.ts';
import type { FilePurpose, PreviewOptions } from '../messages.ts';
import { button, element, iconButton, replace } from './dom.ts';

export interface SourceEvents {
  readonly onOptions: (options: Partial<PreviewOptions>) => void;
  readonly onChoose: (purpose: FilePurpose) => void;
}

const SAMPLES: readonly (readonly [SampleKind, string])[] = [
  ['ramp', 'Ramp'],
  ['impulse', 'Impulse'],
  ['checkerboard', 'Checkerboard'],
  ['noise', 'Noise'],
  ['image', 'Image file…'],
  ['file', '.npy file…'],
];

const WEIGHTS: readonly (readonly [WeightKind, string])[] = [
  ['he', 'He, random'],
  ['ones', 'Ones'],
  ['identity', 'Identity'],
  ['blur', 'Blur'],
  ['sobel', 'Sobel'],
  ['file', '.safetensors file…'],
];

/** `fileNames` are what was chosen last, to be shown. */
export function showSources(
  host: HTMLElement,
  options: PreviewOptions,
  fileNames: Readonly<Partial<Record<FilePurpose, string>>>,
  { onOptions, onChoose }: SourceEvents,
): void {
  const sample = choice('Input', 'sample', SAMPLES, options.sample.kind, (kind) => {
    if (kind === 'image') onChoose('image');
    else if (kind === 'file') onChoose('sample');
    else onOptions({ sample: { kind, seed: options.sample.seed } });
  });
  const weights = choice('Weights', 'weights', WEIGHTS, options.weights.kind, (kind) => {
    if (kind === 'file') onChoose('weights');
    else onOptions({ weights: { kind, seed: options.weights.seed } });
  });
  /** What was chosen last; a click chooses another. */
  const fileOf = (purpose: FilePurpose, isChosen: boolean) => {
    const name = isChosen ? fileNames[purpose] : undefined;
    return name === undefined ? null : button(name, () => onChoose(purpose), { class: 'quiet file', title: 'Choose another file' });
  };
  replace(
    host,
    sample,
    fileOf('image', options.sample.kind === 'image'),
    fileOf('sample', options.sample.kind === 'file'),
    options.sample.kind === 'noise'
      ? seed('Seed of the noise', options.sample.seed, (value) => onOptions({ sample: { kind: 'noise', seed: value } }))
      : null,
    weights,
    fileOf('weights', options.weights.kind === 'file'),
    options.weights.kind === 'he'
      ? seed('Seed of the weights', options.weights.seed, (value) => onOptions({ weights: { kind: 'he', seed: value } }))
      : null,
  );
}

function choice<Kind extends string>(
  label: string,
  name: string,
  kinds: readonly (readonly [Kind, string])[],
  chosen: Kind,
  onChoose: (kind: Kind) => void,
): HTMLElement {
  const select = element(
    'select',
    { 'data-source': name },
    ...kinds.map(([kind, text]) => element('option', { value: kind, selected: kind === chosen }, text)),
  );
  select.addEventListener('change', () => {
    const kind = kinds[select.selectedIndex]?.[0];
    if (kind !== undefined) onChoose(kind);
    // Until a file is chosen what was chosen before counts.
    if (kind === 'image' || kind === 'file') select.value = chosen;
  });
  return element('label', { class: 'source' }, label, select);
}

function seed(label: string, value: number, onChange: (value: number) => void): HTMLElement {
  return iconButton('again', `${label}: ${value}. Take the next one`, () => onChange(value + 1), { class: 'quiet' });
}

/** A field for each symbol; `isNeeded` where nothing is shown before they have numbers. */
export function showSymbols(
  host: HTMLElement,
  symbols: readonly PreviewSymbol[],
  isNeeded: boolean,
  onSizes: (sizes: Readonly<Record<string, number>>) => void,
): void {
  const fields = symbols.map(({ name, value, suggested }) => {
    const input = element('input', {
      type: 'number',
      min: 1,
      max: 4096,
      value: value ?? suggested,
      'aria-label': `Size of ${name}`,
      'data-symbol': name,
    });
    input.addEventListener('change', () => {
      if (!isNeeded) take();
    });
    return { name, input };
  });
  const take = () => {
    const sizes = fields.flatMap(({ name, input }) => {
      const size = Math.round(Number(input.value));
      return size >= 1 ? [[name, size] as const] : [];
    });
    onSizes(Object.fromEntries(sizes));
  };
  replace(
    host,
    ...fields.map(({ name, input }) => element('label', { class: 'source' }, name, input)),
    isNeeded && fields.length > 0 ? button('Show with these sizes', take, { class: 'primary', 'data-sizes': true }) : null,
  );
}
