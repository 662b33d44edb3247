interface TrustedTypes {
  createPolicy(
    name: 'default',
    rules: { createHTML(html: string): string; createScriptURL(url: string): string | null },
  ): unknown
}

/**
 * Says which scripts may be loaded by whoever runs on the page, where the browser asks (Trusted Types).
 * Text is never run as a script. Markup passes: the page's policy lets nothing in it run, and an SDK
 * without a version may begin to write some tomorrow.
 */
export function trustScripts(origins: readonly string[]): void {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', {
    createHTML: (html) => html,
    createScriptURL: (url) =>
      [location.origin, ...origins].includes(new URL(url, location.href).origin) ? url : null,
  })
}
