export interface FormData {
  action: string
  method?: string
  target?: string
  name?: string
  fields?: Record<string, unknown>
}

/** In the page, where gateways find it; one that is in a removed dialog cannot be sent. */
export function addForm(
  place: HTMLElement,
  { action, method = 'post', target = '', name, fields }: FormData,
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
  place.append(holder)
  return form
}
