// The options of every section, as parser.c of AlexeyAB's Darknet and of pjreddie's read them: whole numbers, other numbers, lists, words.
import type { Dialect } from './parse.ts';

export type OptionKind = 'integer' | 'number' | 'integers' | 'numbers' | 'text';

/** `both` programs read it, or only one of them does. */
interface OptionUse {
  readonly kind: OptionKind;
  readonly dialect: Dialect | 'both';
}

type Words = Partial<Record<OptionKind, string>>;
type SectionOptions = Partial<Record<Dialect | 'both', Words>>;

const BOXES: Words = { integer: 'classes num max', number: 'jitter ignore_thresh truth_thresh random', numbers: 'anchors', text: 'map' };
const ALEXEY_BOXES: Words = {
  integer: 'objectness_smooth show_details new_coords focal_loss embedding_layer track_history_size dets_for_track dets_for_show',
  number:
    'max_delta label_smooth_eps scale_x_y iou_normalizer obj_normalizer cls_normalizer delta_normalizer beta_nms resize iou_thresh sim_thresh track_ciou_norm',
  integers: 'counters_per_class',
  text: 'iou_loss iou_thresh_kind nms_kind',
};

/** What every layer reads. */
const EVERYWHERE: SectionOptions = {
  both: { integer: 'onlyforward stopbackward dontload dontloadscales', number: 'learning_rate' },
  AlexeyAB: { integer: 'dont_update burnin_update train_only_bn', number: 'clip' },
  pjreddie: { integer: 'truth dontsave numload', number: 'smooth' },
};

const SECTIONS: Readonly<Record<string, SectionOptions>> = {
  net: {
    both: {
      integer:
        'batch subdivisions time_steps height width channels inputs max_crop min_crop adam burn_in max_batches step random center notruth',
      number: 'learning_rate momentum decay angle aspect saturation exposure hue power scale gamma B1 B2 eps min_ratio max_ratio clip',
      integers: 'steps',
      numbers: 'scales',
      text: 'policy',
    },
    AlexeyAB: {
      integer:
        'sgdr_cycle sgdr_mult track augment_speed sequential_subdivisions try_fix_nan weights_reject_freq equidistant_point use_cuda_graph dynamic_minibatch optimized_memory flip blur gaussian_noise mixup cutmix mosaic letter_box mosaic_bound contrastive contrastive_jit_flip contrastive_color unsupervised attention show_receptive_field max_epochs',
      number:
        'learning_rate_min badlabels_rejection_percentage num_sigmas_reject_badlabels ema_alpha loss_scale workspace_size_limit_MB label_smooth_eps resize_step adversarial_lr max_chart_loss',
      numbers: 'seq_scales',
    },
  },
  convolutional: {
    both: { integer: 'filters size stride pad padding groups batch_normalize binary xnor flipped', number: 'dot', text: 'activation' },
    AlexeyAB: {
      integer:
        'stride_x stride_y dilation antialiasing share_index cbn bin_output sway rotate stretch stretch_sway grad_centr coordconv stream wait_stream assisted_excitation',
      number: 'angle reverse',
    },
  },
  deconvolutional: { pjreddie: { integer: 'filters size stride pad padding batch_normalize', text: 'activation' } },
  local: { both: { integer: 'filters size stride pad', text: 'activation' } },
  connected: { both: { integer: 'output batch_normalize', text: 'activation' } },
  maxpool: {
    both: { integer: 'size stride padding' },
    AlexeyAB: { integer: 'stride_x stride_y maxpool_depth out_channels antialiasing maxpool_zero_nonmax' },
  },
  local_avgpool: { AlexeyAB: { integer: 'size stride stride_x stride_y padding' } },
  avgpool: {},
  route: { both: { integers: 'layers' }, AlexeyAB: { integer: 'groups group_id stream wait_stream' } },
  shortcut: {
    both: { integers: 'from', text: 'activation' },
    AlexeyAB: { text: 'weights_type weights_normalization' },
    pjreddie: { number: 'alpha beta' },
  },
  scale_channels: { AlexeyAB: { integers: 'from', integer: 'scale_wh', text: 'activation' } },
  sam: { AlexeyAB: { integers: 'from', text: 'activation' } },
  upsample: { both: { integer: 'stride', number: 'scale' } },
  reorg: { both: { integer: 'stride reverse' }, pjreddie: { integer: 'flatten extra' } },
  reorg3d: { AlexeyAB: { integer: 'stride reverse' } },
  crop: { both: { integer: 'crop_height crop_width flip noadjust', number: 'angle saturation exposure shift' } },
  dropout: { both: { number: 'probability' }, AlexeyAB: { integer: 'dropblock', number: 'dropblock_size_rel dropblock_size_abs' } },
  softmax: { both: { integer: 'groups spatial noloss', number: 'temperature', text: 'tree' } },
  cost: { both: { number: 'scale ratio', text: 'type' }, pjreddie: { number: 'noobj thresh' } },
  detection: {
    both: {
      integer: 'coords classes rescore num side softmax sqrt max forced reorg',
      number: 'coord_scale object_scale noobject_scale class_scale jitter resize random',
    },
  },
  contrastive: {
    AlexeyAB: { integer: 'classes yolo_layer contrastive_neg_max', number: 'temperature cls_normalizer max_delta' },
  },
  yolo: { both: { ...BOXES, integers: 'mask' }, AlexeyAB: ALEXEY_BOXES },
  Gaussian_yolo: {
    AlexeyAB: {
      ...ALEXEY_BOXES,
      integer: `${BOXES.integer ?? ''} ${ALEXEY_BOXES.integer ?? ''}`,
      number: `${BOXES.number ?? ''} uc_normalizer ${ALEXEY_BOXES.number ?? ''}`,
      integers: 'mask counters_per_class',
      numbers: 'anchors',
      text: `map yolo_point ${ALEXEY_BOXES.text ?? ''}`,
    },
  },
  region: {
    both: {
      integer: 'coords classes num max log sqrt softmax background rescore classfix absolute bias_match',
      number: 'random jitter thresh coord_scale object_scale noobject_scale mask_scale class_scale',
      numbers: 'anchors',
      text: 'tree map',
    },
    AlexeyAB: { integer: 'focal_loss', number: 'resize' },
  },
  iseg: { pjreddie: { integer: 'classes ids' } },
  batchnorm: {},
  normalization: { both: { integer: 'size', number: 'alpha beta kappa' } },
  activation: { both: { text: 'activation' } },
  logistic: { pjreddie: {} },
  l2norm: { pjreddie: {} },
  empty: { AlexeyAB: {} },
  rnn: { both: { integer: 'output batch_normalize shortcut', text: 'activation' }, AlexeyAB: { integer: 'hidden logistic' } },
  gru: { both: { integer: 'output batch_normalize' }, pjreddie: { integer: 'tanh' } },
  lstm: { both: { integer: 'output batch_normalize' } },
  crnn: {
    both: { integer: 'batch_normalize shortcut', text: 'activation' },
    AlexeyAB: { integer: 'output hidden size stride dilation pad padding groups xnor' },
    pjreddie: { integer: 'output_filters hidden_filters' },
  },
  conv_lstm: {
    AlexeyAB: {
      integer: 'output size stride dilation pad padding groups batch_normalize xnor peephole bottleneck state_constrain shortcut',
      number: 'time_normalizer',
      text: 'activation lstm_activation',
    },
  },
  history: { AlexeyAB: { integer: 'history_size' } },
  implicit: { AlexeyAB: { integer: 'filters atoms', number: 'mean std' } },
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  network: 'net',
  conv: 'convolutional',
  deconv: 'deconvolutional',
  conn: 'connected',
  max: 'maxpool',
  avg: 'avgpool',
  local_avg: 'local_avgpool',
  soft: 'softmax',
  lrn: 'normalization',
  silence: 'empty',
};

