// Names of devices:
//
//   device = ("CPU" | "GPU") [ ":" digit* ]      in any case, at most 10 characters; "CPU", "CPU:" and "CPU:0" differ

const DEVICE = /^(CPU|GPU)(:[0-9]*)?$/i;
const LENGTH_MAX = 10;

export function isDeviceName(text: string): boolean {
  return text.length <= LENGTH_MAX && DEVICE.test(text);
}

/** Only CPUs are here: whatever is to run on a GPU is refused when it is stored. */
export function isGpu(device: string): boolean {
  return device.toUpperCase().startsWith('GPU');
}
