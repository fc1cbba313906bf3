// The settings as the client sends them: an answer to `workspace/configuration` for the section below.

export const settingsSection = 'shapelint';

/** Whatever the user has written: every part may be missing or of another type, and the server falls back to its defaults. */
export interface ShapelintSettings {
  /** A code to `off`, `hint`, `information`, `warning` or `error`. */
  readonly rules?: Readonly<Record<string, string>>;
  readonly inlayHints?: { readonly enabled?: boolean };
  /** Files and folders with modules of YOLO models. */
  readonly yolo?: { readonly modules?: readonly string[] };
}
