// The page: holds what is shown and what the user has chosen, and gives each part what it shows.
import type { EncodedTensor, LayerDescription, LayerValues, ValuesAnswer } from '../../../../server/src/protocol/preview.ts';
import type { FilePurpose, FromPage, PreviewOptions, SavedState, ToPage } from '../messages.ts';
import { showChain } from './chain-view.ts';
import { createChannelMaps } from './channel-maps.ts';
import { button, element, replace } from './dom.ts';
import { createExplanation } from './explanation.ts';
import { showFormula } from './formula.ts';
import { geometryOf, outputSize, kernelSize, type Geometry, type Place } from './geometry.ts';
import { showHeader } from './header.ts';
import { showLegend } from './legend.ts';
import { createMatrixView } from './matrix-view.ts';
import { numbersOf } from './layer-numbers.ts';
import { plainScene } from './plain-scene.ts';
import { sceneOf, type Focus, type Scene, type View } from './scene.ts';
import { buildSkeleton } from './skeleton.ts';
import { createSliders } from './sliders.ts';
import { showSources, showSymbols } from './sources.ts';
import { createStage } from './stage.ts';
import { channelsRead, channelsReached, type LayerNumbers } from './terms.ts';
import { readTheme } from './theme.ts';
import { stageTitles } from './titles.ts';
import { createTransport } from './transport.ts';

export interface PageEvents {
  readonly post: (message: FromPage) => void;
  readonly save: (state: SavedState) => void;
}

export interface Page {
  readonly showLayer: (message: Extract<ToPage, { type: 'layer' }>) => void;
  readonly showValues: (answer: ValuesAnswer) => void;
  readonly showProgress: (fraction: number) => void;
  readonly useFile: (purpose: FilePurpose, name: string, file: string, summary: string) => void;
  readonly useImage: (name: string, image: EncodedTensor) => void;
  readonly notice: (message: string) => void;
  readonly options: () => PreviewOptions;
}

const FIRST_VIEW: View = { inputChannel: 0, outputChannel: 0, plane: 0, kernelPlane: 0, mode: 'gather', step: 0, isPlaying: false };

