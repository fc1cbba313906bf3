// Sections that are learnt and read nothing: AlexeyAB's [implicit], and YOLOR's with the sections that take them.
import { symbol } from '../../../dims/size.ts';
import { activate, only } from './convolution.ts';
import type { LayerReader, Lowered } from './reader.ts';

/** A learnt number for each channel, or for each of its `atoms`, the same for every image. */
export function implicit(reader: LayerReader): Lowered {
  const [filters, atoms] = [reader.integer('filters', 128), reader.integer('atoms', 1)];
  const learnt = reader.apply('Parameter', { size: [[1, filters, atoms, 1], 'filters'] }, []);
  return only(reader.apply('Expand', { sizes: [[symbol('N'), filters, atoms, 1]] }, [learnt]));
}

/** Another layer's channels, added to those of the layer before or multiplied with them. */
export function withImplicit(operator: 'Add' | 'Mul'): (reader: LayerReader) => Lowered {
  return (reader) => {
    const found = reader.references('from').slice(0, 1);
    const inputs = [...found.map(({ tensor }) => tensor), reader.input];
    return only(
      activate(reader, reader.apply(operator, {}, inputs, [...found.map(({ range }) => range), reader.section.headerRange]), 'linear'),
    );
  };
}

/** Another layer's channels, shown at every cell, before those of the layer before. */
export function alternate(reader: LayerReader): Lowered {
  const [other] = reader.references('from');
  const { shape } = reader.input;
  const sizes = shape?.map((size, axis) => (axis === 1 ? -1 : (size ?? { kind: 'unknown' as const })));
  if (other === undefined || sizes === undefined) return only({ ...reader.input, shape: undefined });
  return only(reader.apply('Cat', { dim: [1] }, [reader.apply('Expand', { sizes: [sizes] }, [other.tensor]), reader.input]));
}
