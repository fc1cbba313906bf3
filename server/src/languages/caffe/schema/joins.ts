// Parameters of layers that join tensors, take them apart, or give them other axes.
import { flag, integer, integers, message, number, numbers, word, type MessageSchema } from './field.ts';

export const joins: Readonly<Record<string, MessageSchema>> = {
  concat_param: {
    axis: integer('The axis along which the bottoms are put behind each other; 1 is the channels.', 1),
    concat_dim: integer('The older name of axis.', 1),
  },
  eltwise_param: {
    operation: word('What is done cell by cell.', ['PROD', 'SUM', 'MAX'], 'SUM'),
    coeff: numbers('The factor of each bottom, for SUM.'),
    stable_prod_grad: flag('Whether the gradient of a product is computed the stable way.', true),
  },
  slice_param: {
    axis: integer('The axis that is divided; 1 is the channels.', 1),
    slice_point: integers('Where each part but the first begins. Without any the parts are equal.'),
    slice_dim: integer('The older name of axis.', 1),
  },
  crop_param: {
    axis: integer('The first axis that is cut; those before it keep their sizes.', 2),
    offset: integers('How many cells are left out in front: one number for all axes, or one for each.'),
  },
  reshape_param: {
    shape: message('The new sizes: 0 keeps the one that is there, -1 is worked out.', 'shape'),
    axis: integer('The first axis that is changed.', 0),
    num_axes: integer('How many axes are changed; -1 for all from axis on.', -1),
  },
  flatten_param: {
    axis: integer('The first axis of those that become one.', 1),
    end_axis: integer('The last axis of those that become one; -1 is the last.', -1),
  },
  permute_param: { order: integers('Which axis comes at this place.') },
  tile_param: { axis: integer('The axis along which copies are put behind each other.', 1), tiles: integer('How many copies there are.') },
  reduction_param: {
    operation: word('What a number is made by.', ['SUM', 'ASUM', 'SUMSQ', 'MEAN'], 'SUM'),
    axis: integer('The first axis that goes; all behind it go as well.', 0),
    coeff: number('The factor of the result.', 1),
  },
  spp_param: {
    pyramid_height: integer('How many levels there are: of 1, 2 x 2, 4 x 4, ... cells.'),
    pool: word('What each window gives.', ['MAX', 'AVE', 'STOCHASTIC'], 'MAX'),
    engine: word('Which code computes the layer.', ['DEFAULT', 'CAFFE', 'CUDNN', 'MKL2017', 'MKLDNN'], 'DEFAULT'),
  },
  shuffle_channel_param: { group: integer('How many groups of channels are mixed.', 1) },
  interp_param: {
    height: integer('The height that comes out.', 0),
    width: integer('The width that comes out.', 0),
    zoom_factor: integer('n cells become (n - 1) * zoom_factor + 1.', 1),
    shrink_factor: integer('n cells become (n - 1) / shrink_factor + 1.', 1),
    pad_beg: integer('Cells that are cut off in front, as a negative number.', 0),
    pad_end: integer('Cells that are cut off at the end, as a negative number.', 0),
    use_blob_size: flag('Whether the sizes are those of a second bottom.', false),
  },
  upsample_param: {
    scale: number('The factor of height and width.', 2),
    scale_h: integer('The factor of the height.', 2),
    scale_w: integer('The factor of the width.', 2),
    pad_out_h: flag('Whether the output is one cell lower.', false),
    pad_out_w: flag('Whether the output is one cell narrower.', false),
    upsample_h: integer('The height that comes out.'),
    upsample_w: integer('The width that comes out.'),
  },
  reorg_param: {
    stride: integer('The side of the squares that become channels.'),
    reverse: flag('Whether channels become squares.', false),
  },
  roi_pooling_param: {
    pooled_h: integer('The height of what comes out of each region.', 0),
    pooled_w: integer('The width of what comes out of each region.', 0),
    spatial_scale: number('What coordinates are multiplied by: one over the stride of the map.', 1),
  },
  roi_align_param: {
    pooled_h: integer('The height of what comes out of each region.', 0),
    pooled_w: integer('The width of what comes out of each region.', 0),
    spatial_scale: number('What coordinates are multiplied by: one over the stride of the map.', 1),
    sampling_ratio: integer('How many samples each cell has.'),
  },
  psroi_pooling_param: {
    spatial_scale: number('What coordinates are multiplied by: one over the stride of the map.'),
    output_dim: integer('The number of channels that come out.'),
    group_size: integer('The number of cells of a side; there are group_size * group_size groups of channels.'),
  },
  box_annotator_ohem_param: {
    roi_per_img: integer('How many regions of each image count.'),
    ignore_label: integer('The label of others.', -1),
  },
  proposal_param: {
    feat_stride: integer('The stride of the map.', 16),
    base_size: integer('The side of the smallest anchor.', 16),
    min_size: integer('The least side of a region.', 16),
    ratio: numbers('Heights over widths of anchors.'),
    scale: numbers('Factors of anchors.'),
    pre_nms_topn: integer('How many regions are looked at.', 6000),
    post_nms_topn: integer('How many regions are kept.', 300),
    nms_thresh: number('The overlap from which a region is left out.', 0.7),
  },
};
