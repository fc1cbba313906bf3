// The page: holds what is shown and what the user has chosen, and gives each part what it shows.
import type { EncodedTensor, LayerDescription, LayerValues, Obstacle, ValuesAnswer } from '../../../../server/src/protocol/preview.ts';
import { INITIAL_OPTIONS, type FilePurpose, type FromPage, type LayerMessage, type PreviewOptions, type SavedState } from '../messages.ts';
import { showChain } from './chain-view.ts';
import { showFormula } from './formula.ts';
import { geometryOf, type Geometry } from './geometry.ts';
import { showHeader } from './header.ts';
import { showInputs } from './input-choice.ts';
import { numbersOf } from './layer-numbers.ts';
import { showNotice, showObstacle, showProgress } from './notices.ts';
import { plainNumbersOf } from './plain-scene.ts';
import { createPlayer } from './player.ts';
import { savedOptions } from './saved-options.ts';
import type { Numbers } from './selection.ts';
import { buildSkeleton } from './skeleton.ts';
import { createSliders } from './sliders.ts';
import { showSources, showSymbols } from './sources.ts';
import { readTheme } from './theme.ts';

export interface PageEvents {
  readonly post: (message: FromPage) => void;
  readonly save: (state: SavedState) => void;
}

export interface Page {
  readonly showLayer: (message: LayerMessage) => void;
  readonly showValues: (answer: ValuesAnswer) => void;
  readonly showProgress: (fraction: number) => void;
  readonly useFile: (purpose: FilePurpose, name: string, file: string, summary: string) => void;
  readonly useImage: (name: string, image: EncodedTensor) => void;
  readonly notice: (message: string) => void;
  readonly options: () => PreviewOptions;
}

