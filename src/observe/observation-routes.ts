// What programs ask of a running consumer: its metrics, whether it lives, and whether it does its work.
import { json, type Route } from './http/route.ts';
import { metricsRegistry } from './metrics-registry.ts';
import type { Observed } from './metrics-table.ts';
import { isReady, readiness } from './readiness.ts';

export function observationRoutes(observed: Observed): readonly Route[] {
  const registry = metricsRegistry(observed);
  return [
    {
      method: 'GET',
      path: '/metrics',
      handle: async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
    },
    {
      method: 'GET',
      path: '/healthz',
      handle: () => json(200, { status: 'alive', uptimeSeconds: Math.round(process.uptime()) }),
    },
    {
      method: 'GET',
      path: '/readyz',
      handle: () => {
        const checks = readiness(observed.tally, observed.watch);
        const ready = isReady(checks);
        return json(ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', checks });
      },
    },
  ];
}
