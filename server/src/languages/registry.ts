// The languages: one line each. The first that claims a file has it.
import { caffe } from './caffe/language.ts';
import { darknet } from './darknet/language.ts';
import { keras } from './keras/language.ts';
import type { Language } from './language.ts';
import { nnYaml } from './nn-yaml/language.ts';
import { nn } from './nn/language.ts';
import { yolo } from './yolo/language.ts';
import { yoloModules } from './yolo/modules-language.ts';

const languages: readonly Language[] = [yoloModules, nn, caffe, yolo, nnYaml, darknet, keras];

/** The language of a file, or undefined where it is none of ours. */
export function languageOf(path: string, text: string): Language | undefined {
  return languages.find((language) => language.claims(path, text));
}
