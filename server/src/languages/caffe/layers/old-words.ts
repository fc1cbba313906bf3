// The words of the old formats for types: those of V1, such as INNER_PRODUCT, and those of V0, such as innerproduct.

/** Where they are not the new word in capitals with lines between its parts. */
const V1_WORDS: Readonly<Record<string, string>> = {
  RELU: 'ReLU',
  PRELU: 'PReLU',
  TANH: 'TanH',
  LRN: 'LRN',
  MVN: 'MVN',
  BNLL: 'BNLL',
  ABSVAL: 'AbsVal',
  ARGMAX: 'ArgMax',
  INNER_PRODUCT: 'InnerProduct',
  IM2COL: 'Im2col',
  HDF5_DATA: 'HDF5Data',
  HDF5_OUTPUT: 'HDF5Output',
  SOFTMAX_LOSS: 'SoftmaxWithLoss',
};

const V0_WORDS: Readonly<Record<string, string>> = {
  bnll: 'BNLL',
  conv: 'Convolution',
  euclidean_loss: 'EuclideanLoss',
  hdf5_data: 'HDF5Data',
  hdf5_output: 'HDF5Output',
  im2col: 'Im2col',
  images: 'ImageData',
  infogain_loss: 'InfogainLoss',
  innerproduct: 'InnerProduct',
  lrn: 'LRN',
  multinomial_logistic_loss: 'MultinomialLogisticLoss',
  pool: 'Pooling',
  relu: 'ReLU',
  softmax_loss: 'SoftmaxWithLoss',
  tanh: 'TanH',
};

/** `SOFTMAX_LOSS` is `SoftmaxWithLoss`, `CONVOLUTION` is `Convolution`. */
export function typeOfOldWord(word: string): string {
  return V1_WORDS[word] ?? inWords(word);
}

/** `innerproduct` is `InnerProduct`, `dropout` is `Dropout`. */
export function typeOfOldestWord(word: string): string {
  return V0_WORDS[word] ?? inWords(word);
}

function inWords(word: string): string {
  return word
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join('');
}
