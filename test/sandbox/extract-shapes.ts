type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapValues = (node: unknown, change: (value: Node) => unknown): Node =>
  Object.fromEntries(Object.entries(node as Node).map(([name, value]) => [name, change(value as Node)]))

/** Types, required names and enums of a schema, without descriptions. */
function extractSchema(schema: Node): Node {
  const extracted: Node = {}
  for (const [name, value] of Object.entries(schema)) {
    if (['type', 'required', 'enum', '$ref'].includes(name)) extracted[name] = value
    else if (name === 'properties') extracted[name] = mapValues(value, extractSchema)
    else if (name === 'items') extracted[name] = extractSchema(value as Node)
    else if (name === 'allOf') extracted[name] = (value as Node[]).map(extractSchema)
  }
  return extracted
}

export interface Shapes {
  answers: Record<string, Record<string, unknown>>
  definitions: Record<string, unknown>
}

interface Spec {
  paths: Record<string, Record<string, { responses: Record<string, { schema?: Node }> }>>
  definitions: Record<string, Node>
}

/** The response schemas of some calls, and all definitions that they refer to. */
export function extractShapes(spec: Spec, calls: string[]): Shapes {
  const definitions: Record<string, unknown> = {}
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value)) return
    const name = typeof value.$ref === 'string' ? value.$ref.split('/').at(-1) : undefined
    const named = name === undefined ? undefined : spec.definitions[name]
    if (name !== undefined && named && !(name in definitions)) {
      definitions[name] = extractSchema(named)
      visit(definitions[name])
    }
    Object.values(value).forEach(visit)
  }
  const answersOf = (call: string) => {
    const [method = '', path = ''] = call.split(' ')
    return mapValues(spec.paths[path]?.[method]?.responses, ({ schema }) =>
      schema ? extractSchema(schema as Node) : null,
    )
  }
  const answers = Object.fromEntries(calls.map((call) => [call, answersOf(call)]))
  visit(answers)
  return { answers, definitions }
}
