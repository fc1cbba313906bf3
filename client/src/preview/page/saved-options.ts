// What of the user's choices outlives a reload of the window.
import { INITIAL_OPTIONS, type PreviewOptions } from '../messages.ts';

/** An image would be written to disk with the state, a file is not there after a reload, and what is tried was only tried. */
export function savedOptions(options: PreviewOptions): PreviewOptions {
  const { sample, weights } = options;
  const isGiven = sample.kind === 'image' || sample.kind === 'file';
  return {
    ...options,
    changes: [],
    sample: isGiven ? INITIAL_OPTIONS.sample : sample,
    weights: weights.kind === 'file' ? INITIAL_OPTIONS.weights : weights,
  };
}
