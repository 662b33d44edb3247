import { Ajv, type ValidateFunction } from 'ajv'
import { expect } from 'vitest'
import shapes from './iamport-shapes.json' with { type: 'json' }

type Schema = Record<string, unknown>

/**
 * The spec as upstream means it, not as it is typed:
 * - it has no way to say "or null", and upstream answers null wherever there is nothing to tell;
 * - some required names belong to no property (`total` of a prepared amount, `reason` of a deposit),
 *   left over from other definitions;
 * - where one of two answers is meant, it writes both as properties: the first is what is asked for here.
 */
function understand(schema: Schema, isRequired = false): Schema {
  const properties = schema.properties as Record<string, Schema> | undefined
  if (properties?.CustomerResponse) return understand(properties.CustomerResponse, isRequired)
  const required = ((schema.required as string[]) ?? []).filter((name) => properties && name in properties)
  const { type, items, allOf, $ref } = schema
  const understood: Schema = {
    ...(type ? { type: isRequired ? type : [type, 'null'] } : {}),
    ...(schema.enum ? { enum: schema.enum } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, one]) => [name, understand(one, required.includes(name))]),
          ),
        }
      : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(items ? { items: understand(items as Schema, true) } : {}),
    ...(allOf ? { allOf: (allOf as Schema[]).map((one) => understand(one, true)) } : {}),
    ...($ref ? { $ref } : {}),
  }
  return understood
}

const definitions = Object.fromEntries(
  Object.entries(shapes.definitions).map(([name, schema]) => [name, understand(schema, true)]),
)
const ajv = new Ajv({ strict: false, allErrors: true })
const validators = new Map<string, ValidateFunction>()

function validatorOf(name: string, schema: Schema): ValidateFunction {
  const known = validators.get(name) ?? ajv.compile({ ...schema, definitions })
  validators.set(name, known)
  return known
}

const patterns = Object.keys(shapes.answers).map((call) => {
  const [method = '', path = ''] = call.split(' ')
  // The status at the end of find and findAll may be left out.
  const source = path.replace(/\/\{payment_status\}$/, '(/[^/]+)?').replaceAll(/\{\w+\}/g, '[^/]+')
  return { call, method, path: new RegExp(`^${source}$`) }
})

interface Seen {
  method: string
  path: string
  status: number
  json: unknown
}

export const seen = new Set<string>()

export function expectShape({ method, path, status, json }: Seen): void {
  const [plain = ''] = path.split('?')
  const matching = patterns.filter((one) => one.method === method.toLowerCase() && one.path.test(plain))
  const call = matching.find((one) => !one.call.includes('{')) ?? matching[0]
  expect(call, `${method} ${plain} is no call of the API`).toBeDefined()
  if (!call) return
  const answers = (shapes.answers as Record<string, Record<string, Schema | null>>)[call.call] ?? {}
  const schema = answers[String(status)]
  // A refusal has the envelope and nothing in it, whatever the status.
  const isRefusal = (json as { code: number }).code !== 0
  const name = isRefusal ? 'refusal' : `${call.call} ${status}`
  const refusal = { $ref: '#/definitions/ResponseAnnotation', required: ['code', 'message', 'response'] }
  expect(isRefusal || schema, `${name} is no answer of the API`).toBeTruthy()
  const validate = validatorOf(name, isRefusal ? refusal : understand(schema ?? {}, true))
  validate(json)
  expect(validate.errors ?? [], name).toEqual([])
  seen.add(name)
}
