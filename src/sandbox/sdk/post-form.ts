export interface FormInput {
  action: string
  method?: string
  target?: string
  name?: string
  fields?: Record<string, unknown>
}

/** Adds a form to the page, where gateway scripts find it by name. */
export function addForm(
  parent: HTMLElement,
  { action, method = 'post', target = '', name, fields }: FormInput,
) {
  const holder = document.createElement('div')
  const form = document.createElement('form')
  Object.assign(form, { action, method, target, ...(name && { name, id: name }) })
  for (const [key, value] of Object.entries(fields ?? {})) {
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name: key, value: String(value) })
    form.append(input)
  }
  holder.append(form)
  parent.append(holder)
  return form
}
