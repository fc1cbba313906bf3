// An image file as a sample: decoded by the browser, at the size of the network's input.
import { encodeTensor } from './tensor.ts';
import type { EncodedTensor } from '../../../../server/src/protocol/preview.ts';

/** Larger pictures are scaled down as they are decoded. */
const LONGEST_SIDE = 1024;

/** Planes of red, green and blue from 0 to 1; undefined where the file is no image that the browser knows. */
export async function decodeImage(bytes: Uint8Array): Promise<EncodedTensor | undefined> {
  try {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    const scale = Math.min(LONGEST_SIDE / Math.max(bitmap.width, bitmap.height), 1);
    const [width, height] = [Math.max(Math.round(bitmap.width * scale), 1), Math.max(Math.round(bitmap.height * scale), 1)];
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    const pixels = context.getImageData(0, 0, width, height).data;
    const size = width * height;
    const data = new Float32Array(3 * size);
    for (let at = 0; at < size; at++) for (let plane = 0; plane < 3; plane++) data[plane * size + at] = (pixels[4 * at + plane] ?? 0) / 255;
    return encodeTensor({ shape: [3, height, width], data });
  } catch {
    return undefined;
  }
}
