// The preview's requests: offsets turned into positions, runs handed to the worker, files kept until the connection ends.
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis/analyse.ts';
import { formatShape } from '../dims/format.ts';
import { chainTo } from '../features/preview/chain.ts';
import { prepareRun, type GivenTensors } from '../features/preview/compute.ts';
import { controlsOf } from '../features/preview/controls.ts';
import {
  axisWords,
  guideWords,
  noLayer,
  previewSubject,
  shapesOf,
  summaryOf,
  symbolsOf,
  usesOf,
  type PreviewSubject,
} from '../features/preview/describe.ts';
import { createLastRun } from '../features/preview/last-run.ts';
import { createLoadedFiles } from '../features/preview/loaded-files.ts';
import { obstacleTo } from '../features/preview/obstacles.ts';
import { placeBefore } from '../features/preview/trial.ts';
import { describeWindow } from '../features/preview/window.ts';
import {
  computeLayerMethod,
  describeLayerMethod,
  loadFileMethod,
  previewProgressMethod,
  type ComputeRequest,
  type LayerAnswer,
  type LayerRequest,
  type LoadedFile,
  type LoadRequest,
  type Trial,
  type ValuesAnswer,
} from '../protocol/preview.ts';
import type { Runner } from '../reference/runner.ts';
import { contains, type Range } from '../text/range.ts';
import { toLspEdits, toLspRange } from './convert.ts';

interface Found {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** `find` answers with the document and the analysis of its newest version. */
export function servePreview(connection: Connection, runner: Runner, find: (uri: string) => Found | undefined): void {
  const files = createLoadedFiles();
  const lastRun = createLastRun();

  connection.onRequest(describeLayerMethod, (request: LayerRequest): Promise<LayerAnswer | null> => {
    const found = find(request.textDocument.uri);
    const subject = found === undefined ? undefined : subjectOf(found, request);
    if (found === undefined) return Promise.resolve(null);
    return Promise.resolve(
      subject === undefined ? noLayer(found.analysis, found.document.offsetAt(request.place.position)) : describe(found, subject),
    );
  });

  connection.onRequest(computeLayerMethod, async (request: ComputeRequest, token: CancellationToken): Promise<ValuesAnswer | null> => {
    const found = find(request.textDocument.uri);
    const subject = found === undefined ? undefined : subjectOf(found, request);
    if (found === undefined || subject === undefined) return null;
    const given: GivenTensors = {
      sample: request.sample.kind === 'file' ? files.array(request.sample.file) : undefined,
      weights: request.weights.kind === 'file' ? files.tensors(request.weights.file) : undefined,
    };
    const run = prepareRun(subject, request, given);
    if ('message' in run) return { kind: 'refused', obstacle: run };
    const { version } = found.document;
    const known = lastRun.answerTo(request, version);
    if (known !== undefined) return run.answer(known, version);
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    const onProgress = (fraction: number) => void connection.sendNotification(previewProgressMethod, { id: request.id, fraction });
    const answer = await runner.run(run.request, { signal: abort.signal, onProgress, asker: 'preview' });
    listener.dispose();
    lastRun.keep(request, version, answer);
    return run.answer(answer, version);
  });

  connection.onRequest(loadFileMethod, (request: LoadRequest): Promise<LoadedFile> => Promise.resolve(files.load(request)));
}

function subjectOf({ document, analysis }: Found, { place, changes, sizes }: LayerRequest): PreviewSubject | undefined {
  return previewSubject(analysis, { offset: document.offsetAt(place.position), use: place.use }, changes, sizes);
}

function describe({ document }: Found, subject: PreviewSubject): LayerAnswer {
  const { layer, analysis, sizes, before, trial } = subject;
  const { node, network, use } = layer;
  const written = before.node.source;
  // Places of the chain are those of the text as it is: what is tried moves nothing in front of it.
  const chain = chainTo(analysis, network, node, sizes).map((step) => ({
    ...step,
    range: step.node === node ? written.callRange : step.range,
  }));
  const placeOf = (offset: number, which: number) => ({ position: document.positionAt(offset), use: which });
  const name = network.layers.find((other) => other.node === node)?.name ?? null;
  return {
    kind: 'layer',
    version: document.version,
    place: placeOf(written.callRange.start, use),
    uses: usesOf(before),
    network: network.name,
    operator: node.operator,
    name,
    call: analysis.source.text.slice(node.source.callRange.start, node.source.callRange.end),
    summary: summaryOf(node),
    range: toLspRange(document, written.callRange),
    inputs: shapesOf(node.inputs, sizes),
    outputs: shapesOf(node.outputs, sizes),
    window: node.fault === undefined ? (describeWindow(node, sizes) ?? null) : null,
    axes: axisWords(subject),
    guide: guideWords(subject),
    controls: controlsOf(analysis, node, sizes),
    symbols: symbolsOf(subject),
    chain: chain.map(({ node: maker, offset, use: which, range, name: label, operator, shape }) => ({
      place: maker === undefined ? null : placeOf(offset, which),
      range: toLspRange(document, range),
      name: label,
      operator,
      shape,
    })),
    trial: trial === undefined ? null : trialOf(document, subject, trial),
    obstacle: obstacleTo(analysis, layer, sizes) ?? null,
  };
}

/** Problems are in the edited text; their places are said in the text as it is. */
function trialOf(document: TextDocument, { before, layer }: PreviewSubject, trial: NonNullable<PreviewSubject['trial']>): Trial {
  const placeOf = ({ start, end }: Range) => ({ start: placeBefore(start, trial.edits), end: placeBefore(end, trial.edits) });
  return {
    edits: toLspEdits(document, trial.edits),
    newProblems: trial.newFindings
      .filter(({ diagnostic }) => diagnostic.severity === 'error' || diagnostic.severity === 'warning')
      .slice(0, MOST_PROBLEMS)
      .map(({ diagnostic }) => ({
        severity: diagnostic.severity,
        message: diagnostic.message.split('\n')[0] ?? '',
        range: toLspRange(document, placeOf(diagnostic.range)),
        isHere: contains(layer.node.source.range, diagnostic.range.start),
      })),
    solved: trial.solved,
    before: before.node.outputs.map(({ shape }) => formatShape(shape)),
  };
}

const MOST_PROBLEMS = 50;
