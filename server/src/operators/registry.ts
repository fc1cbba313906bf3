// The operators: one line for each file of this room. A name that is not here is an unknown operator.
import { activations } from './activations.ts';
import { adaptivePools } from './adaptive-pooling.ts';
import { attentions } from './attention.ts';
import { axisActivations } from './axis-activations.ts';
import { axisOrders } from './axis-order.ts';
import { batchNorms } from './batch-norm.ts';
import { caffeGeometries } from './caffe-geometry.ts';
import { cat } from './cat.ts';
import { centerCrop } from './center-crop.ts';
import { convolutions } from './convolution.ts';
import { detections } from './detection.ts';
import { dropouts } from './dropout.ts';
import { elementwiseJoins } from './elementwise-joins.ts';
import { embedding } from './embedding.ts';
import { expansions } from './expand.ts';
import { flatten } from './flatten.ts';
import { groupNorms } from './group-norm.ts';
import { identity } from './identity.ts';
import { layerNorms } from './layer-norm.ts';
import { linears } from './linear.ts';
import { losses } from './losses.ts';
import { locallyConnected } from './locally-connected.ts';
import { matrixProducts } from './matrix-product.ts';
import { meanVarianceNorm, normalize } from './mean-variance-norm.ts';
import type { Operator } from './operator.ts';
import { paddings } from './pad.ts';
import { constants } from './parameter.ts';
import { channelShuffle, pixelShuffle, pixelUnshuffle } from './pixel-shuffle.ts';
import { pools } from './pooling.ts';
import { priorBox } from './prior-box.ts';
import { recurrents } from './recurrent.ts';
import { reductions } from './reduce.ts';
import { reshapes } from './reshape.ts';
import { resizes } from './resize.ts';
import { scaleShifts } from './scale-shift.ts';
import { slices } from './slice.ts';
import { splits } from './split.ts';
import { stack } from './stack.ts';
import { tensorSplit } from './tensor-split.ts';
import { trailingReduction } from './trailing-reduction.ts';
import { transposedConvolutions } from './transposed-convolution.ts';
import { unaries } from './unary.ts';
import { fold, unfold } from './unfold.ts';

const declarations: readonly Operator[] = [
  ...convolutions,
  ...transposedConvolutions,
  ...pools,
  ...adaptivePools,
  ...paddings,
  ...resizes,
  ...elementwiseJoins,
  ...linears,
  ...batchNorms,
  ...groupNorms,
  ...layerNorms,
  ...activations,
  ...axisActivations,
  ...dropouts,
  ...unaries,
  ...reshapes,
  ...axisOrders,
  ...expansions,
  ...splits,
  ...slices,
  ...reductions,
  ...matrixProducts,
  ...recurrents,
  ...attentions,
  ...scaleShifts,
  ...caffeGeometries,
  ...detections,
  priorBox,
  ...losses,
  meanVarianceNorm,
  normalize,
  trailingReduction,
  ...constants,
  tensorSplit,
  embedding,
  stack,
  cat,
  flatten,
  identity,
  pixelShuffle,
  pixelUnshuffle,
  channelShuffle,
  locallyConnected,
  unfold,
  fold,
  centerCrop,
];

/** All operators by PyTorch's name. */
export const operators: ReadonlyMap<string, Operator> = new Map(declarations.map((operator) => [operator.name, operator]));
