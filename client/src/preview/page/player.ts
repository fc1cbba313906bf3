// The stage with its steps: what of the layer is looked at, and all that shows it.
import type { LayerDescription } from '../../../../server/src/protocol/preview.ts';
import { createChannelMaps } from './channel-maps.ts';
import { createExplanation } from './explanation.ts';
import { laidOutSize, outputSize, type Geometry, type Place } from './geometry.ts';
import { layerScene } from './layer-scene.ts';
import { showLegend } from './legend.ts';
import { createMatrixView } from './matrix-view.ts';
import { showModes } from './modes.ts';
import { createPlanes } from './planes.ts';
import { plainScene, plainTitles } from './plain-scene.ts';
import { valueWords } from './scene-words.ts';
import { FIRST_VIEW, gridOf, labelOf, type Focus, type Scene, type View } from './scene.ts';
import { isSent, sentChannels, withInput, withOutput, type Channels, type Numbers } from './selection.ts';
import type { Skeleton } from './skeleton.ts';
import { createStage } from './stage.ts';
import type { Theme } from './colours.ts';
import { stageTitles } from './titles.ts';
import { createTransport } from './transport.ts';

/** What there is to show; the numbers come after the layer. */
export interface Subject {
  readonly layer: LayerDescription;
  readonly geometry: Geometry | undefined;
  readonly found: Numbers | undefined;
}

export interface Player {
  readonly show: (subject: Subject, theme: Theme) => void;
  /** Another of several inputs, with an output channel that it reaches. */
  readonly lookAtInput: (input: number) => void;
  /** Another layer: from its first step on. */
  readonly reset: (channels: Channels) => void;
}

