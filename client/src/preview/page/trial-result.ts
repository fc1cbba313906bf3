// What becomes of the network with the arguments that are tried.
import type { ArgumentChange, LayerDescription } from '../../../../server/src/protocol/preview.ts';
import { button, element, replace } from './dom.ts';

export interface TrialEvents {
  readonly onApply: () => void;
  readonly onReset: () => void;
  readonly onReveal: (range: LayerDescription['range']) => void;
}

/** Hidden where nothing is tried. */
export function showTrial(host: HTMLElement, layer: LayerDescription, changes: readonly ArgumentChange[], events: TrialEvents): void {
  const { trial } = layer;
  host.hidden = changes.length === 0;
  if (changes.length === 0) return;
  if (trial === null) return showUnwritable(host, changes, events);
  const here = trial.newProblems.filter(({ isHere }) => isHere);
  const elsewhere = trial.newProblems.filter(({ isHere }) => !isHere);
  const verdict =
    trial.newProblems.length === 0
      ? trial.solved > 0
        ? `Fits, and ${counted(trial.solved, 'problem')} ${trial.solved === 1 ? 'is' : 'are'} gone.`
        : 'The rest of the network takes it as it is.'
      : [
          here.length > 0 ? `${counted(here.length, 'problem')} here` : '',
          elsewhere.length > 0 ? `${counted(elsewhere.length, 'new problem')} elsewhere` : '',
        ]
          .filter((part) => part !== '')
          .join(', ') + '.';
  replace(
    host,
    element(
      'div',
      { class: 'trial-size' },
      element('span', { class: 'muted' }, trial.before[0] ?? ''),
      ' → ',
      element('strong', { 'data-trial-size': true }, layer.outputs[0]?.text ?? ''),
    ),
    element(
      'div',
      {
        class: trial.newProblems.length === 0 ? 'verdict good' : 'verdict bad',
        'data-new-problems': trial.newProblems.length,
        role: 'status',
      },
      verdict,
    ),
    ...trial.newProblems.slice(0, 4).map(({ message, range }) => button(message, () => events.onReveal(range), { class: 'problem' })),
    element(
      'div',
      { class: 'trial-buttons' },
      button('Apply', events.onApply, { class: 'primary', title: 'Write it to the line' }),
      button('Reset', events.onReset, { class: 'secondary', title: 'Back to what is written' }),
    ),
  );
}

function showUnwritable(host: HTMLElement, changes: readonly ArgumentChange[], events: TrialEvents): void {
  const words = changes.map(({ name, value }) => `${name} = ${value}`).join(', ');
  replace(
    host,
    element('div', { class: 'verdict', role: 'status' }, `The format of this file cannot write ${words} on this line.`),
    element('div', { class: 'trial-buttons' }, button('Reset', events.onReset, { title: 'Back to what is written' })),
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
