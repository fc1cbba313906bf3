// The sections that are layers: one line for each name.
import { batchnorm, connected, convolutional, crnn, deconvolutional, local } from './convolution.ts';
import { head, region } from './heads.ts';
import { route, scaled, shortcut } from './joins.ts';
import { activation, avgpool, crop, dropout, flat, gated, localAvgpool, maxpool, reorg, rnn, same, softmax, upsample } from './plain.ts';
import type { LayerReader, Lowered } from './reader.ts';

/** Undefined for a kind whose sizes are not known. */
export type LayerKind = ((reader: LayerReader) => Lowered) | undefined;

export const layerKinds: ReadonlyMap<string, LayerKind> = new Map<string, LayerKind>([
  ['convolutional', convolutional],
  ['conv', convolutional],
  ['deconvolutional', deconvolutional],
  ['deconv', deconvolutional],
  ['connected', connected],
  ['conn', connected],
  ['maxpool', maxpool],
  ['max', maxpool],
  ['local_avgpool', localAvgpool],
  ['local_avg', localAvgpool],
  ['avgpool', avgpool],
  ['avg', avgpool],
  ['route', route],
  ['shortcut', shortcut],
  ['scale_channels', scaled],
  ['sam', scaled],
  ['upsample', upsample],
  ['reorg', reorg],
  ['reorg3d', reorg],
  ['crop', crop],
  ['dropout', dropout],
  ['softmax', softmax],
  ['soft', softmax],
  ['cost', flat],
  ['detection', flat],
  ['contrastive', flat],
  ['yolo', head(5)],
  ['Gaussian_yolo', head(9)],
  ['region', region],
  ['batchnorm', batchnorm],
  ['normalization', same],
  ['lrn', same],
  ['activation', activation],
  ['logistic', same],
  ['l2norm', same],
  ['empty', same],
  ['silence', same],
  ['rnn', rnn],
  ['gru', gated(3)],
  ['lstm', gated(4)],
  ['local', local],
  ['crnn', crnn],
  ['conv_lstm', undefined],
  ['history', undefined],
  ['implicit', undefined],
  ['iseg', undefined],
]);

/** Sections whose output is a result of the network, wherever they stand. */
export const HEADS: ReadonlySet<string> = new Set(['yolo', 'Gaussian_yolo', 'region', 'detection', 'cost', 'contrastive']);