/** `onNeed` is told the channels whose numbers have not been sent. */
export function createPlayer(parts: Skeleton, onNeed: (channels: Channels) => void): Player {
  let subject: Subject | undefined;
  let theme: Theme | undefined;
  let view = FIRST_VIEW;
  let scene: Scene | undefined;
  let asked: string | undefined;
  let width = 0;
  /** The output follows the input, and not the other way round. */
  let isInputChosen = false;

  const stage = createStage(parts.stage, { onLook: look, onPick: pick });
  const explanation = createExplanation(parts.explanation, parts.spoken);
  const transport = createTransport({
    onStep: (step, isPlaying) => setView({ step, isPlaying }),
    onPlaying: (isPlaying) => setView({ isPlaying }),
    onSlide: (from, to, part) => {
      if (scene !== undefined) stage.mark(scene.focusOf(to), { from: scene.focusOf(from), part });
    },
  });
  parts.transport.append(transport.root);
  const matrix = createMatrixView(parts.matrix, {
    onOutput: (place) => lookAtPlace(place, 'output'),
    onInput: (place) => lookAtPlace(place, 'input'),
  });
  const planes = createPlanes(parts.planes, setView);
  const outputMaps = createChannelMaps(parts.outputMaps, 'output channel', (channel) => choose(withOutput, channel));
  const inputMaps = createChannelMaps(parts.inputMaps, 'input channel', (channel) => choose(withInput, channel));
  parts.matrixSection.addEventListener('toggle', showMatrix);
  new ResizeObserver(() => {
    if (parts.stage.clientWidth !== width) explanation.reset();
    width = parts.stage.clientWidth;
    stage.resize();
    showMatrix();
    if (scene !== undefined) markStep();
  }).observe(parts.stage);

  function setView(next: Partial<View>): void {
    const before = view;
    view = { ...view, ...next };
    const isStep = Object.keys(next).every((key) => key === 'step' || key === 'isPlaying');
    if (!isStep) return showAll();
    if (before.isPlaying !== view.isPlaying) return showStage();
    // Where its cells stay as they are, a step moves the marks alone.
    if (subject !== undefined && scene !== undefined && scene.changing.length > 0) {
      scene = sceneOf(subject, view);
      // While it plays nobody reads a table.
      if (scene !== undefined) stage.step(scene, !view.isPlaying);
    }
    markStep();
  }

  function choose(withChannel: typeof withInput, channel: number): void {
    const found = subject?.found;
    if (found === undefined) return;
    const channels = withChannel(found, view, channel);
    setView(channels);
    needChannels(found, channels);
  }

  /** Asks once for what has not been sent. */
  function needChannels(found: Numbers, { input, inputChannel, outputChannel }: Channels): void {
    const needed = { input, inputChannel, outputChannel };
    const key = Object.values(needed).join();
    const isAsked = key === asked;
    asked = isSent(found, needed) ? undefined : key;
    if (asked !== undefined && !isAsked) onNeed(needed);
  }

  function look(focus: Focus | undefined): void {
    if (scene === undefined || transport.isPlaying()) return;
    if (focus === undefined) return markStep();
    stage.mark(focus);
    explain(focus);
  }

  function lookAtPlace(place: Place | undefined, role: 'input' | 'output'): void {
    const grid = scene === undefined ? undefined : gridOf(scene, role);
    if (grid === undefined || place === undefined) return look(undefined);
    const { rows, columns, style } = grid.content;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const isThere = grid.placeOf(row, column)?.every((index, axis) => index === place[axis]) === true;
        if (isThere && style(row, column) !== 'padding') return look({ role, row, column });
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
    stage.mark(focus);
    explain(focus);
    transport.set(view.step, scene.steps, `step ${view.step + 1} of ${scene.steps}`);
  }

  function explain(focus: Focus): void {
    if (scene === undefined) return;
    const { row, column } = focus;
    const grid = gridOf(scene, focus.role);
    const found = subject?.found;
    const place = grid?.placeOf(row, column);
    if (found?.kind === 'plain') return explanation.showPlain(found.numbers, focus, view);
    if (found === undefined || grid === undefined || place === undefined || focus.role === 'kernel')
      return explanation.showWords(found === undefined ? labelOf(scene, focus) : valueWords(scene, focus));
    const layer = { ...found, view };
    const isOutput = focus.role === 'output';
    matrix.mark(isOutput ? place : undefined, isOutput ? undefined : place);
    if (isOutput) explanation.showOutput(layer, place, grid.content.value(row, column));
    else explanation.showInput(layer, place);
  }

  function showStage(): void {
    if (subject === undefined || theme === undefined) return;
    const { geometry, found } = subject;
    scene = sceneOf(subject, view);
    for (const part of [parts.stage, parts.legend, parts.explanation]) part.hidden = scene === undefined;
    // Steps through cells of which nothing is known but their number show nothing.
    transport.root.hidden =
      scene === undefined || (geometry === undefined && !(found?.kind === 'plain' && found.numbers.links !== undefined));
    const sent = found === undefined ? undefined : sentChannels(found);
    parts.inputSection.hidden = (sent?.input?.channels ?? 0) < 2;
    parts.outputSection.hidden = (sent?.output.channels ?? 0) < 2;
    if (scene === undefined) return;
    view = { ...view, step: Math.min(view.step, Math.max(scene.steps - 1, 0)) };
    stage.show(scene, titlesOf(subject, view), theme);
    markStep();
    if (sent === undefined) return;
    const { input, output } = sent;
    if (input !== undefined) inputMaps.show(input, view.inputChannel, 0, theme);
    outputMaps.show(output, view.outputChannel, view.plane, theme);
  }

  function showMatrix(): void {
    const found = subject?.found;
    if (!parts.matrixSection.open || found?.kind !== 'window' || theme === undefined) return;
    matrix.show(found.geometry, found.numbers, view, theme);
  }

  function showAll(): void {
    const geometry = subject?.geometry;
    showModes(parts.modes, geometry, view.mode, (mode) => {
      transport.stop();
      setView({ mode, step: 0, isPlaying: false });
    });
    showLegend(parts.legend, geometry?.window ?? null, view.mode);
    planes.show(geometry, view);
    showStage();
    showMatrix();
  }

  return {
    show(nextSubject, nextTheme) {
      [subject, theme] = [nextSubject, nextTheme];
      const { found } = nextSubject;
      // The numbers of another input may still be on their way.
      if (found !== undefined && (found.kind === 'window' || found.numbers.inputIndex === view.input)) {
        view = { ...view, ...(isInputChosen ? withInput(found, view, view.inputChannel) : withOutput(found, view, view.outputChannel)) };
        isInputChosen = false;
      }
      showAll();
      if (found !== undefined) needChannels(found, view);
    },
    lookAtInput(input) {
      view = { ...view, input, inputChannel: 0 };
      isInputChosen = true;
      if (subject?.found !== undefined) needChannels(subject.found, view);
    },
    reset({ input, inputChannel, outputChannel }) {
      transport.stop();
      isInputChosen = false;
      explanation.reset();
      view = { ...FIRST_VIEW, input, inputChannel, outputChannel };
    },
  };
}

function titlesOf({ geometry, found }: Subject, view: View): Readonly<Record<Focus['role'], string>> {
  if (geometry !== undefined) return stageTitles(geometry, view);
  return found?.kind === 'plain' ? plainTitles(found.numbers) : { input: '', kernel: '', output: '' };
}

/** A larger map is not shown, and not drawn empty until that is said. */
const MOST_EMPTY = 2 ** 21;

function cellsOf(geometry: Geometry): number {
  return Math.max(...[laidOutSize(geometry), outputSize(geometry)].map(([, rows, columns]) => rows * columns));
}

function sceneOf({ geometry, found }: Subject, view: View): Scene | undefined {
  if (geometry !== undefined && found === undefined && cellsOf(geometry) > MOST_EMPTY) return undefined;
  if (geometry !== undefined) return layerScene({ geometry, numbers: found?.kind === 'window' ? found.numbers : undefined, view });
  return found?.kind === 'plain' ? plainScene(found.numbers, view) : undefined;
}
