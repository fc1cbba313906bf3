// Drives the preview in the real workbench as a person would, with the packaged extension installed, and takes pictures of it.
import { drive } from './drive.mjs';
import { fileSteps } from './preview/file-steps.mjs';
import { formatSteps } from './preview/format-steps.mjs';
import { guideSteps } from './preview/guide-steps.mjs';
import { linkSteps } from './preview/link-steps.mjs';
import { surroundingsSteps } from './preview/surroundings-steps.mjs';
import { serveWebWorkbench } from './web-workbench.mjs';
import { installedIn } from './workbench.mjs';

const settings = { 'workbench.colorTheme': 'Dark Modern', 'editor.minimap.enabled': false, 'breadcrumbs.enabled': false };

const common = {
  workspace: 'test/editor/preview',
  file: 'guide.nn',
  browser: { viewport: { width: 1500, height: 1000 } },
};

/** Answers with what each step came to; `vsix` is the package to install. */
export function runPreviewUi(vsix) {
  return drive({
    ...common,
    name: 'the preview',
    open: installedIn({ vsix, settings }),
    steps: (driven) => [
      ...guideSteps(driven),
      ...fileSteps(driven),
      ...linkSteps(driven),
      ...formatSteps(driven),
      ...surroundingsSteps(driven),
    ],
  });
}

/** The same panel where the extension runs in the browser: its worker is then started from a blob. */
export function runPreviewWebUi() {
  return drive({
    ...common,
    name: 'the preview in a browser',
    open: (folderPath) => serveWebWorkbench({ folderPath }),
    steps: guideSteps,
  });
}