export function createPage(root: HTMLElement, initial: PreviewOptions, { post, save }: PageEvents): Page {
  const parts = buildSkeleton(root);
  let options = initial;
  let theme = readTheme();
  let layer: LayerDescription | undefined;
  let [uri, isPinned] = ['', false];
  let values: LayerValues | undefined;
  let geometry: Geometry | undefined;
  let numbers: LayerNumbers | undefined;
  let view = FIRST_VIEW;
  let scene: Scene | undefined;
  const fileNames: Partial<Record<FilePurpose, string>> = {};

  const stage = createStage(parts.stage, { onLook: look, onPick: pick });
  const explanation = createExplanation(parts.explanation, parts.spoken);
  const transport = createTransport({
    onStep: (step, isPlaying) => setView({ step, isPlaying }),
    onPlaying: (isPlaying) => setView({ isPlaying }),
    onSlide: (from, to, part) => {
      if (scene !== undefined) stage.mark(scene.focusOf(to), true, { from: scene.focusOf(from), part });
    },
  });
  parts.transport.append(transport.root);
  const matrix = createMatrixView(parts.matrix, {
    onOutput: (place) => lookAtPlace(place, 'output'),
    onInput: (place) => lookAtPlace(place, 'input'),
  });
  const outputMaps = createChannelMaps(parts.outputMaps, 'output channel', chooseOutput);
  const inputMaps = createChannelMaps(parts.inputMaps, 'input channel', chooseInput);
  const sliders = createSliders(parts.sliders, parts.trial, {
    onChange: (changes) => setOptions({ changes }),
    onReset: () => setOptions({ changes: [] }),
    onApply: () => {
      if (layer?.trial === null || layer === undefined) return;
      post({ type: 'apply', edits: layer.trial.edits, version: layer.version });
    },
    onReveal: (range) => post({ type: 'reveal', range }),
  });
  parts.matrixSection.addEventListener('toggle', showMatrix);
  new ResizeObserver(() => {
    stage.resize();
    showMatrix();
    if (scene !== undefined) markStep();
  }).observe(parts.stage);
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
    // An image would be written to disk with the state, and a file is not there after a reload.
    const sample = options.sample.kind === 'image' || options.sample.kind === 'file' ? { kind: 'ramp' as const, seed: 1 } : options.sample;
    const weights = options.weights.kind === 'file' ? { kind: 'he' as const, seed: 1 } : options.weights;
    if (layer !== undefined) save({ uri, place: layer.place, pinned: isPinned, options: { ...options, sample, weights, changes: [] } });
  }

  function setView(next: Partial<View>): void {
    view = { ...view, ...next };
    showStage();
  }

  function chooseOutput(outputChannel: number): void {
    if (geometry === undefined || numbers === undefined)
      return setView({
        outputChannel,
        inputChannel: values?.inputs[0]?.channels === values?.outputs[0]?.channels ? outputChannel : view.inputChannel,
      });
    const [from, to] = channelsRead(geometry, numbers, outputChannel);
    const inputChannel = view.inputChannel >= from && view.inputChannel < to ? view.inputChannel : from;
    setView({ outputChannel, inputChannel });
  }

  function chooseInput(inputChannel: number): void {
    if (geometry === undefined || numbers === undefined) return setView({ inputChannel });
    const [from, to] = channelsReached(geometry, numbers, inputChannel);
    const outputChannel = view.outputChannel >= from && view.outputChannel < to ? view.outputChannel : from;
    setView({ inputChannel, outputChannel });
  }

  function look(focus: Focus | undefined): void {
    if (scene === undefined || transport.isPlaying()) return;
    if (focus === undefined) return markStep();
    stage.mark(focus, false);
    explain(focus);
  }

  function lookAtPlace(place: Place | undefined, role: 'input' | 'output'): void {
    if (scene === undefined || geometry === undefined || place === undefined) return look(undefined);
    const content = scene.grids.find((grid) => grid.role === role)?.content;
    if (content === undefined) return;
    for (let row = 0; row < content.rows; row++) {
      for (let column = 0; column < content.columns; column++) {
        const found = scene.placeOf({ role, row, column });
        if (found?.every((index, axis) => index === place[axis]) === true && content.style(row, column) !== 'padding')
          return look({ role, row, column });
      }
    }
  }

  function pick(focus: Focus): void {
    const step = scene?.stepOf(focus);
    if (step === undefined) return;
    transport.stop();
    setView({ step, isPlaying: false });
  }

  function markStep(): void {
    if (scene === undefined || scene.steps === 0) return;
    const focus = scene.focusOf(view.step);
    stage.mark(focus, true);
    explain(focus);
  }

  function explain(focus: Focus): void {
    const place = scene?.placeOf(focus);
    if (geometry === undefined || numbers === undefined) {
      explanation.showWords(scene?.grids.find(({ role }) => role === focus.role)?.label(focus.row, focus.column) ?? '');
      return;
    }
    matrix.mark(focus.role === 'output' ? place : undefined, focus.role === 'input' ? place : undefined);
    if (focus.role === 'output' && place !== undefined) explanation.showOutput(geometry, numbers, view, place);
    else if (focus.role === 'input' && place !== undefined) explanation.showInput(geometry, numbers, view, place);
    else explanation.showWords(scene?.grids.find(({ role }) => role === focus.role)?.label(focus.row, focus.column) ?? '');
  }

  function showStage(): void {
    if (layer === undefined) return;
    scene = geometry === undefined ? plainScene(values, view) : sceneOf(geometry, numbers, view);
    if (scene === undefined) return;
    view = { ...view, step: Math.min(view.step, Math.max(scene.steps - 1, 0)) };
    stage.show(scene, stageTitles(layer, geometry, view), theme);
    transport.set(view.step, scene.steps, scene.steps === 0 ? '' : `step ${view.step + 1} of ${scene.steps}`);
    transport.root.hidden = geometry === undefined;
    markStep();
    showMaps();
    showMatrix();
    showPlanes();
  }

  function showMaps(): void {
    parts.inputSection.hidden = (values?.inputs[0]?.channels ?? 0) < 2;
    parts.outputSection.hidden = (values?.outputs[0]?.channels ?? 0) < 2;
    if (numbers === undefined || values === undefined) return;
    inputMaps.show(numbers.input, numbers.firstInput, numbers.inputChannels, view.inputChannel, 0, theme);
    outputMaps.show(numbers.output, numbers.firstOutput, numbers.outputChannels, view.outputChannel, view.plane, theme);
  }

  function showMatrix(): void {
    if (parts.matrixSection.open && geometry !== undefined && numbers !== undefined) matrix.show(geometry, numbers, view, theme);
  }

  function showPlanes(): void {
    if (geometry === undefined || geometry.window.axes.length < 3) return replace(parts.planes);
    if (parts.planes.childElementCount > 0) return;
    const planes = outputSize(geometry)[0];
    const field = (label: string, most: number, value: number, set: (value: number) => void) => {
      const input = element('input', { type: 'range', min: 0, max: Math.max(most - 1, 0), value });
      input.addEventListener('input', () => set(Number(input.value)));
      return element('label', { class: 'source' }, label, input);
    };
    replace(
      parts.planes,
      field('output plane', planes, view.plane, (plane) => setView({ plane })),
      field('kernel plane', kernelSize(geometry)[0], view.kernelPlane, (kernelPlane) => setView({ kernelPlane })),
    );
  }

  function showModes(): void {
    if (geometry?.window.kind !== 'transposed') return replace(parts.modes);
    const mode = (name: View['mode'], label: string, title: string) =>
      button(
        label,
        () => {
          transport.stop();
          setView({ mode: name, step: 0, isPlaying: false });
          showModes();
        },
        { 'aria-pressed': String(view.mode === name), title, 'data-mode': name },
      );
    replace(
      parts.modes,
      mode(
        'gather',
        'As a direct convolution',
        'The same kernel, turned around, over the input with zeros around it and between its cells',
      ),
      mode('scatter', 'As stamps of the kernel', 'Each input cell stamps the kernel, times its value, onto the output'),
    );
  }

  function showOptions(): void {
    showSources(parts.sources, options, fileNames, {
      onOptions: setOptions,
      onChoose: (purpose) => post({ type: 'choose', purpose }),
    });
  }

  function showAll(): void {
    if (layer === undefined) return;
    showHeader(parts.header, layer, isPinned, {
      onPin: () => post({ type: 'pin', pinned: !isPinned }),
      onReveal: () => layer !== undefined && post({ type: 'reveal', range: layer.range }),
      onUse: (use) => layer !== undefined && post({ type: 'show', place: { ...layer.place, use } }),
    });
    showChain(parts.chain, layer.chain, values?.thumbnails ?? [], theme, {
      onShow: (place) => post({ type: 'show', place }),
      onReveal: (range) => post({ type: 'reveal', range }),
    });
    const { obstacle, window, symbols } = layer;
    parts.calm.hidden = obstacle === null;
    if (obstacle !== null)
      replace(parts.calm, element('p', { class: 'calm-message' }, obstacle.message), element('p', { class: 'muted' }, obstacle.advice));
    showSymbols(
      parts.symbols,
      symbols,
      symbols.some(({ value }) => value === null),
      (sizes) => setOptions({ sizes: { ...options.sizes, ...sizes } }),
    );
    parts.windowSections.forEach((section) => (section.hidden = layer?.axes.length === 0));
    showFormula(parts.formula, layer);
    sliders.show(layer, options.changes);
    showLegend(parts.legend, window, theme);
    parts.stage.hidden = window === null && values === undefined;
    showModes();
    showOptions();
    if (window !== null || values !== undefined) showStage();
  }

  function isSameLayer(next: LayerDescription): boolean {
    const place = layer?.place;
    return (
      place !== undefined &&
      layer?.operator === next.operator &&
      place.use === next.place.use &&
      place.position.line === next.place.position.line
    );
  }

  return {
    showLayer({ answer, uri: nextUri, pinned }) {
      [uri, isPinned] = [nextUri, pinned];
      root.classList.remove('is-empty');
      if (answer.kind === 'none') {
        if (layer !== undefined) return;
        root.classList.add('is-empty');
        replace(parts.calm, element('p', { class: 'calm-message' }, answer.message));
        parts.calm.hidden = false;
        return;
      }
      if (!isSameLayer(answer)) {
        transport.stop();
        view = FIRST_VIEW;
        values = undefined;
        replace(parts.planes);
        // A change was tried on the layer that was shown before.
        options = { ...options, changes: [], firstInputChannel: 0, firstOutputChannel: 0 };
      }
      const before = JSON.stringify(layer?.window ?? null);
      layer = answer;
      geometry = answer.window === null ? undefined : geometryOf(answer.window);
      // Numbers of another window would stand in the wrong cells.
      if (before !== JSON.stringify(answer.window)) {
        numbers = undefined;
        values = undefined;
      }
      saveState();
      showAll();
    },
    showValues(answer) {
      parts.progress.hidden = true;
      root.classList.remove('is-computing');
      if (answer.kind === 'cancelled') return;
      if (answer.kind === 'refused') {
        parts.calm.hidden = false;
        replace(
          parts.calm,
          element('p', { class: 'calm-message' }, answer.obstacle.message),
          element('p', { class: 'muted' }, answer.obstacle.advice),
        );
        return;
      }
      values = answer;
      numbers = numbersOf(answer);
      if (geometry !== undefined && numbers !== undefined) {
        const [from, to] = channelsRead(geometry, numbers, view.outputChannel);
        if (view.inputChannel < from || view.inputChannel >= to) view = { ...view, inputChannel: from };
      }
      showAll();
      root.dataset['ready'] = String(Number(root.dataset['ready'] ?? 0) + 1);
    },
    showProgress(fraction) {
      root.classList.add('is-computing');
      parts.progress.hidden = false;
      parts.progress.setAttribute('aria-valuenow', String(Math.round(fraction * 100)));
      const bar = parts.progress.firstElementChild;
      if (bar instanceof HTMLElement) bar.style.width = `${Math.max(fraction * 100, 4)}%`;
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
    notice(message) {
      parts.notice.hidden = false;
      replace(
        parts.notice,
        message,
        button('×', () => (parts.notice.hidden = true), { 'aria-label': 'Close', class: 'link' }),
      );
    },
    options: () => options,
  };
}
