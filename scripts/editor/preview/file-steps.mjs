// Samples and weights from files: an image, an array of NumPy, and tensors by the names of a PyTorch state dict.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { previewPage } from './preview-page.mjs';

/**
 * @param {import('../drive.mjs').Drive} drive
 * @returns {[string, () => Promise<void>][]}
 */
export function fileSteps({ page, folder, until, shoot }) {
  const { preview, reads, goTo, click, chooseFile, after } = previewPage({ page, until });
  const source = (name) => preview.locator(`[data-source=${name}]`);
  const choose = async (name, kind, file) => {
    await after(async () => {
      await source(name).selectOption(kind);
      await chooseFile(path.join(folder, file));
    });
    await preview.locator('.sources', { hasText: file }).waitFor();
  };
  return [
    [
      'an array of NumPy is the input',
      async () => {
        fs.writeFileSync(
          path.join(folder, 'sample.npy'),
          npy([1, 1, 5, 5], (at) => at * 10),
        );
        await goTo('Conv2d(1, 1, 4, padding=2)');
        await choose('sample', 'file', 'sample.npy');
        await reads('input', 2, 3, 10);
        await reads('input', 6, 6, 240);
      },
    ],
    [
      'an image is the input, at the size of the input',
      async () => {
        fs.writeFileSync(
          path.join(folder, 'sample.bmp'),
          bmp(10, 10, (row, column) => (row < 2 && column < 2 ? 255 : 0)),
        );
        await choose('sample', 'image', 'sample.bmp');
        await reads('input', 2, 2, 1);
        await reads('input', 2, 3, 0);
        await shoot('9-image');
      },
    ],
    [
      'weights come from a .safetensors file',
      async () => {
        const values = Float32Array.from({ length: 16 }, (_, at) => at + 1);
        fs.writeFileSync(path.join(folder, 'weights.safetensors'), safetensors('0.weight', [1, 1, 4, 4], values));
        await choose('weights', 'file', 'weights.safetensors');
        await reads('kernel', 0, 0, 1);
        await reads('kernel', 3, 3, 16);
      },
    ],
    [
      'a file that is none is refused in words',
      async () => {
        fs.writeFileSync(path.join(folder, 'broken.npy'), 'not an array');
        await source('sample').selectOption('file');
        await chooseFile(path.join(folder, 'broken.npy'));
        const notice = preview.locator('.notice', { hasText: 'broken.npy could not be read' });
        await notice.waitFor();
        await click(preview.locator('.notice button'), (brief) => notice.waitFor({ ...brief, state: 'hidden' }));
        await after(() => source('sample').selectOption('ramp'));
        await after(() => source('weights').selectOption('ones'));
      },
    ],
  ];
}

function npy(shape, valueAt) {
  const count = shape.reduce((product, size) => product * size, 1);
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const padding = 64 - ((10 + text.length + 1) % 64);
  const header = `${text}${' '.repeat(padding)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  const data = Buffer.from(Float32Array.from({ length: count }, (_, at) => valueAt(at)).buffer);
  return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0]), length, Buffer.from(header), data]);
}

/** A grey picture. */
function bmp(width, height, valueAt) {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  // Rows stand from the bottom up.
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      file.fill(valueAt(row, column), 54 + (height - 1 - row) * stride + column * 3, 54 + (height - 1 - row) * stride + column * 3 + 3);
  return file;
}

function safetensors(name, shape, values) {
  const data = Buffer.from(values.buffer);
  const header = JSON.stringify({ [name]: { dtype: 'F32', shape, data_offsets: [0, data.length] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header), data]);
}
