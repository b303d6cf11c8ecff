// Where the engine answers otherwise than the recorded RedisAI on purpose: line of the recording → reason.
export const deviations: ReadonlyMap<number, string> = new Map([]);
