// What of workerd's own module is used here.
declare module 'cloudflare:workers' {
  /** Keeps the request that this is called in alive until the work is done, for at most 30 seconds after its answer. */
  export function waitUntil(work: Promise<unknown>): void

  export class DurableObject {
    protected ctx: { waitUntil(work: Promise<unknown>): void; passThroughOnException(): void; props: unknown }
    constructor(ctx: unknown, env: unknown)
  }
}
