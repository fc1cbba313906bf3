// The colours of the editor's theme, read from the page.
import { inkOn, mix, themeOn, type Rgb, type Theme } from './colours.ts';

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
  const foreground = colour('--vscode-editor-foreground', inkOn(background));
  const border = isContrast ? colour('--vscode-contrastBorder', foreground) : mix(background, foreground, 0.2);
  const font = style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace';
  return { ...themeOn(background, foreground, isContrast), border, font };
}
