import { z } from 'zod'

/** A tab's own random id, so that its window is not taken for somebody else's. It says nothing of a person. */
export const visitorSchema = z
  .string({ error: 'visitor must be text' })
  .regex(/^[\w-]{1,64}$/, { error: 'visitor must be 1 to 64 letters, digits, _ or -' })
  .optional()
  .meta({ description: 'Random id of the browser tab' })
