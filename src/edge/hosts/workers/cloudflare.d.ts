// The part of workerd's module that is used here.
declare module 'cloudflare:workers' {
  /** Extends the current request until the work is done, at most 30 seconds after its response. */
  export function waitUntil(work: Promise<unknown>): void

  export class DurableObject {
    protected ctx: { waitUntil(work: Promise<unknown>): void; passThroughOnException(): void; props: unknown }
    constructor(ctx: unknown, env: unknown)
  }
}
