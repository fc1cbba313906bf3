// The colours of what is drawn on canvas, and the scale that shows signed numbers.

export type Rgb = readonly [number, number, number];

export interface Theme {
  readonly kind: 'light' | 'dark' | 'contrast';
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly muted: Rgb;
  readonly border: Rgb;
  /** What is looked at now. */
  readonly focus: Rgb;
  readonly positive: Rgb;
  readonly negative: Rgb;
  readonly font: string;
}

/** The colours that we choose ourselves, for the background and the text of the editor. */
export function themeOn(background: Rgb, foreground: Rgb, isContrast: boolean): Omit<Theme, 'border' | 'font'> {
  const isDark = contrast(background, WHITE) > contrast(background, BLACK);
  return {
    kind: isContrast ? 'contrast' : isDark ? 'dark' : 'light',
    background,
    foreground,
    muted: isContrast ? foreground : mix(background, foreground, 0.7),
    focus: isDark ? [255, 196, 61] : [184, 104, 0],
    positive: isDark ? [240, 108, 84] : [214, 74, 50],
    negative: isDark ? [66, 150, 240] : [36, 113, 205],
  };
}

/** From the negative colour over the background to the positive one; `share` from -1 to 1. */
export function scaleColour({ background, positive, negative }: Theme, share: number): Rgb {
  if (Number.isNaN(share)) return background;
  const strength = Math.min(Math.abs(share), 1);
  // Small numbers are told from 0 more easily than by a straight line.
  return mix(background, share < 0 ? negative : positive, 0.06 + 0.86 * Math.pow(strength, 0.8));
}

/** The whole scale, for a legend. */
export function scaleBackground(theme: Theme): string {
  return `linear-gradient(to right, ${[-1, -0.5, -0.15, 0, 0.15, 0.5, 1].map((share) => css(scaleColour(theme, share))).join(', ')})`;
}

export function mix(from: Rgb, to: Rgb, part: number): Rgb {
  const channel = (a: number, b: number) => Math.round(a * (1 - part) + b * part);
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return alpha === 1 ? `rgb(${red} ${green} ${blue})` : `rgb(${red} ${green} ${blue} / ${alpha})`;
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Black or white, whichever is read more easily. */
export function inkOn(colour: Rgb): Rgb {
  return contrast(BLACK, colour) >= contrast(WHITE, colour) ? BLACK : WHITE;
}

/** The contrast ratio of WCAG 2, from 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Relative luminance, from 0 to 1. */
function luminance(colour: Rgb): number {
  const linear = (part: number) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = colour;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
