// Reads the settings that a client sends: whatever is in them, the result is sound.
import { isLevel, type Level } from '../diagnostics/diagnostic.ts';
import type { ShapelintSettings } from '../protocol/settings.ts';

export interface Settings {
  readonly levels: ReadonlyMap<string, Level>;
  readonly inlayHints: boolean;
}

export const DEFAULT_SETTINGS: Settings = { levels: new Map(), inlayHints: true };

export function readSettings(sent: unknown): Settings {
  if (!isObject(sent)) return DEFAULT_SETTINGS;
  const { rules, inlayHints }: { readonly [Key in keyof ShapelintSettings]?: unknown } = sent;
  const levels = new Map<string, Level>();
  if (isObject(rules)) {
    for (const [code, level] of Object.entries(rules)) if (isLevel(level)) levels.set(code, level);
  }
  const enabled = isObject(inlayHints) ? inlayHints['enabled'] : undefined;
  return { levels, inlayHints: enabled !== false };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
