// The sliders that try other arguments.
import type { ArgumentChange, ArgumentControl, LayerDescription } from '../../../../server/src/protocol/preview.ts';
import { button, element, replace, setSlider, slider } from './dom.ts';
import { showTrial, type TrialEvents } from './trial-result.ts';

export interface SliderEvents extends TrialEvents {
  readonly onChange: (changes: readonly ArgumentChange[]) => void;
}

export interface Sliders {
  readonly show: (layer: LayerDescription, changes: readonly ArgumentChange[]) => void;
}

export function createSliders(host: HTMLElement, result: HTMLElement, events: SliderEvents): Sliders {
  let rows = '';
  let current: readonly ArgumentChange[] = [];
  const split = new Set<string>();
  const inputs = new Map<
    string,
    { readonly inputs: readonly HTMLInputElement[]; readonly shown: readonly HTMLElement[]; readonly band: readonly HTMLElement[] }
  >();

  function change(control: ArgumentControl): void {
    const values = (inputs.get(control.name)?.inputs ?? []).map((input) => Number(input.value));
    const all = values.length === 1 ? control.values.map(() => values[0] ?? 0) : values;
    const isSame = all.every((value) => value === all[0]);
    const value = isSame ? String(all[0] ?? 0) : `(${all.join(', ')})`;
    events.onChange([...current.filter(({ name }) => name !== control.name), { name: control.name, value }]);
  }

  function build(layer: LayerDescription): void {
    inputs.clear();
    replace(host, ...layer.controls.map((control) => row(layer, control)));
  }

  function row(layer: LayerDescription, control: ArgumentControl): HTMLElement {
    const isSplit = isSplitControl(control);
    const names = isSplit ? control.axes : [control.axes.join(' and ')];
    const note = noteOf(control);
    const noteId = note === null ? undefined : `about-${control.name}`;
    const made = names.map((axis, at) => {
      const shown = element('output', { class: 'slider-value' });
      const band = element('span', { class: 'legal', 'aria-hidden': 'true' });
      const { name, minimum: min, maximum: max } = control;
      const attributes = { min, max, step: 1, value: control.values[at] ?? 0, 'aria-label': `${name}, ${axis}`, 'data-argument': name };
      const input = slider({ ...attributes, disabled: control.fixed !== null, 'aria-describedby': noteId }, (value) => {
        shown.textContent = String(value);
        change(control);
      });
      return { input, shown, band, axis };
    });
    inputs.set(control.name, {
      inputs: made.map(({ input }) => input),
      shown: made.map(({ shown }) => shown),
      band: made.map(({ band }) => band),
    });
    const link =
      control.axes.length < 2
        ? null
        : button(
            isSplit ? '≠' : '=',
            () => {
              if (split.has(control.name)) split.delete(control.name);
              else split.add(control.name);
              rows = '';
              show(layer, current);
            },
            {
              class: 'link',
              'aria-pressed': String(!isSplit),
              title: isSplit ? 'One value for all axes' : 'A value for each axis',
              'aria-label': `${control.name}: one value for all axes`,
            },
          );
    return element(
      'div',
      { class: 'slider-row', title: control.doc },
      element('span', { class: 'slider-name' }, control.name),
      element(
        'span',
        { class: 'slider-tracks' },
        ...made.map(({ input, shown, band, axis }) =>
          element(
            'span',
            { class: 'slider-track' },
            isSplit ? element('span', { class: 'slider-axis' }, axis) : null,
            element('span', { class: 'slider-input' }, band, input),
            shown,
          ),
        ),
      ),
      link,
      note === null ? null : element('span', { class: 'note muted', id: noteId }, note),
    );
  }

  function isSplitControl({ name, values }: ArgumentControl): boolean {
    return values.length > 1 && (split.has(name) || values.some((value) => value !== values[0]));
  }

  function show(layer: LayerDescription, changes: readonly ArgumentChange[]): void {
    current = changes;
    const { line, character } = layer.place.position;
    const next = `${line} ${character} ${layer.operator} ${layer.controls.map((control) => `${control.name} ${isSplitControl(control)} ${noteOf(control) ?? ''}`).join()}`;
    if (next !== rows) {
      rows = next;
      build(layer);
    }
    for (const control of layer.controls) {
      const row = inputs.get(control.name);
      row?.inputs.forEach((input, at) => {
        // A slider under the hand keeps its span: it would run away from the pointer.
        if (document.activeElement !== input) setSlider(input, control.minimum, control.maximum, control.values[at] ?? 0);
        const legal = control.legal?.[at];
        const band = row.band[at];
        if (band !== undefined) placeBand(band, input, legal);
        const shown = row.shown[at];
        if (shown !== undefined) {
          shown.textContent = String(control.values[at] ?? 0);
          shown.title = control.written === null ? 'not written: the default' : `written: ${control.written}`;
        }
      });
    }
    showTrial(result, layer, changes, events);
  }

  return { show };
}

/** Why a slider does not move, or what stands in the text where that is no plain number. */
function noteOf({ fixed, written }: ArgumentControl): string | null {
  if (fixed !== null) return fixed;
  return written === null || /^[\d(), [\]]+$/.test(written) ? null : `written as ${written}`;
}

/** The part of the track that is legal, with all other arguments as they are. */
function placeBand(band: HTMLElement, input: HTMLInputElement, legal: readonly [number, number] | undefined): void {
  const [least, most] = [Number(input.min), Number(input.max)];
  band.hidden = legal === undefined || most <= least;
  if (legal === undefined) return;
  const part = (value: number) => (Math.min(Math.max(value, least), most) - least) / Math.max(most - least, 1);
  band.style.left = `calc(8px + (100% - 16px) * ${part(legal[0])})`;
  band.style.right = `calc(8px + (100% - 16px) * ${1 - part(legal[1])})`;
  band.title = `legal here: ${legal[0]} to ${legal[1]}`;
}
