// What stands between the choices and the stage: why nothing can be shown, what went wrong, and how far a run is.
import type { Obstacle } from '../../../../server/src/protocol/preview.ts';
import { element, iconButton, replace } from './dom.ts';

/** Hidden where nothing is in the way. */
export function showObstacle(host: HTMLElement, obstacle: Obstacle | null): void {
  host.hidden = obstacle === null;
  if (obstacle === null) return;
  replace(host, element('p', { class: 'calm-message' }, obstacle.message), element('p', { class: 'muted' }, obstacle.advice));
}

export function showNotice(host: HTMLElement, message: string): void {
  host.hidden = false;
  replace(
    host,
    element('span', {}, message),
    iconButton('close', 'Close', () => (host.hidden = true), { class: 'quiet' }),
  );
}

/** From 0 to 1; undefined where nothing is worked out. */
export function showProgress(host: HTMLElement, fraction: number | undefined): void {
  host.hidden = fraction === undefined;
  if (fraction === undefined) return;
  host.setAttribute('aria-valuenow', String(Math.round(fraction * 100)));
  const bar = host.firstElementChild;
  if (bar instanceof HTMLElement) bar.style.width = `${Math.max(fraction * 100, 4)}%`;
}
