interface TrustedTypes {
  createPolicy(
    name: 'default',
    rules: { createHTML(html: string): string; createScriptURL(url: string): string },
  ): unknown
}

/**
 * Trusted Types: text is never run as a script. URLs pass because `script-src` checks and reports them; HTML passes
 * because the CSP blocks scripts in it and the unversioned SDK may start to write some.
 */
export function installTrustedTypesPolicy(): void {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', {
    createHTML: (html) => html,
    createScriptURL: (url) => url,
  })
}
