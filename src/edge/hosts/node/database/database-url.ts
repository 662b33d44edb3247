// What DATABASE_URL may name, for the server and for what an operator runs beside it.

export const isPostgres = (url: string) => /^postgres(ql)?:/.test(url)

/** @returns the path of an SQLite file */
export const fileOf = (url: string) => /^file:(.+)$/.exec(url)?.[1]
