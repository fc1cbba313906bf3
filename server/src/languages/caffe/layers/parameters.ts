// Which messages of parameters a layer type reads, the one of its own first; a type that is not here reads none of its own.

const CONVOLUTION = ['convolution_param'];

export const parametersOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['Convolution', CONVOLUTION],
  ['ConvolutionDepthwise', CONVOLUTION],
  ['DepthwiseConvolution', CONVOLUTION],
  ['Deconvolution', CONVOLUTION],
  ['Im2col', CONVOLUTION],
  ['Pooling', ['pooling_param']],
  ['InnerProduct', ['inner_product_param']],
  ['Embed', ['embed_param']],
  ['LRN', ['lrn_param']],
  ['BatchNorm', ['batch_norm_param']],
  ['Scale', ['scale_param']],
  ['Bias', ['bias_param']],
  ['ReLU', ['relu_param']],
  ['PReLU', ['prelu_param']],
  ['ELU', ['elu_param']],
  ['Sigmoid', ['sigmoid_param']],
  ['TanH', ['tanh_param']],
  ['Exp', ['exp_param']],
  ['Log', ['log_param']],
  ['Power', ['power_param']],
  ['Swish', ['swish_param']],
  ['Clip', ['clip_param']],
  ['Threshold', ['threshold_param']],
  ['Dropout', ['dropout_param']],
  ['MVN', ['mvn_param']],
  ['Softmax', ['softmax_param']],
  ['SoftmaxWithLoss', ['softmax_param', 'loss_param']],
  ['SigmoidCrossEntropyLoss', ['loss_param', 'sigmoid_param']],
  ['HingeLoss', ['hinge_loss_param', 'loss_param']],
  ['ContrastiveLoss', ['contrastive_loss_param', 'loss_param']],
  ['Accuracy', ['accuracy_param']],
  ['ArgMax', ['argmax_param']],
  ['Concat', ['concat_param']],
  ['Eltwise', ['eltwise_param']],
  ['Slice', ['slice_param']],
  ['Crop', ['crop_param']],
  ['Reshape', ['reshape_param']],
  ['Flatten', ['flatten_param']],
  ['Permute', ['permute_param']],
  ['Tile', ['tile_param']],
  ['Reduction', ['reduction_param']],
  ['SPP', ['spp_param']],
  ['ShuffleChannel', ['shuffle_channel_param']],
  ['Interp', ['interp_param']],
  ['RNN', ['recurrent_param']],
  ['LSTM', ['recurrent_param']],
  ['PriorBox', ['prior_box_param']],
  ['ROIPooling', ['roi_pooling_param']],
  ['PSROIPooling', ['psroi_pooling_param']],
  ['Input', ['input_param']],
  ['DummyData', ['dummy_data_param']],
  ['Parameter', ['parameter_param']],
]);

/** What layers of any type may have. */
const SHARED = new Set(['transform_param', 'loss_param', 'python_param']);

/** Whether a message of parameters belongs to other types than this one. */
export function isForeign(parameter: string, type: string): boolean {
  const own = parametersOf.get(type);
  return own !== undefined && !SHARED.has(parameter) && !own.includes(parameter);
}
