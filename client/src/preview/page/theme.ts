// The colours of the editor's theme for what is drawn on canvas, and the scale that shows signed numbers.

export type Rgb = readonly [number, number, number];

export interface Theme {
  readonly kind: 'light' | 'dark' | 'contrast';
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly muted: Rgb;
  readonly border: Rgb;
  /** What is looked at now. */
  readonly focus: Rgb;
  readonly kernel: Rgb;
  readonly positive: Rgb;
  readonly negative: Rgb;
  readonly font: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const colour = (name: string, fallback: Rgb): Rgb => {
    const written = style.getPropertyValue(name).trim();
    if (probe === null || written === '') return fallback;
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = written;
    probe.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = probe.getImageData(0, 0, 1, 1).data;
    return alpha === 0 ? fallback : [red, green, blue];
  };
  const classes = document.body.classList;
  const isContrast = classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light');
  const background = colour('--vscode-editor-background', [30, 30, 30]);
  const isDark = luminance(background) < 0.5;
  const foreground = colour('--vscode-editor-foreground', isDark ? [212, 212, 212] : [50, 50, 50]);
  return {
    kind: isContrast ? 'contrast' : isDark ? 'dark' : 'light',
    background,
    foreground,
    muted: isContrast ? foreground : mix(background, foreground, 0.55),
    border: isContrast ? colour('--vscode-contrastBorder', foreground) : mix(background, foreground, isDark ? 0.22 : 0.2),
    focus: isDark ? [255, 196, 61] : [184, 104, 0],
    kernel: isDark ? [197, 134, 232] : [124, 58, 168],
    positive: isDark ? [240, 108, 84] : [214, 74, 50],
    negative: isDark ? [66, 150, 240] : [36, 113, 205],
    font: style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace',
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

/** Black or white, whichever is read more easily. */
export function inkOn(colour: Rgb): Rgb {
  return luminance(colour) > 0.46 ? [16, 16, 16] : [255, 255, 255];
}

function luminance([red, green, blue]: Rgb): number {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
