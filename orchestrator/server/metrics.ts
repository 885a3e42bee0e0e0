import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveRun } from '../serving/index.ts';

export interface ServerMetrics {
  registry: Registry;
  /** Counts every request of the server. */
  watch(server: FastifyInstance): void;
}

/** What Prometheus reads: requests with their times, the queue, reloads, the version that answers, and the process. */
export function createMetrics(run: LiveRun): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'eager_llm_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  new Counter({
    name: 'eager_llm_reloads_total',
    help: 'Newer runs that were opened, or could not be',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(run.reloads())) this.inc({ outcome }, count);
    },
  });
  new Gauge({
    name: 'eager_llm_run_version',
    help: 'Which version of the run answers',
    registers,
    collect() {
      this.set(run.version);
    },
  });
  for (const state of ['waiting', 'decoding'] as const)
    new Gauge({
      name: `eager_llm_${state}_requests`,
      help:
        state === 'waiting'
          ? 'Requests that wait to be decoded'
          : 'Requests in the batch that is decoded now',
      registers,
      collect() {
        this.set(run.load()[state]);
      },
    });
  return {
    registry,
    watch: (server) => {
      server.addHook('onResponse', async (request, reply) => {
        // The pattern of the route, not what was asked for: anybody could fill the memory with new addresses.
        const route = request.routeOptions.url ?? 'none';
        seconds.observe(
          { method: request.method, route, status: reply.statusCode },
          reply.elapsedTime / 1000,
        );
      });
    },
  };
}