/** The options of a section; undefined for one whose options are not known. */
export function optionsOf(section: string): ReadonlyMap<string, OptionUse> | undefined {
  return tables.get(OTHER_NAMES[section] ?? section);
}

/** The one program that knows a section; undefined where both do, or none. */
export function dialectOf(section: string): Dialect | undefined {
  const uses = SECTIONS[OTHER_NAMES[section] ?? section] ?? {};
  if ('both' in uses) return undefined;
  return 'pjreddie' in uses ? 'pjreddie' : 'AlexeyAB' in uses ? 'AlexeyAB' : undefined;
}

/** How many sections read an option: one that is read nowhere is misspelt, one that is read elsewhere is misplaced. */
export function isReadAnywhere(option: string): boolean {
  return [...tables.values()].some((table) => table.has(option));
}

const KINDS = ['integer', 'number', 'integers', 'numbers', 'text'] as const;
const DIALECTS = ['both', 'AlexeyAB', 'pjreddie'] as const;

function tableOf(section: string, uses: SectionOptions): ReadonlyMap<string, OptionUse> {
  const all = section === 'net' ? [uses] : [EVERYWHERE, uses];
  return new Map(
    all.flatMap((words) =>
      DIALECTS.flatMap((dialect) =>
        KINDS.flatMap((kind) =>
          (words[dialect]?.[kind] ?? '')
            .split(' ')
            .filter(Boolean)
            .map((name) => [name, { kind, dialect }] as const),
        ),
      ),
    ),
  );
}

const tables: ReadonlyMap<string, ReadonlyMap<string, OptionUse>> = new Map(
  Object.entries(SECTIONS).map(([section, uses]) => [section, tableOf(section, uses)]),
);

/** Options that take one of some words, and the word with which Darknet goes on for any other. */
export const WORDS: Readonly<Record<string, { readonly words: readonly string[]; readonly otherwise: string }>> = {
  policy: { words: 'random poly constant step exp sigmoid steps sgdr'.split(' '), otherwise: 'constant' },
  type: { words: 'sse seg masked smooth L1 wgan'.split(' '), otherwise: 'sse' },
  iou_loss: { words: 'mse iou giou diou ciou'.split(' '), otherwise: 'iou' },
  iou_thresh_kind: { words: 'iou giou diou ciou'.split(' '), otherwise: 'iou' },
  nms_kind: { words: 'default greedynms diounms cornersnms'.split(' '), otherwise: 'default' },
  yolo_point: { words: 'center left_top right_bottom'.split(' '), otherwise: 'center' },
};

/** Options that take one of some words, and for any other Darknet stops. */
export const STRICT_WORDS: Readonly<Record<string, readonly string[]>> = {
  weights_type: ['none', 'per_feature', 'per_layer', 'per_channel'],
  weights_normalization: ['none', 'relu', 'avg_relu', 'softmax'],
};

/** The activations of both programs, and those that AlexeyAB's alone has: for any other name Darknet goes on with relu. */
export const ACTIVATIONS: ReadonlyMap<string, Dialect | 'both'> = new Map([
  ...'logistic loggy relu elu selu relie plse hardtan lhtan linear ramp leaky tanh stair'.split(' ').map((name) => [name, 'both'] as const),
  ...'swish mish hard_mish relu6 gelu normalize_channels normalize_channels_softmax normalize_channels_softmax_maxval revleaky'
    .split(' ')
    .map((name) => [name, 'AlexeyAB'] as const),
]);
