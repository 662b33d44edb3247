// Kinds of database URLs, for the server and the operator commands.

export const isPostgres = (url: string) => /^postgres(ql)?:/.test(url)

/** @returns the path of the SQLite file; undefined for other URLs */
export const fileOf = (url: string) => /^file:(.+)$/.exec(url)?.[1]
