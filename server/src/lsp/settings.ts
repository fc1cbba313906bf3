// Reads the settings that a client sends: whatever is in them, the result is sound.
import { isLevel, type Level } from '../diagnostics/diagnostic.ts';
import type { ShapelintSettings } from '../protocol/settings.ts';

export interface Settings {
  readonly levels: ReadonlyMap<string, Level>;
  readonly inlayHints: boolean;
  /** Files and folders with modules of YOLO models, absolute or from the root of the workspace. */
  readonly modules: readonly string[];
}

export const DEFAULT_SETTINGS: Settings = { levels: new Map(), inlayHints: true, modules: [] };

export function readSettings(sent: unknown): Settings {
  if (!isObject(sent)) return DEFAULT_SETTINGS;
  const { rules, inlayHints, yolo }: { readonly [Key in keyof ShapelintSettings]?: unknown } = sent;
  const levels = new Map<string, Level>();
  if (isObject(rules)) {
    for (const [code, level] of Object.entries(rules)) if (isLevel(level)) levels.set(code, level);
  }
  const enabled = isObject(inlayHints) ? inlayHints['enabled'] : undefined;
  const modules: unknown = isObject(yolo) ? yolo['modules'] : undefined;
  const named = Array.isArray(modules) ? modules.filter((path) => typeof path === 'string' && path.trim() !== '') : [];
  return { levels, inlayHints: enabled !== false, modules: named };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
