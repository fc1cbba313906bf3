// The kernels: one line for each file of this room. Every operator has one, but for those that test/reference/registry.test.ts names.
import { activationKernels } from './activations.ts';
import { adaptivePoolKernels } from './adaptive-pooling.ts';
import { attentionKernels } from './attention.ts';
import { axisActivationKernels } from './axis-activations.ts';
import { axisOrderKernels } from './axis-order.ts';
import { batchNormKernels } from './batch-norm.ts';
import { caffeGeometryKernels } from './caffe-geometry.ts';
import { convolutionKernels } from './convolution.ts';
import { elementwiseJoinKernels } from './elementwise-joins.ts';
import { embeddingKernel } from './embedding.ts';
import { expansionKernels } from './expand.ts';
import { groupNormKernels } from './group-norm.ts';
import { identityKernels } from './identity.ts';
import { joinKernels } from './joins.ts';
import type { Kernel } from './kernel.ts';
import { linearKernels } from './linear.ts';
import { locallyConnectedKernel } from './locally-connected.ts';
import { lossKernels } from './losses.ts';
import { matrixProductKernels } from './matrix-product.ts';
import { meanVarianceNormKernel, normalizeKernel } from './mean-variance-norm.ts';
import { paddingKernels } from './pad.ts';
import { constantKernels } from './parameter.ts';
import { partKernels } from './parts.ts';
import { poolKernels } from './pooling.ts';
import { priorBoxKernel } from './prior-box.ts';
import { recurrentKernels } from './recurrent.ts';
import { reductionKernels } from './reduce.ts';
import { regionPoolKernels } from './region-pools.ts';
import { resizeKernels } from './resize.ts';
import { responseNormKernels } from './response-norm.ts';
import { scaleShiftKernels } from './scale-shift.ts';
import { shuffleKernels } from './shuffle.ts';
import { trailingReductionKernel } from './trailing-reduction.ts';
import { transformerEncoderLayerKernel } from './transformer-encoder-layer.ts';
import { transposedConvolutionKernels } from './transposed-convolution.ts';
import { unaryKernels } from './unary.ts';
import { unfoldKernels } from './unfold.ts';

const declarations: readonly Kernel[] = [
  ...convolutionKernels,
  ...transposedConvolutionKernels,
  ...poolKernels,
  ...adaptivePoolKernels,
  ...paddingKernels,
  ...resizeKernels,
  ...elementwiseJoinKernels,
  ...linearKernels,
  ...batchNormKernels,
  ...groupNormKernels,
  ...responseNormKernels,
  ...activationKernels,
  ...axisActivationKernels,
  ...identityKernels,
  ...unaryKernels,
  ...axisOrderKernels,
  ...expansionKernels,
  ...partKernels,
  ...reductionKernels,
  ...matrixProductKernels,
  ...recurrentKernels,
  ...attentionKernels,
  transformerEncoderLayerKernel,
  embeddingKernel,
  meanVarianceNormKernel,
  normalizeKernel,
  trailingReductionKernel,
  ...constantKernels,
  locallyConnectedKernel,
  ...joinKernels,
  ...shuffleKernels,
  ...unfoldKernels,
  ...scaleShiftKernels,
  ...caffeGeometryKernels,
  ...regionPoolKernels,
  ...lossKernels,
  priorBoxKernel,
];

/** All kernels by their operator's name. */
export const kernels: ReadonlyMap<string, Kernel> = new Map(declarations.map((kernel) => [kernel.operator, kernel]));
