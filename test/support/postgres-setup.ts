// Once per run: a server with a template database that has the tables.
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../src/edge/hosts/node/database/postgres/postgres.ts'
import { createDatabase, startPostgresServer } from './postgres-server.ts'

export default async function setup(project: TestProject) {
  const server = await startPostgresServer({ durable: false })
  await createDatabase(server, 'dari_template')
  const fail = (problem: string) => {
    throw new Error(problem)
  }
  const database = await startPostgres({
    url: server.socketUrl('dari_template'),
    pool: 1,
    waits: fail,
    refuse: fail,
  })
  await database.close()
  project.provide('postgres', server.socketUrl('DATABASE'))
  return () => server.close()
}
