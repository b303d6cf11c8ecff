// The ONNX backend: ONNX Runtime, where it is installed.
export {};
