import { z } from 'zod'

/** Random tab ID; lets the page ignore the tab's own open window. Not personal data. */
export const visitorSchema = z
  .string({ error: 'visitor must be text' })
  .regex(/^[\w-]{1,64}$/, { error: 'visitor must be 1 to 64 letters, digits, _ or -' })
  .optional()
  .meta({ description: 'Random id of the browser tab' })
