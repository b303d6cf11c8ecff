// TensorFlow's operators over images, in NHWC order.
import { conv2d, depthwiseConv2d } from '../../../kernels/convolution.ts';
import { pool } from '../../../kernels/pool.ts';
import type { WindowOptions, WindowPadding } from '../../../kernels/window.ts';
import type { NodeView } from '../node-view.ts';
import { operator } from '../operator.ts';
import type { Operator, OperatorTable } from '../operator.ts';

export const IMAGE: OperatorTable = {
  Conv2D: convolution(conv2d),
  DepthwiseConv2dNative: convolution(depthwiseConv2d),
  MaxPool: pooling('max'),
  AvgPool: pooling('average'),
};

function convolution(kernel: typeof conv2d): Operator {
  return operator(2, (node) => {
    node.real('T');
    node.ignore('use_cudnn_on_gpu');
    node.costs(undefined);
    const options = windowOptions(node);
    return (inputs, allocate) => kernel(inputs[0]!, inputs[1]!, options, allocate);
  });
}

function pooling(which: 'max' | 'average'): Operator {
  return operator(1, (node) => {
    node.real('T');
    const size = heightAndWidth(node, 'ksize');
    const options = windowOptions(node);
    return (inputs, allocate) => pool(which, inputs[0]!, size, options, allocate);
  });
}

function windowOptions(node: NodeView): WindowOptions {
  node.only('data_format', 'NHWC');
  return {
    strides: heightAndWidth(node, 'strides'),
    dilations: heightAndWidth(node, 'dilations'),
    padding: paddingOf(node),
  };
}

/** Four numbers in NHWC order, of which those for batch and channels are 1. */
function heightAndWidth(node: NodeView, attribute: string): [number, number] {
  const [batch, height, width, channels] = node.ints(attribute, [1, 1, 1, 1]);
  if (batch !== 1 || channels !== 1 || height === undefined || width === undefined) {
    node.refuse(`${attribute} over batch or channels is not supported`);
  }
  return [height, width];
}

function paddingOf(node: NodeView): WindowPadding {
  const padding = node.text('padding', 'VALID');
  const explicit = node.ints('explicit_paddings', []);
  if (padding === 'SAME' || padding === 'VALID') return padding;
  const [, , top, bottom, left, right] = explicit;
  if (padding !== 'EXPLICIT' || right === undefined) node.refuse(`padding ${padding} is not supported`);
  return [top!, bottom!, left!, right];
}
