import { Ajv, type ValidateFunction } from 'ajv'
import { expect } from 'vitest'
import shapes from './iamport-shapes.json' with { type: 'json' }

type Schema = Record<string, unknown>

/**
 * Corrects upstream's specification:
 * - it cannot express "or null", but upstream returns null for any missing value;
 * - some required names have no property (`total` of a registered amount, `reason` of a deposit);
 * - it lists alternative responses as properties: the tests expect the first.
 */
function normalizeSchema(schema: Schema, isRequired = false): Schema {
  const properties = schema.properties as Record<string, Schema> | undefined
  if (properties?.CustomerResponse) return normalizeSchema(properties.CustomerResponse, isRequired)
  const required = ((schema.required as string[]) ?? []).filter((name) => properties && name in properties)
  const { type, items, allOf, $ref } = schema
  const normalized: Schema = {
    ...(type ? { type: isRequired ? type : [type, 'null'] } : {}),
    ...(schema.enum ? { enum: schema.enum } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, one]) => [
              name,
              normalizeSchema(one, required.includes(name)),
            ]),
          ),
        }
      : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(items ? { items: normalizeSchema(items as Schema, true) } : {}),
    ...(allOf ? { allOf: (allOf as Schema[]).map((one) => normalizeSchema(one, true)) } : {}),
    ...($ref ? { $ref } : {}),
  }
  return normalized
}

const definitions = Object.fromEntries(
  Object.entries(shapes.definitions).map(([name, schema]) => [name, normalizeSchema(schema, true)]),
)
const ajv = new Ajv({ strict: false, allErrors: true })
const validators = new Map<string, ValidateFunction>()

function validatorOf(name: string, schema: Schema): ValidateFunction {
  const validator = validators.get(name) ?? ajv.compile({ ...schema, definitions })
  validators.set(name, validator)
  return validator
}

const patterns = Object.keys(shapes.answers).map((call) => {
  const [method = '', path = ''] = call.split(' ')
  // The last segment of find and findAll is optional.
  const source = path.replace(/\/\{payment_status\}$/, '(/[^/]+)?').replaceAll(/\{\w+\}/g, '[^/]+')
  return { call, method, path: new RegExp(`^${source}$`) }
})

interface ObservedAnswer {
  method: string
  path: string
  status: number
  json: unknown
}

export const coveredAnswers = new Set<string>()

export function expectShape({ method, path, status, json }: ObservedAnswer): void {
  const [plain = ''] = path.split('?')
  const matching = patterns.filter((one) => one.method === method.toLowerCase() && one.path.test(plain))
  const call = matching.find((one) => !one.call.includes('{')) ?? matching[0]
  expect(call, `${method} ${plain} is not a call of the API`).toBeDefined()
  if (!call) return
  const answers = (shapes.answers as Record<string, Record<string, Schema | null>>)[call.call] ?? {}
  const schema = answers[String(status)]
  // An error has only the envelope, with any HTTP status.
  const isError = (json as { code: number }).code !== 0
  const name = isError ? 'error' : `${call.call} ${status}`
  const errorSchema = { $ref: '#/definitions/ResponseAnnotation', required: ['code', 'message', 'response'] }
  expect(isError || schema, `${name} is not a response of the API`).toBeTruthy()
  const validate = validatorOf(name, isError ? errorSchema : normalizeSchema(schema ?? {}, true))
  validate(json)
  expect(validate.errors ?? [], name).toEqual([])
  coveredAnswers.add(name)
}
