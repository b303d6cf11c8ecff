// ONNX Runtime tells its maker how it is used, unless a variable forbids it: nothing leaves a machine that scores cards.

/** For libraries that read the process's own environment; to be called before any of them is loaded. */
export function forbidTelemetry(environment: Record<string, string | undefined> = process.env): void {
  environment['ORT_DISABLE_TELEMETRY'] = '1';
}
