export function watchNpm(gone: () => void): void
