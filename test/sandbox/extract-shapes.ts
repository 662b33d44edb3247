type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapValues = (node: unknown, change: (value: Node) => unknown): Node =>
  Object.fromEntries(Object.entries(node as Node).map(([name, value]) => [name, change(value as Node)]))

/** Types, required names and enums of a schema; no words. */
function distilSchema(schema: Node): Node {
  const kept: Node = {}
  for (const [name, value] of Object.entries(schema)) {
    if (['type', 'required', 'enum', '$ref'].includes(name)) kept[name] = value
    else if (name === 'properties') kept[name] = mapValues(value, distilSchema)
    else if (name === 'items') kept[name] = distilSchema(value as Node)
    else if (name === 'allOf') kept[name] = (value as Node[]).map(distilSchema)
  }
  return kept
}

export interface Shapes {
  answers: Record<string, Record<string, unknown>>
  definitions: Record<string, unknown>
}

interface Spec {
  paths: Record<string, Record<string, { responses: Record<string, { schema?: Node }> }>>
  definitions: Record<string, Node>
}

/** The shapes of some calls' answers, and of all that they mention. */
export function distil(spec: Spec, calls: string[]): Shapes {
  const definitions: Record<string, unknown> = {}
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value)) return
    const name = typeof value.$ref === 'string' ? value.$ref.split('/').at(-1) : undefined
    const named = name === undefined ? undefined : spec.definitions[name]
    if (name !== undefined && named && !(name in definitions)) {
      definitions[name] = distilSchema(named)
      visit(definitions[name])
    }
    Object.values(value).forEach(visit)
  }
  const answersOf = (call: string) => {
    const [method = '', path = ''] = call.split(' ')
    return mapValues(spec.paths[path]?.[method]?.responses, ({ schema }) =>
      schema ? distilSchema(schema as Node) : null,
    )
  }
  const answers = Object.fromEntries(calls.map((call) => [call, answersOf(call)]))
  visit(answers)
  return { answers, definitions }
}
