// Runs in workerd for test/support/d1.ts: executes statements on real D1 databases, and empties them.
export default {
  async fetch(request, env) {
    const { database, statements, call } = await request.json()
    const d1 = env[database]
    const made = statements.map(({ sql, values }) => d1.prepare(sql).bind(...values))
    try {
      if (call === 'all') return Response.json(await made[0].all())
      if (call === 'batch') return Response.json(await d1.batch(made))
      await empty(d1, env.MIGRATIONS)
      return Response.json(null)
    } catch (error) {
      return Response.json({ error: error.message }, { status: 500 })
    }
  },
}

/** Faster than creating all tables again. */
async function empty(d1, migrations) {
  const { results } = await d1
    .prepare("select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'")
    .all()
  if (results.length === 0) {
    for (const migration of migrations) await d1.prepare(migration).run()
    return
  }
  const wipe = results.map(({ name }) => d1.prepare(`delete from "${name}"`))
  await d1.batch([d1.prepare('pragma defer_foreign_keys = on'), ...wipe])
}
