// The sections that are layers: one line for each name.
import { batchnorm, connected, convolutional, deconvolutional, local } from './convolution.ts';
import { detection, head, instances, region } from './heads.ts';
import { alternate, implicit, withImplicit } from './implicit.ts';
import { route, scaled, shortcut } from './joins.ts';
import { activation, avgpool, crop, dropout, flat, localAvgpool, maxpool, reorg, same, softmax, upsample } from './plain.ts';
import type { LayerReader, Lowered } from './reader.ts';
import { convLstm, crnn, gated, history, rnn } from './recurrent.ts';

type LayerKind = (reader: LayerReader) => Lowered;

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
  ['detection', detection],
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
  ['conv_lstm', convLstm],
  ['history', history],
  ['implicit', implicit],
  ['implicit_add', implicit],
  ['implicit_mul', implicit],
  ['shift_channels', withImplicit('Add')],
  ['control_channels', withImplicit('Mul')],
  ['alternate_channels', alternate],
  ['iseg', instances],
]);

/** Sections whose output is a result of the network, wherever they stand. */
export const HEADS: ReadonlySet<string> = new Set(['yolo', 'Gaussian_yolo', 'region', 'iseg', 'detection', 'cost', 'contrastive']);
