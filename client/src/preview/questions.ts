// Asks the server for a layer and then for its values. A newer question cancels the older.
import { CancellationTokenSource, type Uri } from 'vscode';
import {
  computeLayerMethod,
  describeLayerMethod,
  type ComputeRequest,
  type LayerAnswer,
  type LayerPlace,
  type LayerRequest,
  type ValuesAnswer,
} from '../../../server/src/protocol/preview.ts';
import type { Server } from '../server.ts';
import { INITIAL_OPTIONS, type PreviewOptions, type ToPage } from './messages.ts';

export interface Questions {
  readonly dispose: () => void;
  /** Answers with the place of the layer that was found, and whether it is another one than before. */
  readonly ask: (
    uri: Uri,
    place: LayerPlace,
    options: PreviewOptions,
    pinned: boolean,
  ) => Promise<{ readonly place: LayerPlace; readonly isOther: boolean } | undefined>;
}

export function createQuestions(server: Server, post: (message: ToPage) => void): Questions {
  let source: CancellationTokenSource | undefined;
  let last = '';
  let id = 0;
  const stopListening = server.onPreviewProgress((progress) => {
    if (progress.id === id) post({ type: 'progress', fraction: progress.fraction });
  });

  function renew(): CancellationTokenSource {
    source?.cancel();
    source?.dispose();
    source = new CancellationTokenSource();
    return source;
  }

  return {
    async ask(uri, place, options, pinned) {
      const { token } = renew();
      const isStale = () => token.isCancellationRequested;
      const textDocument = { uri: uri.toString() };
      const describe = (changes: LayerRequest['changes']) =>
        server.request<LayerAnswer>(describeLayerMethod, { textDocument, place, changes, sizes: options.sizes }, token);
      let answer = await describe(options.changes);
      if (answer === undefined || answer === null || token.isCancellationRequested) return undefined;
      const key =
        answer.kind === 'layer' ? `${textDocument.uri} ${answer.operator} ${answer.place.position.line} ${answer.place.use}` : last;
      const isOther = key !== last && last !== '';
      if (isOther && options.changes.length > 0) {
        answer = await describe([]);
        if (answer === undefined || answer === null || isStale()) return undefined;
      }
      const changes = isOther ? [] : options.changes;
      last = key;
      post({ type: 'layer', answer, uri: textDocument.uri, pinned, changes });
      if (answer.kind === 'none') return undefined;
      const found = { place: answer.place, isOther };
      if (answer.obstacle !== null) return found;
      post({ type: 'computing' });
      id++;
      const { sizes, sample, weights } = options;
      const shown = isOther ? INITIAL_OPTIONS.shown : options.shown;
      const request: ComputeRequest = { textDocument, place: answer.place, changes, sizes, sample, weights, id, shown };
      const asked = id;
      void server.request<ValuesAnswer>(computeLayerMethod, request, token).then((values) => {
        if (values !== undefined && values !== null && asked === id && !token.isCancellationRequested)
          post({ type: 'values', answer: values });
      });
      return found;
    },
    dispose() {
      source?.cancel();
      source?.dispose();
      stopListening.dispose();
    },
  };
}
