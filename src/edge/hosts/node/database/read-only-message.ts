/** Describes a read-only database, as a sentence without its subject. */
export const readOnlyMessage = (movedTo: string, at: number): string =>
  `is sealed: its data moved to ${movedTo} on ${new Date(at).toISOString()}, which DATABASE_URL must name`
