// Waiting for a server that takes as long for each: M/D/1, arrivals at random.

/** Mean wait before service, in the unit of `service`; Infinity where more comes than can be served. */
export function meanWait(utilisation: number, service: number): number {
  if (utilisation >= 1) return Infinity;
  return (utilisation * service) / (2 * (1 - utilisation));
}

/** What 99 of 100 wait at most: the exponential tail whose mean is that of those who wait, a share `utilisation` of all. */
export function wait99(utilisation: number, service: number): number {
  if (utilisation >= 1) return Infinity;
  const meanOfWaiting = service / (2 * (1 - utilisation));
  return Math.max(0, Math.log(100 * utilisation)) * meanOfWaiting;
}
