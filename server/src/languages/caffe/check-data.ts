// What Caffe refuses of how data is prepared: a crop larger than the image, means given in two ways, changes of data that is not changed.
import { fieldsNamed, messageNamed, scalarsNamed, sizeNamed, type Report } from './fields.ts';
import type { LayerField } from './layer-field.ts';
import { removal } from './write-field.ts';

const NOT_CHANGED = new Set(['HDF5Data', 'DummyData', 'Input', 'Parameter']);

export function checkData(text: string, { message, type }: LayerField, report: Report): void {
  const [field] = fieldsNamed(message, 'transform_param');
  if (field === undefined) return;
  const transform = messageNamed(message, 'transform_param');
  if (type.name === 'HDF5Data') {
    const words = `${type.name} does not change its data, so that it cannot have a transform_param.\nCaffe refuses the layer. Scale the values in the file, or put a Power layer behind it.`;
    const ideas = [{ title: 'Remove `transform_param`', edits: [removal(text, field.range)] }];
    report({ code: 'argument-type', reason: 'expression', message: words }, field.nameRange, { ideas });
  }
  if (NOT_CHANGED.has(type.name)) return;
  const [file] = scalarsNamed(transform, 'mean_file');
  const values = scalarsNamed(transform, 'mean_value');
  const [value] = values;
  if (file !== undefined && value !== undefined) {
    const words =
      'mean_file and mean_value are given at the same time.\nBoth are taken away from each image, and Caffe wants only one of them.';
    const ideas = [
      { title: 'Remove `mean_file`', edits: [removal(text, file.place)] },
      { title: 'Remove `mean_value`', edits: values.map(({ place }) => removal(text, place)) },
    ];
    report({ code: 'argument-type', reason: 'expression', message: words }, value.place, { ideas });
  }
  const crop = sizeNamed(transform, 'crop_size', () => undefined);
  const own = messageNamed(message, type.name === 'ImageData' ? 'image_data_param' : '');
  const given = ['new_height', 'new_width'].map((name) => sizeNamed(own, name, () => undefined));
  const least = Math.min(...given.flatMap((size) => (typeof size?.value === 'number' && size.value > 0 ? size.value : [])));
  if (typeof crop?.value !== 'number' || crop.value <= least) return;
  const words = `crop_size is ${crop.value}, but the smaller side of the images is brought to ${least}.\nCaffe cuts the square out of the image, and refuses one that is larger.`;
  const ideas = [{ title: `Change crop_size to ${least}`, edits: [{ range: crop.range, newText: String(least) }] }];
  report({ code: 'argument-range', reason: 'expression', message: words }, crop.range, { ideas });
}