export function createPage(root: HTMLElement, initial: PreviewOptions, { post, save }: PageEvents): Page {
  const parts = buildSkeleton(root);
  let options = initial;
  let theme = readTheme();
  let layer: LayerDescription | undefined;
  let geometry: Geometry | undefined;
  let [uri, isPinned] = ['', false];
  let values: LayerValues | undefined;
  let found: Numbers | undefined;
  /** Why the last run gave no values. */
  let refusal: Obstacle | null = null;
  root.classList.add('is-empty');
  showObstacle(parts.calm, { message: 'Waiting for the language server…', advice: '' });
  const fileNames: Partial<Record<FilePurpose, string>> = {};

  const player = createPlayer(parts, (channels) => setOptions({ shown: { ...options.shown, ...channels } }));
  const sliders = createSliders(parts.sliders, parts.trial, {
    onChange: (changes) => setOptions({ changes }),
    onReset: () => setOptions({ changes: [] }),
    onApply: () => {
      if (layer === undefined || layer.trial === null) return;
      post({ type: 'apply', edits: layer.trial.edits, version: layer.version });
    },
    onReveal: (range) => post({ type: 'reveal', range }),
  });
  // The editor changes the classes of the body with its theme.
  new MutationObserver(() => {
    theme = readTheme();
    showAll();
  }).observe(document.body, { attributes: true, attributeFilter: ['class', 'style'] });

  function setOptions(next: Partial<PreviewOptions>): void {
    options = { ...options, ...next };
    post({ type: 'options', options });
    saveState();
    showOptions();
  }

  function saveState(): void {
    if (layer !== undefined) save({ uri, place: layer.place, pinned: isPinned, options: savedOptions(options) });
  }

  function showOptions(): void {
    showSources(parts.sources, options, fileNames, {
      onOptions: setOptions,
      onChoose: (purpose) => post({ type: 'choose', purpose }),
    });
    if (layer === undefined) return;
    const { input } = options.shown;
    showInputs(parts.inputs, layer.inputs, values?.inputThumbnails ?? [], input, theme, player.lookAtInput);
  }

  function showAll(): void {
    if (layer === undefined) return;
    const { range, place, obstacle, symbols, controls, window } = layer;
    showHeader(parts.header, layer, isPinned, {
      onPin: () => post({ type: 'pin', pinned: !isPinned }),
      onReveal: () => post({ type: 'reveal', range }),
      onUse: (use) => post({ type: 'show', place: { ...place, use } }),
    });
    showChain(parts.chain, layer.chain, values?.thumbnails ?? [], theme, {
      onShow: (shown) => post({ type: 'show', place: shown }),
      onReveal: (shown) => post({ type: 'reveal', range: shown }),
    });
    showObstacle(parts.calm, obstacle ?? refusal);
    showSymbols(
      parts.symbols,
      symbols,
      symbols.some(({ value }) => value === null),
      (sizes) => setOptions({ sizes: { ...options.sizes, ...sizes } }),
    );
    parts.sizeSection.hidden = window === null;
    parts.trySection.hidden = controls.length === 0;
    parts.matrixSection.hidden = window === null;
    showFormula(parts.formula, layer);
    sliders.show(layer, options.changes);
    showOptions();
    player.show({ layer, geometry, found }, theme);
  }

  function isSameLayer({ operator, place }: LayerDescription): boolean {
    return layer?.operator === operator && layer.place.use === place.use && layer.place.position.line === place.position.line;
  }

  function stopComputing(): void {
    showProgress(parts.progress, undefined);
    root.classList.remove('is-computing');
  }

  return {
    showLayer({ answer, uri: nextUri, pinned, changes }) {
      [uri, isPinned] = [nextUri, pinned];
      options = { ...options, changes };
      root.classList.toggle('is-empty', answer.kind === 'none' && layer === undefined);
      if (answer.kind === 'none') {
        // Between two layers the one before stays.
        if (layer === undefined) showObstacle(parts.calm, { message: answer.message, advice: '' });
        stopComputing();
        showAll();
        return;
      }
      if (!isSameLayer(answer)) {
        [values, found, refusal] = [undefined, undefined, null];
        // The channels were those of the layer that was shown before.
        options = { ...options, shown: layer === undefined ? options.shown : INITIAL_OPTIONS.shown };
        player.reset(options.shown);
      }
      // Numbers of another window would stand in the wrong cells.
      if (JSON.stringify(layer?.window ?? null) !== JSON.stringify(answer.window)) {
        geometry = answer.window === null ? undefined : geometryOf(answer.window);
        [values, found] = [undefined, undefined];
      }
      layer = answer;
      if (answer.obstacle !== null) stopComputing();
      saveState();
      showAll();
    },
    showValues(answer) {
      stopComputing();
      if (answer.kind === 'cancelled') return;
      if (answer.kind === 'refused') {
        refusal = answer.obstacle;
        [values, found] = [undefined, undefined];
        showAll();
        return;
      }
      if (layer === undefined) return;
      [values, refusal] = [answer, null];
      const numbers = geometry === undefined ? undefined : numbersOf(answer);
      found =
        geometry !== undefined && numbers !== undefined
          ? { kind: 'window', geometry, numbers }
          : { kind: 'plain', numbers: plainNumbersOf(answer, layer) };
      showAll();
      root.dataset['ready'] = String(Number(root.dataset['ready'] ?? 0) + 1);
    },
    showProgress(fraction) {
      root.classList.add('is-computing');
      showProgress(parts.progress, fraction);
    },
    useFile(purpose, name, file, summary) {
      fileNames[purpose] = `${name} · ${summary}`;
      if (purpose === 'weights') setOptions({ weights: { kind: 'file', seed: 1, file } });
      else setOptions({ sample: { kind: 'file', seed: 1, file } });
    },
    useImage(name, image) {
      fileNames.image = name;
      setOptions({ sample: { kind: 'image', seed: 1, image } });
    },
    notice: (message) => showNotice(parts.notice, message),
    options: () => options,
  };
}
