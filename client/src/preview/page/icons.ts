// The icons of the page's buttons: lines in the colour of the text, 16 units wide.

const PATHS = {
  first: 'M4 3.5v9M12.5 3.5 6.5 8l6 4.5z',
  back: 'M10.5 3.5 4.5 8l6 4.5z',
  play: 'M5 3 13 8l-8 5z',
  pause: 'M5 3.5v9M11 3.5v9',
  on: 'M5.5 3.5l6 4.5-6 4.5z',
  last: 'M12 3.5v9M3.5 3.5l6 4.5-6 4.5z',
  pin: 'M6 2.5h4M6.6 2.5v4L4.5 9.2h7L9.4 6.5v-4M8 9.5v4',
  again: 'M12.8 8a4.8 4.8 0 1 1-1.5-3.5M11.5 2v2.7H8.8',
  close: 'M4 4l8 8M12 4l-8 8',
  previous: 'M9.5 4 5.5 8l4 4',
  next: 'M6.5 4l4 4-4 4',
  arrow: 'M2.5 8h11M9.5 4l4 4-4 4',
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

/** Without words: what carries it has the label. */
export function icon(name: IconName): SVGSVGElement {
  const made = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  made.setAttribute('viewBox', '0 0 16 16');
  made.setAttribute('class', `icon icon-${name}`);
  made.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', PATHS[name]);
  made.append(path);
  return made;
}
