// Entry of the preview's page: takes what the extension sends, and asks it for what the user wants.
import { INITIAL_OPTIONS, type FromPage, type SavedState, type ToPage } from '../messages.ts';
import { byId } from './dom.ts';
import { decodeImage } from './image-sample.ts';
import { createPage } from './page.ts';

interface Host {
  readonly postMessage: (message: FromPage) => void;
  readonly getState: () => SavedState | undefined;
  readonly setState: (state: SavedState) => void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const saved = host.getState();
const page = createPage(byId('page'), saved?.options ?? INITIAL_OPTIONS, {
  post: (message) => host.postMessage(message),
  save: (state) => host.setState(state),
});

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'layer':
      page.showLayer(data);
      break;
    case 'computing':
      page.showProgress(0);
      break;
    case 'progress':
      page.showProgress(data.fraction);
      break;
    case 'values':
      page.showValues(data.answer);
      break;
    case 'loaded':
      page.useFile(data.purpose, data.name, data.file, data.summary);
      break;
    case 'image':
      void decodeImage(data.bytes).then((image) => {
        if (image === undefined) page.notice(`${data.name} could not be read as an image.`);
        else page.useImage(data.name, image);
      });
      break;
    case 'notice':
      page.notice(data.message);
  }
});

host.postMessage({ type: 'ready', options: page.options() });
