// Playing through the steps: buttons, a scrubber, and the clock behind them.
import { element, iconButton, setSlider, slider } from './dom.ts';
import { icon } from './icons.ts';

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
  const play = iconButton('play', 'Play', () => (timer === undefined ? start() : stop()), {
    class: 'play',
    title: 'Play or pause (space)',
  });
  const scrubber = slider({ min: 0, max: 0, value: 0, class: 'scrubber', 'aria-label': 'Step' }, (value) => go(value));
  const words = element('span', { class: 'step-words', 'data-step': true });
  const go = (to: number) => {
    stop();
    move(to);
  };
  const root = element(
    'div',
    { class: 'transport', role: 'group', 'aria-label': 'Steps' },
    iconButton('first', 'First step', () => go(0), { class: 'quiet', title: 'First step (Home)' }),
    iconButton('back', 'Step back', () => go(step - 1), { class: 'quiet', title: 'Step back (left arrow)' }),
    play,
    iconButton('on', 'Step on', () => go(step + 1), { class: 'quiet', title: 'Step on (right arrow)' }),
    iconButton('last', 'Last step', () => go(steps - 1), { class: 'quiet', title: 'Last step (End)' }),
    scrubber,
    words,
  );

  function showPlay(name: 'play' | 'pause', label: string): void {
    play.replaceChildren(icon(name));
    play.setAttribute('aria-label', label);
  }

  function move(to: number): void {
    step = Math.min(Math.max(to, 0), steps - 1);
    onStep(step, timer !== undefined);
  }

  function start(): void {
    if (steps < 2) return;
    showPlay('pause', 'Pause');
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
    showPlay('play', 'Play');
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
      setSlider(scrubber, 0, Math.max(steps - 1, 0), step);
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
