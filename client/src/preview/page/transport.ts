// Playing through the steps: buttons, a scrubber, and the clock behind them.
import { button, element } from './dom.ts';

export interface Transport {
  readonly root: HTMLElement;
  readonly set: (step: number, steps: number, words: string) => void;
  readonly isPlaying: () => boolean;
  readonly stop: () => void;
}

export interface TransportEvents {
  readonly onStep: (step: number, isPlaying: boolean) => void;
  /** The window is on its way from a step to the next; part from 0 to 1. */
  readonly onSlide: (from: number, to: number, part: number) => void;
  readonly onPlaying: (isPlaying: boolean) => void;
}

/** Milliseconds for a step: slow enough to read where there are few, quick where there are many. */
function stepTime(steps: number): number {
  return Math.min(Math.max(24_000 / Math.max(steps, 1), 60), 900);
}

export function createTransport({ onStep, onSlide, onPlaying }: TransportEvents): Transport {
  let [step, steps] = [0, 1];
  let timer: { readonly frame: number } | undefined;
  const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  const play = button('▶', () => (timer === undefined ? start() : stop()), {
    class: 'play',
    'aria-label': 'Play',
    title: 'Play or pause (space)',
  });
  const scrubber = element('input', { type: 'range', min: 0, max: 0, value: 0, class: 'scrubber', 'aria-label': 'Step' });
  const words = element('span', { class: 'step-words', 'data-step': true });
  const go = (to: number) => {
    stop();
    move(to);
  };
  const root = element(
    'div',
    { class: 'transport', role: 'group', 'aria-label': 'Steps' },
    button('|◀', () => go(0), { 'aria-label': 'First step', title: 'First step (Home)' }),
    button('◀', () => go(step - 1), { 'aria-label': 'Step back', title: 'Step back (left arrow)' }),
    play,
    button('▶', () => go(step + 1), { 'aria-label': 'Step on', title: 'Step on (right arrow)' }),
    button('▶|', () => go(steps - 1), { 'aria-label': 'Last step', title: 'Last step (End)' }),
    scrubber,
    words,
  );
  scrubber.addEventListener('input', () => go(Number(scrubber.value)));

  function move(to: number): void {
    step = Math.min(Math.max(to, 0), steps - 1);
    onStep(step, timer !== undefined);
  }

  function start(): void {
    if (steps < 2) return;
    play.textContent = '❙❙';
    play.setAttribute('aria-label', 'Pause');
    let from = step >= steps - 1 ? -1 : step;
    let since = performance.now();
    const tick = (now: number) => {
      const time = stepTime(steps);
      const part = (now - since) / time;
      if (part >= 1) {
        // Of a tab that was hidden only the last step is shown.
        from = Math.min(from + Math.floor(part), steps - 1);
        since = now;
        move(from);
        if (from >= steps - 1) {
          stop();
          return;
        }
      } else if (!reduced.matches && time > 150 && from >= 0 && part > 0.6) {
        onSlide(from, from + 1, ease((part - 0.6) / 0.4));
      }
      if (timer !== undefined) timer = { frame: requestAnimationFrame(tick) };
    };
    timer = { frame: requestAnimationFrame(tick) };
    onPlaying(true);
    if (from < 0) {
      from = 0;
      move(0);
    }
  }

  function stop(): void {
    if (timer === undefined) return;
    cancelAnimationFrame(timer.frame);
    timer = undefined;
    play.textContent = '▶ play';
    play.setAttribute('aria-label', 'Play');
    onPlaying(false);
  }

  window.addEventListener('keydown', (event) => {
    const target = event.target;
    if (target instanceof HTMLElement && target.closest('input, select, button, [role=grid], textarea') !== null && target !== scrubber)
      return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowRight') go(step + 1);
    else if (event.key === 'ArrowLeft') go(step - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(steps - 1);
    else if (event.key === ' ') play.click();
    else return;
    event.preventDefault();
  });

  return {
    root,
    set(nextStep, nextSteps, text) {
      [step, steps] = [nextStep, nextSteps];
      scrubber.max = String(Math.max(steps - 1, 0));
      scrubber.value = String(step);
      scrubber.setAttribute('aria-valuetext', text);
      words.textContent = text;
    },
    isPlaying: () => timer !== undefined,
    stop,
  };
}

function ease(part: number): number {
  return part < 0.5 ? 2 * part * part : 1 - Math.pow(2 - 2 * part, 2) / 2;
}
